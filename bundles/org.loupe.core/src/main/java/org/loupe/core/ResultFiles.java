package org.loupe.core;

import java.io.IOException;

/** The files of one result, by name, wherever they are kept. */
public interface ResultFiles {

    /**
     * Reads a file.
     *
     * @throws IOException when there is none of that name
     */
    byte[] read(String name) throws IOException;

    /** Writes a file; the name has no folders in it. */
    void write(String name, byte[] content) throws IOException;
}
