package org.loupe.platform;

import java.io.IOException;
import java.nio.file.Path;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkFile;
import org.loupe.core.network.NetworkReader;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.Shape;

/** Reads Loupe's own network files. */
public final class LoupeFileReader implements NetworkReader {

    @Override
    public NetworkReading read(Path file, InputChoice choice) throws IOException {
        Network network = NetworkFile.read(file);
        Shape shape = network.input().shape();
        if (choice.rows() != 0 && (choice.rows() != shape.rows() || choice.columns() != shape.columns())) {
            throw new NetworkException(file + " is for pictures of " + shape.rows() + " rows and " + shape.columns()
                    + " columns.");
        }
        return NetworkReading.of(choice.preparation().map(preparation -> preparation.applied(network)).orElse(network));
    }
}
