package org.loupe.formats.picture;

import java.io.Closeable;
import java.io.IOException;

/** The bytes of a set's picture files. May be used by several threads at once. */
interface Contents extends Closeable {

    /**
     * What a file is known by.
     *
     * @param length   number of its bytes
     * @param checksum CRC-32 of them
     */
    record Stamp(long length, long checksum) {
    }

    /**
     * All bytes of a file.
     *
     * @param most how many there may be
     * @throws IOException when there are more or they cannot be read; the message is for a person
     */
    byte[] read(String place, Limits most) throws IOException;

    /** What a file is known by, at the moment. */
    Stamp stamp(String place) throws IOException;
}
