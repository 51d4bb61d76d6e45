package org.loupe.formats.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.loupe.core.Batch;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.formats.Reference;
import org.loupe.formats.onnx.OnnxReader.Opening;

/** Files of one or a few operations each, with what ONNX Runtime computes from them, and broken ones. */
class OperationFilesTest {

    private static final double CLOSE = 2e-6;

    /** What Loupe has no operation for and says so. */
    private static final Set<String> REFUSED = Set.of("resize_nearest_ceil");

    @TestFactory
    Stream<DynamicTest> everyOperationComputesWhatItShould() throws IOException {
        Path folder = Reference.folder().resolve("operations");
        JsonObject cases = Reference.json(folder.resolve("operations.json"));
        assertFalse(cases.keySet().isEmpty());
        return cases.keySet().stream().map(name -> DynamicTest.dynamicTest(name,
                () -> check(folder, name, cases.getAsJsonObject(name))));
    }

    private static void check(Path folder, String name, JsonObject about) throws IOException {
        List<String> words = new ArrayList<>();
        if (about.has("says")) {
            about.getAsJsonArray("says").asList().stream().map(JsonElement::getAsString).forEach(words::add);
        }
        Path file = folder.resolve(name + ".onnx");
        String expected = about.get("expected").getAsString();
        if (expected.equals("broken")) {
            String message = assertThrows(NetworkException.class, () -> broken(file)).getMessage();
            words.forEach(word -> assertTrue(message.contains(word), message));
            return;
        }
        Opening opening = OperationFiles.open(file);
        words.forEach(word -> assertTrue(opening.assembly().unsupported().contains(word), opening.assembly().unsupported()));
        boolean extra = (about.has("extra") || REFUSED.contains(name)) && !opening.assembly().unsupported().isEmpty();
        if (expected.equals("runs") && !extra) {
            assertEquals("", opening.assembly().unsupported());
            compare(opening, "output", Reference.of(folder, name));
        } else if (expected.equals("partly")) {
            compare(opening, "c", Reference.of(folder, name));
        }
    }

    /** A broken file may be seen to be so when it is opened, or when its tensors are read. */
    private static void broken(Path file) throws IOException {
        Opening opening = OperationFiles.open(file);
        if (!opening.assembly().unsupported().isEmpty()) {
            throw new NetworkException(opening.assembly().unsupported());
        }
    }

    private static void compare(Opening opening, String output, Reference reference) {
        View view = assertInstanceOf(View.class, opening.converter().value(output));
        Shape input = opening.port().shape();
        float[] ones = new float[input.channels()];
        Arrays.fill(ones, 255);
        Set<Operation> operations = OperationFiles.operations(opening.assembly(), view.operation());
        if (operations.isEmpty()) {
            float[] given = reference.arrays().get("input").numbers();
            assertArrayEquals(reference.arrays().get(output).numbers(), inOrder(view, given));
            return;
        }
        List<Layer> layers = List.of(new Layer("output", view.operation(), view.operation(), ""));
        Network network = new Network("test", "", new Input(input, new float[ones.length], ones), List.copyOf(operations), layers,
                List.of());
        Batch pictures = reference.arrays().get("input").batch();
        try (Session session = new ReferenceEngine().open(network)) {
            Batch batch = opening.port().view().isImage() || pictures.area() == 1 ? pictures : channelsFirst(pictures);
            float[] made = session.activations(batch, Set.of(Tap.after("output"))).at(Tap.after("output")).values();
            float[] expected = reference.arrays().get(output).numbers();
            double difference = Reference.difference(inOrder(view, made), expected);
            assertTrue(difference < CLOSE, () -> "off by " + difference + " in " + operations);
        }
    }

    /** Pictures whose file has them as image, row, column, channel. */
    private static Batch channelsFirst(Batch last) {
        Batch first = Batch.zeros(last.images(), last.columns(), last.channels(), last.rows());
        for (int image = 0; image < first.images(); image++) {
            for (int i = 0; i < last.imageSize(); i++) {
                int channel = i % last.columns();
                first.values()[first.offset(image, channel) + i / last.columns()] = last.values()[image * last.imageSize() + i];
            }
        }
        return first;
    }

    /** What an operation computes, in the order in which the file has it. */
    private static float[] inOrder(View view, float[] made) {
        int each = (int) view.shape().size();
        float[] ordered = new float[made.length];
        int[] indices = {0};
        for (int axis = 0; axis < view.rank(); axis++) {
            int[] next = view.indices(axis);
            int[] all = new int[indices.length * next.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = indices[i / next.length] + next[i % next.length];
            }
            indices = all;
        }
        for (int i = 0; i < made.length; i++) {
            ordered[i] = made[i / each * each + indices[i % each]];
        }
        return ordered;
    }
}
