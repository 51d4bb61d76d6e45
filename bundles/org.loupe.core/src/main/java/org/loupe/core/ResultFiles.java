package org.loupe.core;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

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

    /**
     * Reads a part of a file, which may be too large to be read as a whole. Such a part is not checked for damage.
     *
     * @param from   index of the first byte
     * @param length number of bytes
     * @throws IOException when there is no file of that name, or it is shorter
     */
    default byte[] read(String name, long from, int length) throws IOException {
        byte[] all = read(name);
        if (from + length > all.length) {
            throw new EOFException(name + " is cut off");
        }
        return Arrays.copyOfRange(all, (int) from, (int) from + length);
    }

    /**
     * Opens a file that may be too large to be read as a whole; it is not checked for damage.
     *
     * @throws IOException when there is none of that name
     */
    default InputStream open(String name) throws IOException {
        return new ByteArrayInputStream(read(name));
    }

    /** Writes a file that may be too large for the memory; the name has no folders in it. */
    default void write(String name, InputStream content) throws IOException {
        write(name, content.readAllBytes());
    }
}
