package org.loupe.formats.dl4j;

import java.io.IOException;
import java.io.InputStream;

/** The parts of a DL4J network, by the names that they have in its zip archive. */
interface Entries extends AutoCloseable {

    interface Reading<T> {
        T of(InputStream in) throws IOException;
    }

    boolean has(String entry);

    /**
     * Reads an entry to its end.
     *
     * @param most how many bytes it may have
     * @throws org.loupe.core.network.NetworkException when it is not there, is larger than it may be or is damaged
     */
    <T> T read(String entry, long most, Reading<T> reading) throws IOException;

    @Override
    void close() throws IOException;
}
