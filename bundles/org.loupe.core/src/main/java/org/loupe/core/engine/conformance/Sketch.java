package org.loupe.core.engine.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.Largest;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Shapes;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** Draws small networks with random weights; every operation, and the input, is a layer of its own name. */
final class Sketch {

    private final Draws draws;
    private final Shape shape;
    private final Map<String, Shape> shapes = new HashMap<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();

    Sketch(int channels, int rows, int columns) {
        this.draws = new Draws(31 * channels + 7 * rows + columns);
        this.shape = new Shape(channels, rows, columns);
        this.shapes.put(Network.INPUT, shape);
        layers.add(new Layer(Network.INPUT, Network.INPUT, Network.INPUT, ""));
    }

    Sketch convolution(String name, String from, int made, Window window) {
        return convolution(name, from, made, window, 1);
    }

    Sketch convolution(String name, String from, int made, Window window, int groups) {
        int read = channels(from) / groups;
        double deviation = Math.sqrt(2.0 / (read * window.rows() * window.columns()));
        return add(new Convolution(name, from, weights(deviation, made, read, window.rows(), window.columns()),
                weights(0.1, made), window, groups));
    }

    Sketch transposed(String name, String from, int made, Window window, int groups, int moreRows, int moreColumns) {
        double deviation = Math.sqrt(2.0 * window.rowStep() * window.columnStep() * groups
                / (channels(from) * window.rows() * window.columns()));
        return add(new TransposedConvolution(name, from,
                weights(deviation, channels(from), made / groups, window.rows(), window.columns()), weights(0.1, made),
                window, groups, moreRows, moreColumns));
    }

    Sketch normalization(String name, String from) {
        int count = channels(from);
        float[] variance = new float[count];
        for (int i = 0; i < count; i++) {
            variance[i] = (float) draws.uniform(0.3, 3);
        }
        return add(new BatchNormalization(name, from, weights(1, count), weights(0.5, count), weights(0.5, count),
                Weights.vector(variance), 1e-3f));
    }

    /** A factor for each channel, as ConvNeXt has behind its blocks. */
    Sketch scale(String name, String from) {
        int count = channels(from);
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return add(new BatchNormalization(name, from, weights(1, count), Weights.vector(new float[count]),
                Weights.vector(new float[count]), Weights.vector(ones), 0));
    }

    Sketch layerNormalization(String name, String from) {
        int count = channels(from);
        return add(new LayerNormalization(name, from, weights(1, count), weights(0.5, count), 1e-2f));
    }

    Sketch response(String name, String from, int size, float alpha, float beta, float bias) {
        return add(new LocalResponseNormalization(name, from, size, alpha, beta, bias));
    }

    Sketch relu(String name, String from) {
        return add(new Relu(name, from), from);
    }

    Sketch activation(String name, String from, Nonlinearity function) {
        return add(new Activation(name, from, function), from);
    }

    Sketch maxPool(String name, String from, Window window) {
        return add(new MaxPool(name, from, window));
    }

    Sketch averagePool(String name, String from, Window window) {
        return add(new AveragePool(name, from, window));
    }

    /** The mean over a window in which padding counts as zeros. */
    Sketch paddedAveragePool(String name, String from, Window window) {
        return add(new AveragePool(name, from, window, true));
    }

    Sketch globalAverage(String name, String from) {
        return add(new GlobalAverage(name, from));
    }

    Sketch concatenation(String name, String... from) {
        return add(new Concatenation(name, List.of(from)));
    }

    Sketch addition(String name, String... from) {
        return add(new Addition(name, List.of(from)));
    }

    Sketch arithmetic(String name, String left, Sign sign, String right) {
        return add(new Arithmetic(name, left, sign, right));
    }

    Sketch dense(String name, String from, int made) {
        int size = Math.toIntExact(shapes.get(from).size());
        return add(new Dense(name, from, weights(Math.sqrt(1.0 / size), made, size), weights(0.1, made)));
    }

    Sketch softmax(String name, String from) {
        return add(new Softmax(name, from));
    }

    Sketch selection(String name, String from, Integer... channels) {
        return add(new Selection(name, from, List.of(channels)));
    }

    /** The channels of several groups in turns: the first of each, then the second of each (ShuffleNet). */
    Sketch shuffle(String name, String from, int groups) {
        int each = channels(from) / groups;
        return selection(name, from, IntStream.range(0, each * groups)
                .map(channel -> channel % groups * each + channel / groups).boxed().toArray(Integer[]::new));
    }

    /** The channels {@code first} to {@code last - 1}. */
    Sketch slice(String name, String from, int first, int last) {
        return selection(name, from, IntStream.range(first, last).boxed().toArray(Integer[]::new));
    }

    Sketch padding(String name, String from, int top, int left, int bottom, int right, Fill fill, float value) {
        return add(new Padding(name, from, top, left, bottom, right, fill, value));
    }

    Sketch crop(String name, String from, int top, int left, int bottom, int right, int rowStep, int columnStep) {
        return add(new Crop(name, from, top, left, bottom, right, rowStep, columnStep));
    }

    Sketch resize(String name, String from, double rowScale, double columnScale, Interpolation interpolation,
            Alignment alignment) {
        return add(new Resize(name, from, rowScale, columnScale, interpolation, alignment));
    }

    Sketch largest(String name, String from, int count) {
        return add(new Largest(name, from, count), from);
    }

    Sketch flatten(String name, String from) {
        return add(new Flatten(name, from));
    }

    /** A block as in GoogLeNet with direct kernels: 1x1, 3x3, 5x5 and pooling with 1x1, side by side, rectified. */
    Sketch mixed(String name, String from, int one, int three, int five, int pool) {
        return convolution(name + "_1", from, one, Window.square(1, 1, 0)).relu(name + "_1r", name + "_1")
                .convolution(name + "_3", from, three, Window.square(3, 1, 1)).relu(name + "_3r", name + "_3")
                .convolution(name + "_5", from, five, Window.square(5, 1, 2)).relu(name + "_5r", name + "_5")
                .maxPool(name + "_m", from, Window.square(3, 1, 1))
                .convolution(name + "_p", name + "_m", pool, Window.square(1, 1, 0)).relu(name + "_pr", name + "_p")
                .concatenation(name, name + "_1r", name + "_3r", name + "_5r", name + "_pr");
    }

    Network network() {
        float[] mean = new float[shape.channels()];
        float[] deviation = new float[shape.channels()];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = 120 + 10 * i;
            deviation[i] = 70 - 5 * (i % 7);
        }
        return new Network("sketch", "", new Input(shape, mean, deviation), operations, layers, List.of());
    }

    /** Random pictures. */
    static Batch pictures(int images, int channels, int rows, int columns) {
        Draws draws = new Draws(images + rows);
        Batch batch = Batch.zeros(images, channels, rows, columns);
        for (int i = 0; i < batch.values().length; i++) {
            batch.values()[i] = (float) draws.uniform();
        }
        return batch;
    }

    /** Draws more by a function. */
    Sketch with(UnaryOperator<Sketch> more) {
        return more.apply(this);
    }

    /** The shape of an output. */
    Shape shape(String output) {
        return shapes.get(output);
    }

    private int channels(String output) {
        return shapes.get(output).channels();
    }

    private Sketch add(Operation operation) {
        return add(operation, operation.name());
    }

    private Sketch add(Operation operation, String before) {
        operations.add(operation);
        shapes.put(operation.name(), Shapes.of(operation, operation.inputs().stream().map(shapes::get).toList()));
        layers.add(new Layer(operation.name(), operation.name(), before, ""));
        return this;
    }

    private Weights weights(double deviation, int... sizes) {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) draws.gaussian(0, deviation);
        }
        return new Weights(sizes, values);
    }
}
