package org.loupe.platform;

/** A plug-in's contribution cannot be used. The message names the plug-in and is for the user. */
public final class BrokenExtensionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message which contribution of which plug-in, and what is wrong with it
     * @param cause   what went wrong below, or {@code null}
     */
    public BrokenExtensionException(String message, Throwable cause) {
        super(message, cause);
    }
}
