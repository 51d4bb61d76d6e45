package org.loupe.core.picture;

import java.io.IOException;

/** A picture or a picture set that cannot be read; the message is one or more sentences for a person. */
public final class PictureException extends IOException {

    private static final long serialVersionUID = 1L;

    public PictureException(String message) {
        super(message);
    }

    public PictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
