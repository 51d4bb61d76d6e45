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
        return chosen(NetworkFile.read(file), choice);
    }

    /** A network whose input a person may have chosen otherwise. */
    private static NetworkReading chosen(Network network, InputChoice choice) {
        Shape shape = network.input().shape();
        if (choice.rows() != 0 && (choice.rows() != shape.rows() || choice.columns() != shape.columns())) {
            throw new NetworkException(network + " is for pictures of " + shape.rows() + " rows and " + shape.columns()
                    + " columns. Another size can only be chosen when it is opened from the file that it was exported to.");
        }
        return NetworkReading.of(choice.preparation().map(preparation -> preparation.applied(network)).orElse(network));
    }

    /** The same with what a person chooses for its input. */
    static OpenedNetwork chosen(OpenedNetwork opened, InputChoice choice) {
        return choice.equals(InputChoice.NONE) ? opened
                : opened.confirmed(chosen(opened.network(), choice).network());
    }
}
