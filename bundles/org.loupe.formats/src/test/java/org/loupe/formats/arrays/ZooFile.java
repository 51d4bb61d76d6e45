package org.loupe.formats.arrays;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.NumpyArray;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkReader;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Preparation;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;
import org.loupe.core.objective.ObjectiveText;

/** A file that another framework wrote, with what that framework computes. */
public record ZooFile(String name, JsonObject about) {

    private static final double FORWARD = 1e-4;
    private static final double GRADIENT = 1e-3;

    /** Such as {@code tiny_mixed_k2}. */
    public static ZooFile of(String name) throws IOException {
        return new ZooFile(name, JsonParser.parseString(Files.readString(resource(name + ".json"))).getAsJsonObject());
    }

    /** A file beside the others. */
    public static Path resource(String file) {
        try {
            return Path.of(ZooFile.class.getResource("/zoo/" + file).toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The network file. */
    public Path path() {
        return resource(about.get("file").getAsString());
    }

    /** Reads the file and checks the logits, every tap and the gradient of one logit; fails saying all that is off. */
    public NetworkReading check(NetworkReader reader) throws IOException {
        Map<String, NumpyArray> values = NumpyArray.readAll(
                resource(about.has("values") ? about.get("values").getAsString() : name + ".npz"));
        NumpyArray input = values.get("input");
        List<Integer> shape = input.shape();
        NetworkReading reading = reader.read(path(), new InputChoice(shape.get(2), shape.get(3),
                Optional.of(Preparation.known("0..1"))));
        Network network = reading.network();
        Batch pictures = new Batch(shape.get(0), shape.get(1), shape.get(2), shape.get(3), input.values());
        Map<String, Tap> taps = new LinkedHashMap<>();
        about.getAsJsonObject("taps").asMap().forEach((label, where) ->
                taps.put("tap:" + where.getAsString(), tap(network, where.getAsString())));
        taps.put("logits", logits(network));
        try (Session session = new ReferenceEngine().open(network)) {
            Readings readings = session.activations(pictures, Set.copyOf(taps.values()));
            Map<String, Double> off = new LinkedHashMap<>();
            taps.forEach((key, tap) -> off.put(key, difference(readings.at(tap).values(), values.get(key).values())));
            off.values().removeIf(difference -> difference < FORWARD);
            assertEquals(Map.of(), off, name);
            Objective objective = ObjectiveText.parse(taps.get("logits").layer() + ":" + about.get("class").getAsInt());
            double slope = difference(session.gradient(pictures, List.of(objective)).pictures().values(),
                    values.get("gradient").values());
            assertTrue(slope < GRADIENT, name + ": the gradient is off by " + slope);
        }
        return reading;
    }

    /** Where an operation can be read: behind a layer, or in front of its nonlinearity. */
    private static Tap tap(Network network, String output) {
        for (Layer layer : network.layers()) {
            if (layer.output().equals(output)) {
                return Tap.after(layer.name());
            }
            if (layer.before().equals(output)) {
                return Tap.before(layer.name());
            }
        }
        throw new AssertionError("No layer shows " + output + ", only " + network.layers());
    }

    /** The last layer that is no softmax. */
    private static Tap logits(Network network) {
        Layer last = null;
        for (Layer layer : network.layers()) {
            if (!(network.operation(layer.output()).orElseThrow() instanceof Softmax)) {
                last = layer;
            }
        }
        return Tap.after(last.name());
    }

    private static double difference(float[] found, float[] wanted) {
        assertEquals(wanted.length, found.length);
        double difference = 0;
        double size = 0;
        for (int i = 0; i < wanted.length; i++) {
            difference += Math.pow((double) found[i] - wanted[i], 2);
            size += Math.pow(wanted[i], 2);
        }
        return Math.sqrt(difference / size);
    }
}
