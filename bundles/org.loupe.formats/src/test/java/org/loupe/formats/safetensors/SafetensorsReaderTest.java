package org.loupe.formats.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Layer;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Preparation;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.arrays.HalfPrecision;
import org.loupe.formats.arrays.Tensor;
import org.loupe.formats.arrays.ZooFile;

/** Weights that PyTorch wrote, and files that are written here. */
class SafetensorsReaderTest {

    private static final SafetensorsReader READER = new SafetensorsReader();

    @TempDir
    Path folder;

    @Test
    void weightsOfThePublishedInceptionComputeWhatPyTorchComputes() throws IOException {
        NetworkReading reading = ZooFile.of("tiny_inceptionv1_state").check(READER);
        List<String> names = reading.network().layers().stream().map(Layer::name).toList();
        assertTrue(names.containsAll(List.of("conv2d0", "maxpool0", "localresponsenorm0", "mixed3a_5x5_bottleneck", "mixed3a",
                "maxpool4", "mixed5b", "avgpool0", "softmax2_pre_activation")), names.toString());
    }

    @Test
    void thePublishedInceptionIsTheSameWithTheNamesAndTheOrderOfTensorFlow() throws IOException {
        Path file = ZooFile.of("tiny_inceptionv1_state").path();
        Map<String, Tensor> turned = new LinkedHashMap<>();
        try (TensorFile tensors = new TensorFile(file)) {
            for (String name : tensors.names()) {
                Tensor tensor = tensors.read(name);
                String plain = name.replaceFirst("_(pre_relu_conv|pre_activation_matmul)\\.weight$", "_w")
                        .replaceFirst("_(pre_relu_conv|pre_activation_matmul)\\.bias$", "_b");
                turned.put(plain, tensor.rank() == 4 ? tensor.transposed(new Budget(0), 2, 3, 1, 0)
                        : tensor.rank() == 2 ? tensor.transposed(new Budget(0), 1, 0) : tensor);
            }
        }
        NetworkReading one = READER.read(file, InputChoice.NONE);
        NetworkReading other = READER.read(written("turned", turned, "F32"), InputChoice.NONE);
        assertEquals(one.network().operations(), other.network().operations());
        assertEquals(Preparation.known("inception5h"), Preparation.of(other.network()));
        assertEquals(Certainty.GUESSED, other.colours());
    }

    @ParameterizedTest
    @CsvSource({"F16, 1e-3", "BF16, 8e-3", "F64, 0"})
    void numbersOfOtherSizesAreRead(String type, double tolerance) throws IOException {
        float[] values = {0, 1, -2.5f, 3.1415927f, 1e-3f, -65000, 6e-5f, 0.333f};
        Path file = written("numbers", Map.of("array", Tensor.vector(values)), type);
        try (TensorFile tensors = new TensorFile(file)) {
            float[] read = tensors.read("array").values();
            for (int i = 0; i < values.length; i++) {
                assertEquals(values[i], read[i], Math.abs(values[i]) * tolerance);
            }
        }
    }

    @Test
    void allThatIsMissingMisshapenOrTooMuchIsNamedAtOnce() throws IOException {
        Map<String, Tensor> tensors = all(ZooFile.of("tiny_inceptionv1_state").path());
        tensors.remove("mixed3a_1x1_pre_relu_conv.weight");
        tensors.remove("mixed5b_3x3_pre_relu_conv.bias");
        tensors.put("conv2d1_pre_relu_conv.bias", Tensor.vector(1, 2, 3, 4, 5));
        tensors.put("surprise", Tensor.scalar(1));
        String told = told(written("changed", tensors, "F32"));
        assertTrue(told.contains("Missing: mixed3a_1x1_pre_relu_conv.weight"), told);
        assertTrue(told.contains("mixed5b_3x3_pre_relu_conv.bias"), told);
        assertTrue(told.contains("conv2d1_pre_relu_conv.bias is [5] instead of [4]"), told);
        assertTrue(told.contains("Not known: surprise"), told);
    }

    @Test
    void headsThatOnlyHelpedTheTrainingAreLeftOutWithARemark() throws IOException {
        Map<String, Tensor> tensors = all(ZooFile.of("tiny_inceptionv1_state").path());
        tensors.put("head0_bottleneck_pre_relu_conv.weight", Tensor.scalar(1));
        NetworkReading reading = READER.read(written("heads", tensors, "F32"), InputChoice.NONE);
        assertTrue(reading.remarks().stream().anyMatch(remark -> remark.contains("head0_bottleneck")), reading.remarks().toString());
    }

    @Test
    void anUnknownArchitectureIsToldWithWhatThereIsAndWhatToDo() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("encoder.weight", new Tensor(new int[] {2, 3}, new float[6]));
        String told = told(written("unknown", tensors, "F32"));
        assertTrue(told.contains("encoder.weight [2, 3]") && told.contains("torch.onnx.export("), told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}",
        "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,8]}}",
        "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}",
        "{'a':{'dtype':'F32','shape':[1099511627776],'data_offsets':[0,8]}}",
        "{'a':{'dtype':'F99','shape':[2],'data_offsets':[0,8]}}",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}",
        "{'a':{'dtype':'F32','shape':[2]}}",
        "{'a':7}",
        "[]",
        "{"})
    void aHeaderThatDoesNotFitTheFileIsRefused(String header) throws IOException {
        told(raw("broken", header.replace('\'', '"'), new byte[8]));
    }

    @Test
    void aHeaderThatClaimsToBeLongerThanTheFileIsRefused() throws IOException {
        Path file = folder.resolve("long.safetensors");
        Files.write(file, ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(Long.MAX_VALUE).array());
        assertTrue(told(file).contains("header"));
        Files.write(file, new byte[3]);
        assertTrue(told(file).contains("3 bytes"));
    }

    private static Map<String, Tensor> all(Path file) throws IOException {
        Map<String, Tensor> all = new LinkedHashMap<>();
        try (TensorFile tensors = new TensorFile(file)) {
            for (String name : tensors.names()) {
                all.put(name, tensors.read(name));
            }
        }
        return all;
    }

    private String told(Path file) {
        String told = assertThrows(NetworkException.class, () -> READER.read(file, InputChoice.NONE)).getMessage();
        assertTrue(told.contains(file.getFileName().toString()), told);
        return told;
    }

    private Path written(String name, Map<String, Tensor> tensors, String type) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Map<String, String> entries = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            int from = data.size();
            for (float value : entry.getValue().values()) {
                data.write(bytes(value, type));
            }
            entries.put(entry.getKey(), "{\"dtype\":\"" + type + "\",\"shape\":" + Arrays.toString(entry.getValue().shape())
                    + ",\"data_offsets\":[" + from + "," + data.size() + "]}");
        }
        String header = entries.entrySet().stream().map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        return raw(name, header, data.toByteArray());
    }

    private Path raw(String name, String header, byte[] data) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(folder.resolve(name + ".safetensors"), file.putLong(text.length).put(text).put(data).array());
    }

    private static byte[] bytes(float value, String type) {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case "F32" -> bytes.putFloat(value);
            case "F64" -> bytes.putDouble(value);
            case "BF16" -> bytes.putShort((short) (Float.floatToIntBits(value) >> 16));
            default -> bytes.putShort(half(value));
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** A number as binary16, found by trying all. */
    private static short half(float value) {
        short nearest = 0;
        for (int bits = 0; bits < 1 << 16; bits++) {
            float other = HalfPrecision.half((short) bits);
            if (Math.abs(other - value) < Math.abs(HalfPrecision.half(nearest) - value)) {
                nearest = (short) bits;
            }
        }
        return nearest;
    }
}
