package org.loupe.core.network;

import java.io.IOException;
import java.nio.file.Path;

/** Reads networks from files of one format. */
@FunctionalInterface
public interface NetworkReader {

    /**
     * Reads a network.
     *
     * @param choice what a person says about the network's input
     * @throws NetworkException when the file is not a whole network of this format, or asks for what Loupe cannot do;
     *                          the message names the file
     * @throws IOException      when the file cannot be read
     */
    NetworkReading read(Path file, InputChoice choice) throws IOException;
}
