package org.loupe.core.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/**
 * The part of a network between a layer and a target, as a network of its own whose input are the layer's activations: so
 * every engine can carry gradients to the layer. What reaches the target past the layer, through shortcuts, stays as it is
 * for the picture.
 */
final class UpperPart {

    /** What is seen is {@code (255 * value - mean) / deviation}. */
    private static final float FULL = 255;
    private static final String ONE = "one@constant";

    private final Network whole;
    private final String source;
    private final Set<String> dependent = new LinkedHashSet<>();
    private final Set<String> past = new LinkedHashSet<>();
    private final List<Operation> operations = new ArrayList<>();

    private UpperPart(Network whole, Tap from, Target target) {
        this.whole = whole;
        this.source = whole.source(from);
        List<Operation> needed = whole.needed(target.parts().stream().map(Target.Part::operation).toList());
        for (Operation operation : needed) {
            boolean depends = operation.inputs().stream().anyMatch(input -> input.equals(source) || dependent.contains(input));
            if (depends && !operation.name().equals(source)) {
                dependent.add(operation.name());
                operations.add(operation);
            }
        }
        for (Target.Part part : target.parts()) {
            if (!dependent.contains(part.operation())) {
                throw new NetworkException(target + " does not depend on " + from + " of " + whole
                        + ": choose a layer below it.");
            }
        }
        for (Operation operation : operations) {
            operation.inputs().stream().filter(input -> !input.equals(source) && !dependent.contains(input)).forEach(past::add);
        }
    }

    /** Whether something reaches the target past the layer, so that every picture needs a part of its own. */
    static boolean hasPast(Network whole, Tap from, Target target) {
        return !new UpperPart(whole, from, target).past.isEmpty();
    }

    /** Whether a layer has a share in a target, so that the target can be attributed to it. */
    static boolean exists(Network whole, Tap from, Target target) {
        try {
            return new UpperPart(whole, from, target) != null;
        } catch (NetworkException independent) {
            return false;
        }
    }

    /**
     * Makes the network.
     *
     * @param session of the whole network
     * @param picture what the whole network is shown
     * @throws NetworkException when the target does not depend on the layer
     */
    static Network of(Session session, Tap from, Target target, Batch picture) {
        UpperPart part = new UpperPart(session.network(), from, target);
        Map<String, Batch> constants = part.past.isEmpty() ? Map.of() : part.read(session, picture);
        Shape shape = part.shapes().get(part.source);
        float[] means = new float[shape.channels()];
        float[] deviations = new float[shape.channels()];
        Arrays.fill(deviations, FULL);
        return new Network(session.network().name() + " above " + from, "", new Input(shape, means, deviations),
                part.operations(constants), List.copyOf(target.layers().values()), List.of());
    }

    private Map<String, Shape> shapes() {
        Shape picture = whole.input().shape();
        return whole.shapes(picture.rows(), picture.columns());
    }

    private List<Operation> operations(Map<String, Batch> constants) {
        List<Operation> all = new ArrayList<>();
        if (!constants.isEmpty()) {
            all.add(new GlobalAverage("mean@constant", Network.INPUT));
            all.add(new Selection("first@constant", "mean@constant", List.of(0)));
            all.add(new BatchNormalization(ONE, "first@constant", Weights.vector(0), Weights.vector(1), Weights.vector(0),
                    Weights.vector(1), 0));
            constants.forEach((name, value) -> all.add(constant(name, value)));
        }
        for (Operation operation : operations) {
            all.add(operation.reading(operation.inputs().stream()
                    .map(input -> input.equals(source) ? Network.INPUT : past.contains(input) ? constantName(input) : input)
                    .toList()));
        }
        return all;
    }

    /** An operation that always gives the same array: its kernel, once. */
    private static Operation constant(String name, Batch value) {
        Weights kernel = new Weights(new int[] {1, value.channels(), value.rows(), value.columns()}, value.values());
        Weights nothing = new Weights(new int[] {value.channels()}, new float[value.channels()]);
        Window window = new Window(value.rows(), value.columns(), 1, 1, 0, 0, 0, 0, 1, 1);
        return new TransposedConvolution(constantName(name), ONE, kernel, nothing, window, 1, 0, 0);
    }

    private static String constantName(String name) {
        return name + "@constant";
    }

    /** What reaches the target past the layer, for the picture. */
    private Map<String, Batch> read(Session session, Batch picture) {
        Map<String, Batch> values = new HashMap<>();
        List<Layer> layers = new ArrayList<>();
        for (String name : past) {
            if (name.equals(Network.INPUT)) {
                values.put(name, whole.input().normalized(picture));
            } else {
                layers.add(new Layer("past" + layers.size(), name, name, ""));
            }
        }
        if (!layers.isEmpty()) {
            Network reading = new Network(whole.name(), "", whole.input(), whole.operations(), layers, List.of());
            try (Session other = session.engine().open(reading)) {
                Set<Tap> taps = new LinkedHashSet<>();
                layers.forEach(layer -> taps.add(Tap.after(layer.name())));
                Readings readings = other.activations(picture, taps);
                layers.forEach(layer -> values.put(layer.output(), readings.at(Tap.after(layer.name()))));
            }
        }
        return values;
    }
}
