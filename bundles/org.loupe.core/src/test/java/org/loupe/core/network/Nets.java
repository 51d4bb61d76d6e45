package org.loupe.core.network;

import java.util.List;
import org.loupe.core.Draws;
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

/** Small networks for tests. */
public final class Nets {

    private Nets() {
    }

    /** Random weights of the given shape. */
    public static Weights random(long seed, int... shape) {
        Draws draws = new Draws(seed);
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (draws.gaussian() * 0.4);
        }
        return new Weights(shape, values);
    }

    /** A convolution with random weights and bias. */
    public static Convolution convolution(String name, String input, int in, int out, int size, int step) {
        return new Convolution(name, input, random(name.hashCode(), out, in, size, size),
                random(name.hashCode() + 1L, out), Window.square(size, step, size / 2), 1);
    }

    /** One of each kind of operation, on pictures of 12 by 10. */
    public static Network everything() {
        Weights ones = Weights.vector(1, 1.5f, 0.5f, 2);
        List<Operation> operations = List.of(
                convolution("conv1.pre", Network.INPUT, 3, 4, 3, 1),
                new BatchNormalization("norm", "conv1.pre", ones, random(5, 4), random(6, 4), ones, 1e-3f),
                new Relu("conv1", "norm"),
                new MaxPool("pool", "conv1", Window.square(3, 2, 1)),
                convolution("left", "pool", 4, 2, 1, 1),
                convolution("right", "pool", 4, 2, 3, 1),
                new Concatenation("mixed.pre", List.of("left", "right")),
                new Addition("sum", List.of("mixed.pre", "pool")),
                new Relu("mixed", "sum"),
                new AveragePool("average", "mixed", Window.square(2, 1, 0)),
                new GlobalAverage("global", "average"),
                new Dense("logits", "global", random(9, 3, 4), random(10, 3)),
                new Softmax("classes", "logits"));
        return new Network("everything", "made for tests",
                new Input(new Shape(3, 12, 10), new float[] {128, 120, 110}, new float[] {64, 60, 70}), operations,
                List.of(new Layer("conv1", "conv1", "norm", ""), new Layer("mixed", "mixed", "sum", "two branches"),
                        new Layer("logits", "logits", "logits", "")),
                List.of("cat", "dog", "car"));
    }

    /** What {@link #everything} leaves out: the operations that came later. */
    public static Network everythingElse() {
        List<Operation> operations = List.of(
                new Selection("bgr", Network.INPUT, List.of(2, 1, 0)),
                new Padding("padded", "bgr", 0, 1, 1, 0, Fill.REFLECTION, 0),
                new Convolution("conv.pre", "padded", random(11, 4, 3, 3, 3), random(12, 4),
                        new Window(3, 3, 2, 2, 0, 0, 1, 1, 1, 1), 1),
                new Activation("conv", "conv.pre", new Nonlinearity.HardSwish()),
                new GlobalAverage("mean", "conv"),
                new Activation("gate", "mean", new Nonlinearity.HardSigmoid(1 / 6f, 0.5f)),
                new Arithmetic("weighed", "conv", Sign.TIMES, "gate"),
                new LocalResponseNormalization("lrn", "weighed", 5, 1e-4f, 0.75f, 2),
                new LayerNormalization("norm", "lrn", random(13, 4), random(14, 4), 1e-6f),
                new AveragePool("pool", "norm", Window.square(3, 2, 1), true),
                new TransposedConvolution("up", "pool", random(15, 4, 2, 3, 3), random(16, 4), Window.square(3, 2, 1),
                        2, 1, 0),
                new Resize("large", "up", 2, 1.5, Interpolation.LINEAR, Alignment.HALF_PIXEL),
                new Crop("cut", "large", 1, 0, 2, 3, 1, 2),
                new Flatten("flat", "cut"));
        return new Network("everything else", "made for tests",
                new Input(new Shape(3, 12, 10), new float[] {128, 120, 110}, new float[] {64, 60, 70}), operations,
                List.of(new Layer("conv", "conv", "conv.pre", ""), new Layer("flat", "flat", "flat", "")), List.of());
    }

    /** One convolution and a rectifier; {@code bias} far below zero makes every unit silent. */
    public static Network single(float bias) {
        Weights weights = random(3, 2, 3, 3, 3);
        return new Network("single", "made for tests",
                new Input(new Shape(3, 16, 16), new float[] {128, 128, 128}, new float[] {64, 64, 64}),
                List.of(new Convolution("conv.pre", Network.INPUT, weights, Weights.vector(bias, bias),
                        Window.square(3, 1, 1), 1), new Relu("conv", "conv.pre")),
                List.of(new Layer("conv", "conv", "conv.pre", "")), List.of());
    }

    /** Two layers, both of which are silent for any nearly grey picture. */
    public static Network silentBelow() {
        return new Network("silent below", "made for tests",
                new Input(new Shape(3, 16, 16), new float[] {128, 128, 128}, new float[] {64, 64, 64}),
                List.of(new Convolution("low.pre", Network.INPUT, random(3, 4, 3, 3, 3), Weights.vector(-.3f, -.3f, -.3f, -.3f),
                        Window.square(3, 1, 1), 1), new Relu("low", "low.pre"),
                        new Convolution("high.pre", "low", random(4, 2, 4, 3, 3), Weights.vector(-.2f, -.2f),
                                Window.square(3, 1, 1), 1), new Relu("high", "high.pre")),
                List.of(new Layer("low", "low", "low.pre", ""), new Layer("high", "high", "high.pre", "")), List.of());
    }
}
