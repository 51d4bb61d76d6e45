package org.loupe.formats;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.loupe.core.Batch;

/** Values that a framework computed from one of the network files of the tests: an archive of arrays, and what they are. */
public record Reference(Map<String, Values> arrays, JsonObject about) {

    /** An array of any number of dimensions, in row-major order. */
    public record Values(int[] sizes, float[] numbers) {

        /** The same as pictures or activations: image, channel, row, column. */
        public Batch batch() {
            int[] four = Arrays.copyOf(sizes, 4);
            Arrays.fill(four, sizes.length, 4, 1);
            return new Batch(four[0], four[1], four[2], four[3], numbers);
        }
    }

    /** The folder with the network files of the tests. */
    public static Path folder() {
        try {
            return Path.of(Reference.class.getResource("/zoo").toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The arrays of {@code NAME.npz}, and {@code NAME.json} where there is one. */
    public static Reference of(Path folder, String name) {
        Map<String, Values> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(folder.resolve(name + ".npz").toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                arrays.put(entry.getName().replaceFirst("\\.npy$", ""), values(zip.getInputStream(entry).readAllBytes()));
            }
            Path about = folder.resolve(name + ".json");
            return new Reference(arrays, Files.exists(about) ? json(about) : new JsonObject());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A file with a JSON object. */
    public static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    private static Values values(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int start = 10 + Short.toUnsignedInt(in.getShort(8));
        String header = new String(bytes, 10, start - 10, StandardCharsets.US_ASCII);
        String shape = header.replaceAll("(?s).*'shape': \\(([^)]*)\\).*", "$1").replace(" ", "");
        int[] sizes = shape.isEmpty() ? new int[0] : Arrays.stream(shape.split(",")).mapToInt(Integer::parseInt).toArray();
        float[] numbers = new float[Arrays.stream(sizes).reduce(1, (one, other) -> one * other)];
        if (!header.contains("'<f4'")) {
            throw new AssertionError("Not an array of 32-bit numbers: " + header);
        }
        in.position(start).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        return new Values(sizes, numbers);
    }

    /** The Euclidean length of a difference, divided by that of what was expected. */
    public static double difference(float[] actual, float[] expected) {
        if (actual.length != expected.length) {
            throw new AssertionError(actual.length + " numbers instead of " + expected.length);
        }
        double difference = 0;
        double length = 0;
        for (int i = 0; i < actual.length; i++) {
            difference += ((double) actual[i] - expected[i]) * ((double) actual[i] - expected[i]);
            length += (double) expected[i] * expected[i];
        }
        return Math.sqrt(difference / Math.max(length, 1e-30));
    }
}
