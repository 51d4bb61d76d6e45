package org.loupe.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Preparation;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.formats.dl4j.Dl4jReader;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.factory.Nd4j;

/** Networks that DL4J itself writes, read and run by Loupe, against what DL4J computes. */
class Dl4jReaderTest {

    private static final double TOLERANCE = 1e-4;
    private static final int IMAGES = 2;

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyLayerIsWhatDl4jComputes() {
        return Dl4jNetworks.all().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> compare(each.getKey(), each.getValue())));
    }

    private void compare(String name, Dl4jNetworks.Made made) throws IOException {
        randomize(made.model(), name.hashCode());
        Shape shape = made.shape();
        Path file = folder.resolve(name + ".zip");
        ModelSerializer.writeModel(made.model(), file.toFile(), true);
        Network network = layered(new Dl4jReader().read(file,
                new InputChoice(shape.rows(), shape.columns(), Optional.empty())).network());
        assertEquals(shape, network.input().shape());
        Batch pictures = Batch.zeros(IMAGES, shape.channels(), shape.rows(), shape.columns());
        Draws draws = new Draws(5);
        for (int i = 0; i < pictures.values().length; i++) {
            pictures.values()[i] = (float) draws.uniform();
        }
        Map<String, INDArray> expected = feedForward(made, pictures);
        Set<Tap> taps = network.layers().stream().filter(layer -> expected.containsKey(layer.name()))
                .map(layer -> Tap.after(layer.name())).collect(Collectors.toSet());
        assertEquals(made.compared(), taps.size(), () -> "layers that both have, of " + expected.keySet() + ": " + taps);
        try (Session session = new Nd4jEngine().open(network)) {
            Readings found = session.activations(pictures, taps);
            for (Tap tap : taps) {
                compare(tap.layer(), found.at(tap).values(), numbers(expected.get(tap.layer()), made.format()));
            }
        }
    }

    private static void compare(String layer, float[] found, float[] expected) {
        assertEquals(expected.length, found.length, layer);
        double size = 0;
        double error = 0;
        for (int i = 0; i < found.length; i++) {
            size = Math.max(size, Math.abs(expected[i]));
            error = Math.max(error, Math.abs(expected[i] - found[i]));
        }
        assertTrue(size > 0 && error <= TOLERANCE * size, layer + " is off by " + error + " of " + size);
    }

    /** The same network with each operation as a layer. */
    private static Network layered(Network network) {
        List<Layer> layers = network.operations().stream().map(operation -> operation.name())
                .filter(name -> name.indexOf(' ') < 0).map(name -> new Layer(name, name, name, "")).toList();
        return new Network(network.name(), network.about(), network.input(), network.operations(), layers, List.of());
    }

    private static void randomize(Model model, int seed) {
        Draws draws = new Draws(seed);
        INDArray parameters = model.params();
        for (long i = 0; i < parameters.length(); i++) {
            parameters.putScalar(i, draws.gaussian(0, 0.2));
        }
        model.paramTable().forEach((name, values) -> {
            if (name.endsWith("_var")) {
                values.muli(values).addi(0.5);
            }
        });
    }

    /** What DL4J computes, less what an activation layer reads, which it overwrites. */
    private static Map<String, INDArray> feedForward(Dl4jNetworks.Made made, Batch pictures) {
        INDArray input = Nd4j.createFromArray(pictures.values()).reshape('c', pictures.images(), pictures.channels(),
                pictures.rows(), pictures.columns());
        if (made.flat()) {
            input = input.reshape('c', pictures.images(), input.length() / pictures.images());
        } else if (made.format() == CNN2DFormat.NHWC) {
            input = input.permute(0, 2, 3, 1).dup('c');
        }
        if (made.model() instanceof ComputationGraph graph) {
            Map<String, INDArray> found = new HashMap<>(graph.feedForward(new INDArray[] {input}, false));
            graph.getConfiguration().getVertices().forEach((name, vertex) -> {
                if (vertex instanceof LayerVertex layer && layer.getLayerConf().getLayer() instanceof ActivationLayer) {
                    graph.getConfiguration().getVertexInputs().get(name).forEach(found::remove);
                }
            });
            return found;
        }
        MultiLayerNetwork stack = (MultiLayerNetwork) made.model();
        List<INDArray> found = stack.feedForward(input, false);
        Map<String, INDArray> named = new HashMap<>();
        for (int layer = 0; layer < stack.getnLayers(); layer++) {
            named.put(stack.getLayer(layer).conf().getLayer().getLayerName(), found.get(layer + 1));
        }
        return named;
    }

    private static float[] numbers(INDArray array, CNN2DFormat format) {
        INDArray first = format == CNN2DFormat.NHWC && array.rank() == 4 ? array.permute(0, 3, 1, 2) : array;
        return first.dup('c').reshape(array.length()).toFloatVector();
    }

    @Test
    void whatCannotRunIsToldAtOnceAndTheRestOpens() throws IOException {
        Path file = folder.resolve("head.zip");
        ModelSerializer.writeModel(Dl4jNetworks.withUnsupportedHead(), file.toFile(), false);
        NetworkReading reading = new Dl4jReader().read(file, new InputChoice(12, 12, Optional.empty()));
        String told = reading.remarks().toString();
        assertTrue(told.contains("Cannot run: 1 x ActivationLayer with ActivationSoftSign at soft, "
                + "2 x L2NormalizeVertex at length, length2."), told);
        assertEquals(List.of("conv"), reading.network().layers().stream().map(Layer::name).toList());
    }

    @Test
    void sizesThatTheFileImpliesAreFound() throws IOException {
        Map<String, String> found = new HashMap<>();
        for (String name : List.of("a LeNet for rows first", "an Inception network", "a list of numbers",
                "a picture out of a list")) {
            Path file = folder.resolve(name + ".zip");
            ModelSerializer.writeModel(Dl4jNetworks.all().get(name).model(), file.toFile(), false);
            NetworkReading reading = new Dl4jReader().read(file, InputChoice.NONE);
            found.put(name, reading.network().input().shape() + " " + reading.size());
            assertEquals(Certainty.UNKNOWN, reading.colours());
        }
        assertEquals(Map.of("a LeNet for rows first", "1x28x28 GUESSED", "an Inception network", "3x224x224 UNKNOWN",
                "a list of numbers", "1x7x7 GUESSED", "a picture out of a list", "3x9x8 STATED"), found);
    }

    @Test
    void aNormalizerTellsHowPicturesWerePrepared() throws IOException {
        Path file = folder.resolve("prepared.zip");
        ModelSerializer.writeModel(Dl4jNetworks.all().get("a LeNet for rows first").model(), file.toFile(), false);
        ModelSerializer.addNormalizerToModel(file.toFile(), new ImagePreProcessingScaler(-1, 1));
        NetworkReading reading = new Dl4jReader().read(file, InputChoice.NONE);
        assertEquals("mean 127.5 deviation 127.5", Preparation.of(reading.network()).toString());
        assertEquals(Certainty.GUESSED, reading.colours());
    }

    @Test
    void weightsOfOtherPrecisionsAreRead() throws IOException {
        MultiLayerNetwork stack = (MultiLayerNetwork) Dl4jNetworks.all().get("a LeNet for rows first").model();
        randomize(stack, 3);
        Path file = folder.resolve("precision.zip");
        ModelSerializer.writeModel(stack, file.toFile(), false);
        float[] exact = firstWeights(file);
        for (DataType type : List.of(DataType.DOUBLE, DataType.HALF, DataType.BFLOAT16)) {
            ModelSerializer.writeModel(stack.convertDataType(type), file.toFile(), false);
            float[] found = firstWeights(file);
            for (int i = 0; i < exact.length; i++) {
                assertEquals(exact[i], found[i], 0.01 * Math.abs(exact[i]) + 1e-6, type + " " + i);
            }
        }
    }

    private static float[] firstWeights(Path file) throws IOException {
        Network network = new Dl4jReader().read(file, InputChoice.NONE).network();
        return ((Convolution) network.operations().get(0)).weights().values();
    }

    @Test
    void aCutOffFileIsNamed() throws IOException {
        Path whole = folder.resolve("whole.zip");
        ModelSerializer.writeModel(Dl4jNetworks.all().get("a LeNet for rows first").model(), whole.toFile(), false);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = folder.resolve("cut.zip");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        NetworkException told = assertThrows(NetworkException.class, () -> new Dl4jReader().read(cut, InputChoice.NONE));
        assertTrue(told.getMessage().startsWith("cut.zip "), told.getMessage());
    }
}
