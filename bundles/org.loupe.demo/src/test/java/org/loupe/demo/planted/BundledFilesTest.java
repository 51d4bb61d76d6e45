package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkFile;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.demo.BundledNetwork;

/** Makes the hand-wired networks again and leaves them in {@code target/networks}, from where they were bundled. */
class BundledFilesTest {

    private static final Path FOLDER = Path.of("target", "networks");

    @Test
    void theBundledCurvesAreWhatTheCodeMakes() throws IOException {
        assertBundled(PlantedCurves.build());
    }

    @Test
    void theBundledPartsAreWhatTheCodeMakes() throws IOException {
        assertBundled(PlantedParts.build());
    }

    private static void assertBundled(Network made) throws IOException {
        Files.createDirectories(FOLDER);
        Path file = FOLDER.resolve(made.name() + NetworkFile.EXTENSION);
        NetworkFile.write(made, file);
        String hint = "If the change is meant, put " + file + " into src/main/resources/networks";
        Network bundled = BundledNetwork.read(made.name());
        assertEquals(made.about(), bundled.about(), hint);
        assertEquals(made.layers(), bundled.layers(), hint);
        assertEquals(made.operations().size(), bundled.operations().size(), hint);
        for (Operation operation : made.operations()) {
            Operation stored = bundled.operation(operation.name()).orElseThrow();
            assertEquals(operation.getClass(), stored.getClass(), hint);
            if (operation instanceof Convolution convolution) {
                assertArrayEquals(convolution.weights().values(), ((Convolution) stored).weights().values(), 1e-4f, hint);
                assertArrayEquals(convolution.bias().values(), ((Convolution) stored).bias().values(), 1e-4f, hint);
            }
        }
    }
}
