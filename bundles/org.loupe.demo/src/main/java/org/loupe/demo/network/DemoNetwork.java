package org.loupe.demo.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkFile;

/** The bundled network that was trained on drawn pictures. */
public final class DemoNetwork implements Supplier<Network> {

    private static final String FILE = "/networks/demo.loupe";

    /**
     * Reads the network.
     *
     * @throws UncheckedIOException when the bundle cannot be read
     */
    @Override
    public Network get() {
        try (InputStream in = DemoNetwork.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("The bundle org.loupe.demo lacks " + FILE + "; install it again.");
            }
            return NetworkFile.read(in, "The bundled demo network");
        } catch (IOException problem) {
            throw new UncheckedIOException("Cannot read the bundled demo network", problem);
        }
    }
}
