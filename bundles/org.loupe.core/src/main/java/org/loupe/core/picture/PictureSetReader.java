package org.loupe.core.picture;

import java.io.IOException;
import java.nio.file.Path;

/** Opens picture sets of one kind that people keep in folders and files. */
public interface PictureSetReader {

    /** Whether this place is one of the kind, judged by its name and by whether it is a folder; opens nothing. */
    boolean reads(Path place);

    /**
     * Opens a picture set. A picture that cannot be read is listed by the set and is no reason to fail.
     *
     * @throws PictureException when the place holds no picture set; the message names it
     * @throws IOException      when it cannot be read
     */
    PictureSet open(Path place) throws IOException;
}
