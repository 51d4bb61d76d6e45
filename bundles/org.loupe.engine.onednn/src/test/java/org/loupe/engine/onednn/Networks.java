package org.loupe.engine.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Nonlinearity.Gelu;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Sign;
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

    /** Layer {@code top}: an inverted residual with squeeze and excitation, as in MobileNetV3 and EfficientNet. */
    static Network mobile(Nonlinearity function, Nonlinearity gate) {
        Networks made = new Networks();
        made.add(made.filter("stem", Network.INPUT, 16, 3, Window.square(3, 2, 1), 1));
        made.add(new Activation("stem.a", "stem", function));
        made.add(made.filter("wide", "stem.a", 72, 16, Window.square(1, 1, 0), 1));
        made.add(new Activation("wide.a", "wide", function));
        made.add(made.filter("depth", "wide.a", 72, 1, Window.square(5, 1, 2), 72));
        made.add(new Activation("depth.a", "depth", function));
        made.add(new GlobalAverage("mean", "depth.a"));
        made.add(made.filter("less", "mean", 24, 72, Window.square(1, 1, 0), 1));
        made.add(new Relu("less.r", "less"));
        made.add(made.filter("more", "less.r", 72, 24, Window.square(1, 1, 0), 1));
        made.add(new Activation("gate", "more", gate));
        made.add(new Arithmetic("scaled", "depth.a", Sign.TIMES, "gate"));
        made.add(made.filter("narrow", "scaled", 16, 72, Window.square(1, 1, 0), 1));
        made.add(new Addition("top", List.of("narrow", "stem.a")));
        return made.network("mobile", 48);
    }

    /** Layer {@code top}: a block of ConvNeXt behind response normalizations of two kinds. */
    static Network normalized() {
        Networks made = new Networks();
        made.add(made.filter("stem", Network.INPUT, 32, 3, Window.square(4, 2, 0), 1));
        made.add(new LocalResponseNormalization("five", "stem", 5, 1e-2f, 0.75f, 1));
        made.add(new LocalResponseNormalization("nine", "five", 9, 1e-2f, 0.5f, 2));
        made.add(made.filter("depth", "nine", 32, 1, Window.square(7, 1, 3), 32));
        made.add(new LayerNormalization("layer", "depth", made.weights(32), made.weights(32), 1e-6f));
        made.add(made.filter("wide", "layer", 128, 32, Window.square(1, 1, 0), 1));
        made.add(new Activation("gelu", "wide", new Gelu()));
        made.add(made.filter("narrow", "gelu", 32, 128, Window.square(1, 1, 0), 1));
        made.add(new Addition("top", List.of("narrow", "nine")));
        return made.network("normalized", 48);
    }

    /** Layer {@code top}: two units of ShuffleNetV2, with channels that fill no whole block. */
    static Network shuffled() {
        Networks made = new Networks();
        made.add(made.filter("x", Network.INPUT, 40, 3, Window.square(3, 2, 1), 1));
        String from = "x";
        for (String unit : List.of("u", "v")) {
            made.add(new Selection(unit + ".left", from, IntStream.range(0, 20).boxed().toList()));
            made.add(new Selection(unit + ".right", from, IntStream.range(20, 40).boxed().toList()));
            made.add(made.filter(unit + ".c", unit + ".right", 20, 20, Window.square(1, 1, 0), 1));
            made.add(new Relu(unit + ".r", unit + ".c"));
            made.add(new Concatenation(unit + ".both", List.of(unit + ".left", unit + ".r")));
            from = unit.equals("v") ? "top" : unit;
            made.add(new Selection(from, unit + ".both", IntStream.range(0, 40).mapToObj(i -> i % 2 * 20 + i / 2).toList()));
        }
        return made.network("shuffled", 32);
    }

    /**
     * Layers {@code stem}, {@code small}, {@code middle}, {@code odd}, {@code large} and {@code top}: convolutions of 1x1
     * with normalizations and rectifiers that read the same, two of them with channels that fill no whole block.
     */
    static Network bottlenecks() {
        Networks made = new Networks();
        made.convolution("stem.c", Network.INPUT, 3, 32, Window.square(3, 2, 1));
        made.relu("stem", "stem.n");
        List<String> parts = new ArrayList<>();
        for (String name : List.of("small", "odd", "middle", "large")) {
            int channels = name.equals("odd") ? 20 : name.equals("small") ? 12 : name.equals("middle") ? 16 : 48;
            made.convolution(name + ".c", "stem", 32, channels, Window.square(1, 1, 0));
            made.relu(name, name + ".n");
            made.convolution(name + "3.c", name, channels, 24, Window.square(3, 1, 1));
            made.relu(name + "3", name + "3.n");
            parts.add(name + "3");
        }
        made.operations.add(new Concatenation("all", parts));
        made.convolution("top.c", "all", 96, 16, Window.square(1, 1, 0));
        made.relu("top", "top.n");
        return new Network("bottlenecks", "", new Input(new Shape(3, 24, 24), new float[3], new float[] {60, 60, 60}),
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

    /** @param read how many channels each output sees */
    private Convolution filter(String name, String from, int made, int read, Window window, int groups) {
        return new Convolution(name, from, weights(made, read, window.rows(), window.columns()), weights(made), window,
                groups);
    }

    private void add(Operation operation) {
        operations.add(operation);
        layers.add(new Layer(operation.name(), operation.name(), operation.inputs().get(0), ""));
    }

    private Network network(String name, int size) {
        return new Network(name, "", new Input(new Shape(3, size, size), new float[3], new float[] {60, 60, 60}), operations,
                layers, List.of());
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
