package org.loupe.core.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.loupe.core.network.Gaze;
import org.loupe.core.network.Input;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/**
 * Operations that are added to a network, to compute what comes in the place of a unit. Each method that adds one gives the
 * name of its output. For one thread.
 */
public final class Draft {

    /**
     * Where the positions of a map look, along rows or columns.
     *
     * @param step  pixels from one position to the next
     * @param first the pixel that the first position looks at
     */
    public record Axis(double step, double first) {
    }

    private final Network network;
    private final Tap tap;
    private final String prefix;
    private final Set<String> taken = new HashSet<>();
    private final List<Operation> added = new ArrayList<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, String> shared = new HashMap<>();

    /**
     * @param tap    what is replaced
     * @param prefix with which the names of all that is added begin
     */
    Draft(Network network, Tap tap, String prefix) {
        this.network = network;
        this.tap = tap;
        this.prefix = prefix;
        Input input = network.input();
        shapes.putAll(network.shapes(input.shape().rows(), input.shape().columns()));
        network.operations().forEach(operation -> taken.add(operation.name()));
    }

    /** The network, as it is without what is added. */
    public Network network() {
        return network;
    }

    /** The size of what is replaced: one channel, with as many rows and columns as its layer. */
    public Shape shape() {
        Shape shape = shapes.get(network.source(tap));
        return new Shape(1, shape.rows(), shape.columns());
    }

    /** The shape of an output, of the network or added. */
    public Shape shape(String output) {
        Shape shape = shapes.get(output);
        if (shape == null) {
            throw new NetworkException("Nothing computes " + output);
        }
        return shape;
    }

    /** What a tap reads. */
    public String source(Tap read) {
        return network.source(read);
    }

    /** Which row of the picture the first row of the map looks at, and how many further down the next one does. */
    public Axis rows() {
        Shape shape = shape();
        int middle = shape.rows() / 2;
        double at = Gaze.of(network, tap, middle, 0).row();
        double next = shape.rows() < 2 ? at : Gaze.of(network, tap, middle - 1, 0).row();
        return new Axis(at - next, at - middle * (at - next));
    }

    /** The same for columns. */
    public Axis columns() {
        Shape shape = shape();
        int middle = shape.columns() / 2;
        double at = Gaze.of(network, tap, 0, middle).column();
        double next = shape.columns() < 2 ? at : Gaze.of(network, tap, 0, middle - 1).column();
        return new Axis(at - next, at - middle * (at - next));
    }

    /** What was added under a key before, or else is added now: so that several detectors share what they have in common. */
    public String shared(String key, Supplier<String> making) {
        String known = shared.get(key);
        if (known == null) {
            known = making.get();
            shared.put(key, known);
        }
        return known;
    }

    /** Some channels of an output. */
    public String select(String input, Integer... channels) {
        return add(new Selection(unused("channel"), input, List.of(channels)));
    }

    /**
     * A convolution.
     *
     * @param weights (output channel, input channel, row, column)
     */
    public String convolution(String input, Weights weights, Weights bias, Window window) {
        return add(new Convolution(unused("kernel"), input, weights, bias, window, 1));
    }

    /** {@code max(x, 0)}. */
    public String relu(String input) {
        return add(new Relu(unused("relu"), input));
    }

    /** A nonlinearity. */
    public String apply(Nonlinearity function, String input) {
        return add(new Activation(unused("function"), input, function));
    }

    /** {@code factor * x + more}, for all channels. */
    public String scaled(String input, double factor, double more) {
        int channels = shape(input).channels();
        return add(new BatchNormalization(unused("scale"), input, same(channels, factor), same(channels, more),
                same(channels, 0), same(channels, 1), 0));
    }

    /** Two outputs, value by value. */
    public String combined(String left, Sign sign, String right) {
        return add(new Arithmetic(unused("arithmetic"), left, sign, right));
    }

    /** Any other operation; its name is to begin with {@link #unused}. */
    public String add(Operation operation) {
        Network longer = new Network(network.name(), "", network.input(),
                joined(network.operations(), added, List.of(operation)), List.of(), List.of());
        Input input = network.input();
        shapes.put(operation.name(), longer.shapes(input.shape().rows(), input.shape().columns()).get(operation.name()));
        added.add(operation);
        return operation.name();
    }

    /** A name that nothing has. */
    public String unused(String kind) {
        int number = 1;
        while (!taken.add(prefix + kind + " " + number)) {
            number++;
        }
        return prefix + kind + " " + number;
    }

    /** All that was added, in order. */
    List<Operation> added() {
        return List.copyOf(added);
    }

    private static Weights same(int length, double value) {
        float[] values = new float[length];
        Arrays.fill(values, (float) value);
        return Weights.vector(values);
    }

    @SafeVarargs
    static <T> List<T> joined(List<? extends T>... lists) {
        List<T> all = new ArrayList<>();
        for (List<? extends T> list : lists) {
            all.addAll(list);
        }
        return all;
    }
}
