package org.loupe.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.engine.Session;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Preparation;
import org.loupe.core.network.Tap;
import org.loupe.formats.architectures.Architecture;
import org.loupe.formats.architectures.Blueprint;
import org.loupe.formats.dl4j.Dl4jReader;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Learned numbers that DL4J writes without a configuration, on architectures that Loupe knows, against what DL4J computes. */
class Dl4jParametersTest {

    private static final int SIZE = 64;
    private static final InputChoice CHOICE = new InputChoice(SIZE, SIZE, Optional.of(Preparation.known("0..1")));
    private static final double TOLERANCE = 1e-4;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"InceptionV1, 12, true", "GoogLeNet, 7, false", "ResNet-18, 5, true"})
    void theKnownArchitectureComputesWhatDl4jDoes(String architecture, int classes, boolean logs) throws IOException {
        Blueprint blueprint = Architecture.KNOWN.stream().flatMap(one -> one.blueprints().stream())
                .filter(one -> one.name().equals(architecture)).findFirst().orElseThrow();
        Path file = folder.resolve("weights.params");
        Nd4j.saveBinary(Nd4j.zeros(1, blueprint.numbers(classes)), file.toFile());
        ComputationGraph graph = Dl4jArchitectures.of(new Dl4jReader().read(file, CHOICE).network(), logs);
        randomize(graph, logs);
        assertEquals(blueprint.numbers(classes), graph.numParams());
        Nd4j.saveBinary(graph.params(), file.toFile());
        NetworkReading reading = new Dl4jReader().read(file, CHOICE);
        assertTrue(reading.remarks().get(0).contains(architecture + " with " + classes + " classes has so many"),
                reading.remarks().toString());
        compare(graph, reading.network());
    }

    private static void randomize(ComputationGraph graph, boolean logs) {
        Draws draws = new Draws(3);
        graph.paramTable().forEach((name, values) -> {
            boolean kernel = name.endsWith("_W");
            double scale = kernel ? Math.sqrt(2.0 * values.size(0) / values.length()) : 0.3;
            float[] numbers = new float[(int) values.length()];
            for (int i = 0; i < numbers.length; i++) {
                double number = draws.gaussian(0, scale);
                numbers[i] = (float) (name.endsWith("_gamma") || name.endsWith("_var") ? 1 + Math.abs(number) : number);
            }
            values.assign(Nd4j.createFromArray(numbers).reshape(values.shape()));
        });
    }

    private static void compare(ComputationGraph graph, Network read) {
        Batch picture = Batch.zeros(1, 3, SIZE, SIZE);
        Draws draws = new Draws(5);
        for (int i = 0; i < picture.values().length; i++) {
            picture.values()[i] = (float) draws.uniform();
        }
        INDArray input = Nd4j.createFromArray(picture.values()).reshape('c', 1, 3, SIZE, SIZE);
        float[] expected = graph.outputSingle(input).toFloatVector();
        List<Operation> operations = read.operations();
        String last = operations.get(operations.size() - 1).name();
        Network network = new Network(read.name(), read.about(), read.input(), operations,
                List.of(new Layer("last", last, last, "")), List.of());
        try (Session session = new Nd4jEngine().open(network)) {
            float[] found = session.activations(picture, Set.of(Tap.after("last"))).at(Tap.after("last")).values();
            double size = 0;
            double error = 0;
            for (int i = 0; i < expected.length; i++) {
                size = Math.max(size, Math.abs(expected[i]));
                error = Math.max(error, Math.abs(expected[i] - found[i]));
            }
            assertTrue(size > 0 && error <= TOLERANCE * size, "off by " + error + " of " + size);
        }
    }

    @Test
    void anUnpackedNetworkIsReadFromItsWeights() throws IOException {
        Path archive = folder.resolve("network.zip");
        ModelSerializer.writeModel(Dl4jNetworks.all().get("an Inception network").model(), archive.toFile(), true);
        Network expected = new Dl4jReader().read(archive, CHOICE).network();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : List.of(zip.getEntry("configuration.json"), zip.getEntry("coefficients.bin"))) {
                Files.copy(zip.getInputStream(entry), folder.resolve(entry.getName()));
            }
        }
        Network found = new Dl4jReader().read(folder.resolve("coefficients.bin"), CHOICE).network();
        assertEquals(expected.operations(), found.operations());
    }
}
