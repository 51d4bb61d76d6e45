package org.loupe.formats.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Preparation;
import org.loupe.core.network.Shape;
import org.loupe.formats.Reference;

class OnnxReaderTest {

    private static final float[] KERNELS = new float[2 * 3 * 3 * 3];

    @TempDir
    private Path folder;

    private NetworkReading read(byte[] bytes, InputChoice choice) throws IOException {
        Path file = folder.resolve("net.onnx");
        Files.write(file, bytes);
        return new OnnxReader().read(file, choice);
    }

    private NetworkReading read(OnnxBytes model) throws IOException {
        return read(model.bytes(), InputChoice.NONE);
    }

    private String refusal(OnnxBytes model) {
        return assertThrows(NetworkException.class, () -> read(model)).getMessage();
    }

    private static OnnxBytes convolution(long... input) {
        return new OnnxBytes().input("picture", input).tensor("w", new long[] {2, 3, 3, 3}, KERNELS).node("Conv: picture, w -> out")
                .output("out");
    }

    @Test
    void filesThatAreNoOnnxFilesAreRefusedByName() {
        for (String text : List.of("", "hello", "<html><body>404</body></html>", "\u0000\u0001\u0002")) {
            String message = assertThrows(NetworkException.class,
                    () -> read(text.getBytes(StandardCharsets.UTF_8), InputChoice.NONE)).getMessage();
            assertTrue(message.startsWith("Cannot open net.onnx: "), message);
        }
    }

    @Test
    void filesThatAreCutOffAreRefused() {
        byte[] whole = convolution(1, 3, 8, 8).bytes();
        for (int length = 20; length < whole.length - 40; length += 7) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(NetworkException.class, () -> read(part, InputChoice.NONE));
        }
    }

    @Test
    void theSizeOfPicturesIsTheFiles() throws IOException {
        NetworkReading reading = read(convolution(1, 3, 8, 10));
        assertEquals(new Shape(3, 8, 10), reading.network().input().shape());
        assertEquals(Certainty.STATED, reading.size());
    }

    @Test
    void anOpenSizeIsGuessedOrChosen() throws IOException {
        OnnxBytes open = convolution(-1, 3, -1, -1);
        NetworkReading guessed = read(open);
        assertEquals(new Shape(3, 224, 224), guessed.network().input().shape());
        assertEquals(Certainty.GUESSED, guessed.size());
        NetworkReading chosen = read(open.bytes(), new InputChoice(32, 48, Optional.empty()));
        assertEquals(new Shape(3, 32, 48), chosen.network().input().shape());
        assertEquals(Certainty.STATED, chosen.size());
    }

    @Test
    void pyTorchsNetworksAreTakenToSeePicturesAsTorchvisionPreparesThem() throws IOException {
        NetworkReading reading = read(convolution(1, 3, 8, 8));
        assertEquals(Certainty.GUESSED, reading.colours());
        assertEquals("imagenet", Preparation.of(reading.network()).toString());
    }

    @Test
    void nobodyKnowsHowOthersPreparePictures() throws IOException {
        NetworkReading reading = read(convolution(1, 3, 8, 8).producer("acme"));
        assertEquals(Certainty.UNKNOWN, reading.colours());
        assertEquals("0..1", Preparation.of(reading.network()).toString());
    }

    @Test
    void aFileThatSaysHowPicturesArePreparedIsBelieved() throws IOException {
        NetworkReading reading = read(convolution(1, 3, 8, 8).note("Image.NominalPixelRange", "NominalRange_0_255")
                .note("Image.BitmapPixelFormat", "Bgr8"));
        assertEquals(Certainty.STATED, reading.colours());
        assertTrue(Preparation.of(reading.network()).reversed());
    }

    @Test
    void aGraphThatBeginsWithItsOwnNormalizationSeesColoursAsTheyAre() throws IOException {
        OnnxBytes model = new OnnxBytes().input("picture", 1, 3, 8, 8).tensor("mean", new long[] {1, 3, 1, 1}, 123, 117, 104)
                .tensor("deviation", new long[] {1, 3, 1, 1}, 58, 57, 57).tensor("w", new long[] {2, 3, 3, 3}, KERNELS)
                .node("Sub: picture, mean -> centred").node("Div: centred, deviation -> scaled").node("Conv: scaled, w -> out").output("out");
        assertEquals("0..255", Preparation.of(read(model).network()).toString());
    }

    @Test
    void channelsMayComeLast() throws IOException {
        OnnxBytes model = new OnnxBytes().input("picture", -1, 8, 10, 3).tensor("w", new long[] {3, 5}, new float[15])
                .node("MatMul: picture, w -> out").output("out");
        Network network = read(model).network();
        assertEquals(new Shape(3, 8, 10), network.input().shape());
        Convolution convolution = (Convolution) network.operations().get(0);
        assertEquals(1, convolution.window().rows());
        assertEquals(new Shape(5, 8, 10), network.shape(network.layers().get(0)));
    }

    @Test
    void nodesMayStandInAnyOrder() throws IOException {
        OnnxBytes model = new OnnxBytes().node("Relu: middle -> out").node("Conv: picture, w -> middle").input("picture", 1, 3, 8, 8)
                .tensor("w", new long[] {2, 3, 3, 3}, KERNELS).output("out");
        Layer layer = read(model).network().layers().get(0);
        assertEquals("out", layer.output());
        assertEquals("middle", layer.before());
    }

    @Test
    void aSecondInputIsRefusedByName() {
        String message = refusal(new OnnxBytes().input("picture", 1, 3, 8, 8).input("mask", 1, 3, 8, 8)
                .tensor("w", new long[] {2, 3, 3, 3}, KERNELS).node("Add: picture, mask -> sum").node("Conv: sum, w -> out").output("out"));
        assertTrue(message.contains("picture, mask"), message);
    }

    @Test
    void otherThanPicturesAreRefused() {
        assertTrue(refusal(convolution(1, 7, 8, 8)).contains("[1, 7, 8, 8]"));
        assertTrue(refusal(convolution(1, 128)).contains("[1, 128]"));
    }

    @Test
    void operationsOfAnotherTimeAreRefused() {
        assertTrue(refusal(convolution(1, 3, 8, 8).opset(5)).contains("opset"));
        assertTrue(refusal(convolution(1, 3, 8, 8).opset(99)).contains("99"));
    }

    @Test
    void aNetworkWhoseHeadCannotRunOpensUpToThere() throws IOException {
        NetworkReading reading = read(new OnnxBytes().input("picture", 1, 3, 8, 8).tensor("w", new long[] {2, 3, 3, 3}, KERNELS)
                .node("Conv: picture, w -> map").node("Relu: map -> positive").node("LpNormalization: positive, w -> normal")
                .node("Wobble: normal -> out").output("out"));
        assertEquals("positive", reading.network().layers().get(0).output());
        String remarks = String.join(" ", reading.remarks());
        assertTrue(remarks.contains("1 x LpNormalization at normal, 1 x Wobble at out"), remarks);
    }

    @Test
    void classesAreNamedAsTheFileSays() throws IOException {
        OnnxBytes model = convolution(1, 3, 8, 8);
        for (String names : List.of("{0: 'cat', 1: 'dog\\'s'}", "{\"0\": \"cat\", \"1\": \"dog's\"}", "[\"cat\", \"dog's\"]", "cat, dog's",
                "cat\ndog's")) {
            assertEquals(List.of("cat", "dog's"), ClassNames.of(Map.of("names", names)), names);
        }
        assertEquals(List.of("cat", "dog"), read(model.note("classes", "cat,dog")).network().classes());
    }

    @Test
    void namesOfOtherNumbersOfClassesAreLeftOut() throws IOException {
        assertEquals(List.of(), read(convolution(1, 3, 8, 8).note("names", "{0: 'cat', 2: 'dog'}")).network().classes());
        assertEquals(List.of(), read(convolution(1, 3, 8, 8).note("names", "a,b,c")).network().classes());
    }

    @Test
    void layersAreNamedAsTheModelsPartsAreByBothOfPyTorchsExporters() throws IOException {
        for (String name : List.of("tiny_googlenet", "tiny_googlenet_dynamo")) {
            Network network = new OnnxReader().read(Reference.folder().resolve(name + ".onnx"), InputChoice.NONE).network();
            List<String> names = network.layers().stream().map(Layer::name).toList();
            assertTrue(names.stream().noneMatch(layer -> layer.matches("(?i).*(node_|_output_|val_|getitem|onnx::).*")), names.toString());
        }
    }

    @Test
    void weightsBesideTheFileAreMissedByName() throws IOException {
        Path lonely = folder.resolve("lonely.onnx");
        Files.copy(Reference.folder().resolve("tiny_googlenet_dynamo.onnx"), lonely);
        String message = assertThrows(NetworkException.class, () -> new OnnxReader().read(lonely, InputChoice.NONE)).getMessage();
        assertTrue(message.contains("tiny_googlenet_dynamo.onnx.data") && message.contains("put both into one folder"), message);
    }

    @Test
    void linksToOutsideTheFolderAreNotFollowed() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.copy(Reference.folder().resolve("tiny_googlenet_dynamo.onnx"), inner.resolve("linked.onnx"));
        Files.copy(Reference.folder().resolve("tiny_googlenet_dynamo.onnx.data"), folder.resolve("outside.data"));
        Files.createSymbolicLink(inner.resolve("tiny_googlenet_dynamo.onnx.data"), folder.resolve("outside.data"));
        String message = assertThrows(NetworkException.class,
                () -> new OnnxReader().read(inner.resolve("linked.onnx"), InputChoice.NONE)).getMessage();
        assertTrue(message.contains("link to outside"), message);
    }
}
