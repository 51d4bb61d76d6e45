package org.loupe.core.engine.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** Draws small networks with random weights; every operation, and the input, is a layer of its own name. */
final class Sketch {

    private final Draws draws;
    private final Shape shape;
    private final Map<String, Integer> channels = new HashMap<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();

    Sketch(int channels, int rows, int columns) {
        this.draws = new Draws(31 * channels + 7 * rows + columns);
        this.shape = new Shape(channels, rows, columns);
        this.channels.put(Network.INPUT, channels);
        layers.add(new Layer(Network.INPUT, Network.INPUT, Network.INPUT, ""));
    }

    Sketch convolution(String name, String from, int made, Window window) {
        return convolution(name, from, made, window, 1);
    }

    Sketch convolution(String name, String from, int made, Window window, int groups) {
        int read = channels.get(from) / groups;
        double deviation = Math.sqrt(2.0 / (read * window.rows() * window.columns()));
        return add(new Convolution(name, from, weights(deviation, made, read, window.rows(), window.columns()),
                weights(0.1, made), window, groups), made);
    }

    Sketch normalization(String name, String from) {
        int count = channels.get(from);
        float[] variance = new float[count];
        for (int i = 0; i < count; i++) {
            variance[i] = (float) draws.uniform(0.3, 3);
        }
        return add(new BatchNormalization(name, from, weights(1, count), weights(0.5, count), weights(0.5, count),
                Weights.vector(variance), 1e-3f), count);
    }

    Sketch relu(String name, String from) {
        operations.add(new Relu(name, from));
        channels.put(name, channels.get(from));
        layers.add(new Layer(name, name, from, ""));
        return this;
    }

    Sketch maxPool(String name, String from, Window window) {
        return add(new MaxPool(name, from, window), channels.get(from));
    }

    Sketch averagePool(String name, String from, Window window) {
        return add(new AveragePool(name, from, window), channels.get(from));
    }

    Sketch globalAverage(String name, String from) {
        return add(new GlobalAverage(name, from), channels.get(from));
    }

    Sketch concatenation(String name, String... from) {
        return add(new Concatenation(name, List.of(from)), List.of(from).stream().mapToInt(channels::get).sum());
    }

    Sketch addition(String name, String... from) {
        return add(new Addition(name, List.of(from)), channels.get(from[0]));
    }

    /** @param size how many numbers the dense operation reads */
    Sketch dense(String name, String from, int size, int made) {
        return add(new Dense(name, from, weights(Math.sqrt(1.0 / size), made, size), weights(0.1, made)), made);
    }

    Sketch softmax(String name, String from) {
        return add(new Softmax(name, from), channels.get(from));
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

    private Sketch add(Operation operation, int made) {
        operations.add(operation);
        channels.put(operation.name(), made);
        layers.add(new Layer(operation.name(), operation.name(), operation.name(), ""));
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
