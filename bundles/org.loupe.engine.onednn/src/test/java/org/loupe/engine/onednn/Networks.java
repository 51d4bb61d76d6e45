package org.loupe.engine.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** An Inception network of a few layers, with random weights. */
final class Networks {

    private final Draws draws = new Draws(1);
    private final List<Operation> operations = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();

    private Networks() {
    }

    /** Layers {@code stem}, {@code mixed} and {@code logits}. */
    static Network inception(int size, int one, int three, int five, int pool) {
        Networks made = new Networks();
        made.convolution("stem.c", Network.INPUT, 3, 16, Window.square(7, 2, 3));
        made.relu("stem", "stem.n");
        made.operations.add(new MaxPool("pool", "stem", Window.square(3, 2, 1)));
        made.convolution("1.c", "pool", 16, one, Window.square(1, 1, 0));
        made.convolution("3.c", "pool", 16, three, Window.square(3, 1, 1));
        made.convolution("5.c", "pool", 16, five, Window.square(5, 1, 2));
        made.operations.add(new MaxPool("p", "pool", Window.square(3, 1, 1)));
        made.convolution("p.c", "p", 16, pool, Window.square(1, 1, 0));
        made.operations.add(new Concatenation("mixed.c", List.of("1.n", "3.n", "5.n", "p.n")));
        made.relu("mixed", "mixed.c");
        int channels = one + three + five + pool;
        made.operations.add(new GlobalAverage("mean", "mixed"));
        made.operations.add(new Dense("logits", "mean", made.weights(9, channels), made.weights(9)));
        made.layers.add(new Layer("logits", "logits", "logits", ""));
        float[] grey = {120, 120, 120};
        float[] deviation = {60, 60, 60};
        return new Network("small inception", "", new Input(new Shape(3, size, size), grey, deviation), made.operations,
                made.layers, List.of());
    }

    /** Layers {@code stem}, {@code eleven} and {@code nine}: few channels, and windows with much padding. */
    static Network largeWindows() {
        Networks made = new Networks();
        made.convolution("stem.c", Network.INPUT, 3, 20, Window.square(7, 2, 3));
        made.relu("stem", "stem.n");
        made.convolution("eleven.c", "stem", 20, 9, Window.square(11, 1, 5));
        made.relu("eleven", "eleven.n");
        made.convolution("nine.c", "eleven", 9, 7, Window.square(9, 1, 4));
        made.relu("nine", "nine.n");
        return new Network("large windows", "", new Input(new Shape(3, 32, 32), new float[3], new float[] {60, 60, 60}),
                made.operations, made.layers, List.of());
    }

    static Batch pictures(int images, int size) {
        Batch batch = Batch.zeros(images, 3, size, size);
        Draws draws = new Draws(size);
        for (int i = 0; i < batch.values().length; i++) {
            batch.values()[i] = (float) draws.uniform();
        }
        return batch;
    }

    private void convolution(String name, String from, int read, int made, Window window) {
        operations.add(new Convolution(name, from, weights(made, read, window.rows(), window.columns()), weights(made),
                window, 1));
        float[] ones = new float[made];
        Arrays.fill(ones, 1.5f);
        operations.add(new BatchNormalization(name.replace(".c", ".n"), name, Weights.vector(ones), weights(made),
                weights(made), Weights.vector(ones), 0.1f));
    }

    private void relu(String name, String from) {
        operations.add(new Relu(name, from));
        layers.add(new Layer(name, name, from, ""));
    }

    private Weights weights(int... sizes) {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) draws.gaussian(0, 0.1);
        }
        return new Weights(sizes, values);
    }
}
