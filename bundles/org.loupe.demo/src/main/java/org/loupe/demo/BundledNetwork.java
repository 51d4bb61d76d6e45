package org.loupe.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkFile;

/** Reads the network files inside this bundle. */
public final class BundledNetwork {

    private static final String FOLDER = "/networks/";

    private BundledNetwork() {
    }

    /**
     * Reads a network.
     *
     * @param name of the network, and of its file without the extension
     * @throws IllegalStateException when the bundle does not have it
     * @throws UncheckedIOException  when the bundle cannot be read
     */
    public static Network read(String name) {
        String file = FOLDER + name + NetworkFile.EXTENSION;
        try (InputStream in = BundledNetwork.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The bundle org.loupe.demo lacks " + file + "; install it again.");
            }
            return NetworkFile.read(in, "The bundled network " + name);
        } catch (IOException problem) {
            throw new UncheckedIOException("Cannot read the bundled network " + name, problem);
        }
    }
}
