package org.loupe.formats.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.Preparation;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.formats.Reference;

/** Small networks as PyTorch's two exporters and others write them, against what the framework computes in 64 bits. */
class NetworkFilesTest {

    private static final double FORWARD = 1e-5;
    private static final double GRADIENT = 1e-4;

    @TestFactory
    Stream<DynamicTest> networksComputeWhatTheirFrameworkDoes() throws IOException {
        List<String> names = names();
        assertFalse(names.isEmpty());
        return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(Reference.folder())) {
            return files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".onnx"))
                    .map(file -> file.replace(".onnx", "")).sorted().toList();
        }
    }

    private static void check(String name) throws IOException {
        Reference reference = Reference.of(Reference.folder(), name);
        InputChoice asItIs = new InputChoice(0, 0, Optional.of(Preparation.known("0..1")));
        NetworkReading reading = new OnnxReader().read(Reference.folder().resolve(name + ".onnx"), asItIs);
        assertTrue(reading.remarks().stream().noneMatch(remark -> remark.contains("Cannot run")), reading.remarks().toString());
        Map<String, Layer> tapped = new HashMap<>();
        String logits = reference.about().get("logits").getAsString();
        for (String array : reference.arrays().keySet()) {
            String output = array.equals("logits") ? logits : array.replaceFirst("^tap:", "");
            if (reading.network().operation(output).isPresent()) {
                tapped.put(array, new Layer("tapped" + tapped.size(), output, output, ""));
            }
        }
        assertTrue(tapped.containsKey("logits") && tapped.size() > 1, "only found " + tapped.keySet());
        Network network = withLayers(reading.network(), tapped);
        Batch pictures = reference.arrays().get("input").batch();
        int label = reference.about().get("class").getAsInt();
        try (Session session = new ReferenceEngine().open(network)) {
            for (Map.Entry<String, Layer> entry : tapped.entrySet()) {
                Tap tap = Tap.after(entry.getValue().name());
                float[] made = session.activations(pictures, Set.of(tap)).at(tap).values();
                assertClose(FORWARD, made, reference, entry.getKey());
            }
            Unit unit = new Unit(tapped.get("logits").name(), label);
            float[] gradient = session.gradient(pictures, List.of(new ChannelObjective(unit))).pictures().values();
            assertClose(GRADIENT, gradient, reference, "gradient");
        }
    }

    private static void assertClose(double limit, float[] made, Reference reference, String array) {
        double difference = Reference.difference(made, reference.arrays().get(array).numbers());
        assertEquals(0, difference, limit, array);
    }

    private static Network withLayers(Network network, Map<String, Layer> tapped) {
        List<Layer> layers = new ArrayList<>(network.layers());
        layers.addAll(tapped.values());
        return new Network(network.name(), network.about(), network.input(), network.operations(), layers, network.classes());
    }
}
