package org.loupe.formats.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Layer;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Nonlinearity.Power;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Preparation;
import org.loupe.core.network.Shape;
import org.loupe.formats.arrays.ZooFile;

/** Graphs that TensorFlow wrote, and some that are written here. */
class TensorFlowReaderTest {

    private static final TensorFlowReader READER = new TensorFlowReader();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiny_inceptionv1_tf", "tiny_mixed_tf", "tiny_mobilenet_tf", "tiny_sequential_tf"})
    void graphsComputeWhatTensorFlowComputes(String name) throws IOException {
        ZooFile.of(name).check(READER);
    }

    @Test
    void layersOfThePublishedInceptionHaveTheirPublishedNames() throws IOException {
        NetworkReading reading = READER.read(ZooFile.of("tiny_inceptionv1_tf").path(),
                new InputChoice(64, 64, Optional.empty()));
        List<String> names = reading.network().layers().stream().map(Layer::name).toList();
        assertEquals(List.of("conv2d0", "maxpool0", "localresponsenorm0", "conv2d1", "conv2d2", "localresponsenorm1", "maxpool1"),
                names.subList(0, 7));
        assertTrue(names.containsAll(List.of("mixed3a_1x1", "mixed3a_3x3_bottleneck", "mixed3a_3x3", "mixed3a_5x5_bottleneck",
                "mixed3a_5x5", "mixed3a_pool", "mixed3a_pool_reduce", "mixed3a", "mixed5b", "avgpool0", "softmax2_pre_activation",
                "softmax2")), names.toString());
        Layer mixed = reading.network().layer("mixed4a");
        assertTrue(mixed.hasActivation());
        assertEquals(Preparation.known("inception5h"), Preparation.of(reading.network()));
        assertEquals(Certainty.GUESSED, reading.colours());
        assertTrue(reading.remarks().stream().anyMatch(remark -> remark.contains("117")), reading.remarks().toString());
    }

    @Test
    void aGuessedSizeThatDoesNotFitIsTold() throws IOException {
        Path file = ZooFile.of("tiny_inceptionv1_tf").path();
        String told = assertThrows(NetworkException.class, () -> READER.read(file, InputChoice.NONE)).getMessage();
        assertTrue(told.contains("224 rows and 224 columns were tried"), told);
    }

    @Test
    void anOnnxFileWithTheWrongEndingIsTold() throws IOException {
        Path file = folder.resolve("network.pb");
        Files.copy(ZooFile.resource("tiny_inceptionv1.onnx"), file);
        String told = assertThrows(NetworkException.class, () -> READER.read(file, InputChoice.NONE)).getMessage();
        assertTrue(told.contains("network.pb") && told.contains("ONNX"), told);
    }

    @Test
    void aSavedModelIsToldWithWhatToDo() throws IOException {
        Message saved = new Message().number(1, 1).bytes(2, new Message().text(1, "anything").toBytes());
        String told = told(saved);
        assertTrue(told.contains("SavedModel") && told.contains("convert_variables_to_constants_v2"), told);
    }

    @Test
    void aGraphWithVariablesIsToldToBeFrozen() throws IOException {
        String told = told(new Message().node("weights", "VariableV2").node("input", "Placeholder"));
        assertTrue(told.contains("weights") && told.contains("Freeze"), told);
    }

    @Test
    void allThatCannotRunIsNamedAtOnceAndTheRestOpens() throws IOException {
        NetworkReading reading = read(small().node("strange", "NonMaxSuppression", "biased").node("other", "ArgMax", "biased", "axis"));
        assertEquals("biased", reading.network().layers().get(0).output());
        String remark = reading.remarks().get(0);
        assertTrue(remark.contains("1 x NonMaxSuppression at strange") && remark.contains("1 x ArgMax at other"), remark);
    }

    @Test
    void nodesMayComeInAnyOrderAndABiasBecomesPartOfItsConvolution() throws IOException {
        Message graph = new Message().node("biased", "BiasAdd", "convolved", "bias", "^convolved")
                .bytes(1, convolution()).constant("bias", new int[] {2}, 1, 2)
                .constant("kernel", new int[] {1, 1, 3, 2}, 1, 2, 3, 4, 5, 6).bytes(1, input(-1));
        List<Operation> operations = read(graph).network().operations();
        Convolution only = (Convolution) operations.get(0);
        assertEquals(1, operations.size());
        assertEquals(List.of(1f, 3f, 5f, 2f, 4f, 6f), list(only.weights().values()));
        assertEquals(List.of(1f, 2f), list(only.bias().values()));
    }

    @Test
    void theLastNumberOfAnArrayCountsForAllThatAreLeftOut() throws IOException {
        Message graph = new Message().bytes(1, input(8)).bytes(1, convolution())
                .constant("kernel", new int[] {1, 1, 3, 2}, 1, 2, 7).constant("bias", new int[] {2}, 5)
                .node("biased", "BiasAdd", "convolved", "bias");
        Convolution only = (Convolution) read(graph).network().operations().get(0);
        assertEquals(List.of(1f, 7f, 7f, 2f, 7f, 7f), list(only.weights().values()));
        assertEquals(List.of(5f, 5f), list(only.bias().values()));
    }

    @Test
    void aBatchNormalizationInPiecesIsOneAgain() throws IOException {
        Message graph = small().constant("variance", new int[] {2}, 3, 8).constant("epsilon", new int[] {}, 1)
                .constant("mean", new int[] {2}, 10, 30).constant("beta", new int[] {2}, 7, 9)
                .node("sum", "AddV2", "variance", "epsilon").node("factor", "Rsqrt", "sum")
                .node("moved", "Mul", "mean", "factor").node("shift", "Sub", "beta", "moved")
                .node("scaled", "Mul", "biased", "factor").node("normal", "AddV2", "scaled", "shift");
        List<Operation> operations = read(graph).network().operations();
        BatchNormalization normalization = (BatchNormalization) operations.get(1);
        assertEquals(2, operations.size());
        assertEquals("normal", normalization.name());
        assertEquals(0.5f, normalization.scale().values()[0], 1e-6);
        assertEquals(9 - 30 / 3f, normalization.shift().values()[1], 1e-5);
    }

    @Test
    void aDropoutThatASwitchTurnsOffIsGone() throws IOException {
        Message training = new Message().text(1, "training").text(2, "Placeholder").attribute("dtype", new Message().number(6, 10));
        Message graph = small().bytes(1, training.toBytes()).node("switch", "Switch", "biased", "training")
                .node("dropped", "RandomThing", "switch:1").node("merged", "Merge", "dropped", "switch").node("out", "Relu", "merged");
        NetworkReading reading = read(graph);
        assertEquals(List.of("biased", "out"), reading.network().operations().stream().map(Operation::name).toList());
        assertTrue(reading.remarks().stream().anyMatch(remark -> remark.contains("being trained")), reading.remarks().toString());
    }

    @Test
    void aGraphThatReadsPictureFilesItselfBeginsBehindThat() throws IOException {
        byte[] file = new Message().text(1, "file").text(2, "Placeholder").attribute("dtype", new Message().number(6, 7)).toBytes();
        Message graph = new Message().bytes(1, file).node("decoded", "DecodeJpeg", "file").node("real", "Cast", "decoded")
                .constant("axis", new int[] {}, 0).node("input", "ExpandDims", "real", "axis")
                .constant("size", new int[] {2}, 12, 16).node("sized", "ResizeBilinear", "input", "size")
                .constant("grey", new int[] {}, 128).node("taken", "Sub", "sized", "grey")
                .constant("kernel", new int[] {1, 1, 3, 1}, 1, 2, 3)
                .node("convolved", "Conv2D", "taken", "kernel");
        NetworkReading reading = read(graph);
        assertEquals(new Shape(3, 12, 16), reading.network().input().shape());
        assertEquals(List.of("taken", "convolved"), reading.network().operations().stream().map(Operation::name).toList());
        assertEquals(Preparation.known("0..255"), Preparation.of(reading.network()));
        assertEquals(Certainty.STATED, reading.colours());
    }

    @Test
    void aPowerWithAFixedExponentIsANonlinearity() throws IOException {
        Message graph = small().constant("two", new int[] {}, 2).node("square", "Pow", "biased", "two");
        assertEquals(new Activation("square", "biased", new Power(2)), read(graph).network().operation("square").orElseThrow());
    }

    @Test
    void aCircleIsToldAndDoesNotHang() throws IOException {
        String told = told(small().node("one", "AddV2", "two", "biased").node("two", "Relu", "one"));
        assertTrue(told.contains("circle"), told);
    }

    @Test
    void anArrayThatClaimsTerabytesIsRefusedBeforeItIsMade() throws IOException {
        String told = told(new Message().bytes(1, input(8)).constant("kernel", new int[] {1 << 20, 1 << 20}, 1));
        assertTrue(told.contains("too large"), told);
        String many = told(new Message().bytes(1, input(8)).constant("kernel", new int[] {1 << 15, 1 << 15}, 1));
        assertTrue(many.contains("too many numbers"), many);
    }

    private static List<Float> list(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    private NetworkReading read(Message graph) throws IOException {
        return READER.read(Files.write(folder.resolve("graph.pb"), graph.toBytes()), InputChoice.NONE);
    }

    private String told(Message graph) throws IOException {
        String told = assertThrows(NetworkException.class, () -> read(graph)).getMessage();
        assertTrue(told.contains("graph.pb"), told);
        return told;
    }

    /** A convolution of 1x1 with a bias. */
    private static Message small() throws IOException {
        return new Message().bytes(1, input(8)).constant("kernel", new int[] {1, 1, 3, 2}, 1, 2, 3, 4, 5, 6)
                .constant("bias", new int[] {2}, 1, 2).constant("axis", new int[] {}, 3).bytes(1, convolution())
                .node("biased", "BiasAdd", "convolved", "bias");
    }

    private static byte[] input(int size) throws IOException {
        return new Message().text(1, "input").text(2, "Placeholder").attribute("dtype", new Message().number(6, 1))
                .attribute("shape", new Message().bytes(7, Message.shape(-1, size, size, 3))).toBytes();
    }

    private static byte[] convolution() throws IOException {
        Message steps = new Message().bytes(1, new Message().number(3, 1).number(3, 1).number(3, 1).number(3, 1).toBytes());
        return new Message().text(1, "convolved").text(2, "Conv2D").text(3, "input").text(3, "kernel")
                .attribute("strides", steps).attribute("padding", new Message().text(2, "SAME")).toBytes();
    }

    /** Writes protobuf messages field by field. */
    private static final class Message {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

        byte[] toBytes() throws IOException {
            out.flush();
            return bytes.toByteArray();
        }

        Message number(int field, long value) throws IOException {
            out.writeInt64(field, value);
            return this;
        }

        Message bytes(int field, byte[] value) throws IOException {
            out.writeByteArray(field, value);
            return this;
        }

        Message text(int field, String text) throws IOException {
            return bytes(field, text.getBytes(StandardCharsets.UTF_8));
        }

        Message attribute(String key, Message value) throws IOException {
            return bytes(5, new Message().text(1, key).bytes(2, value.toBytes()).toBytes());
        }

        Message node(String name, String operation, String... inputs) throws IOException {
            Message node = new Message().text(1, name).text(2, operation);
            for (String input : inputs) {
                node.text(3, input);
            }
            return bytes(1, node.toBytes());
        }

        /** Fewer numbers than the shape holds go into the list, as many into the packed content. */
        Message constant(String name, int[] shape, float... values) throws IOException {
            long size = 1;
            for (int length : shape) {
                size *= length;
            }
            Message tensor = new Message().number(1, 1).bytes(2, shape(shape));
            if (values.length == size) {
                ByteBuffer content = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
                content.asFloatBuffer().put(values);
                tensor.bytes(4, content.array());
            } else {
                for (float value : values) {
                    tensor.out.writeFloat(5, value);
                }
            }
            return bytes(1, new Message().text(1, name).text(2, "Const")
                    .attribute("value", new Message().bytes(8, tensor.toBytes())).toBytes());
        }

        static byte[] shape(int... sizes) throws IOException {
            Message shape = new Message();
            for (int size : sizes) {
                shape.bytes(2, new Message().number(1, size).toBytes());
            }
            return shape.toBytes();
        }
    }
}
