package org.loupe.demo.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.loupe.demo.pictures.LabelledPicture;
import org.loupe.demo.pictures.PictureClass;

/**
 * The demo network before training: a small relative of InceptionV1 (Szegedy and others 2014) for pictures of
 * 64 x 64 pixels.
 *
 * <p>Its mixed layers put side by side what convolutions of 1x1, 3x3 and 5x5, and a 1x1 after a maximum over 3x3,
 * make of the layer below. Unlike InceptionV1's they have no 1x1 convolution before the large kernels, so that a
 * kernel is the connection between two layers' units and can be read as such.
 */
final class DemoArchitecture {

    /** The layer whose mean the auxiliary head reads during training. */
    static final String SUPERVISED = "mixed4a";

    private static final int CONV1 = 16;
    private static final int CONV2 = 24;
    private static final float EPSILON = 1e-5f;
    private static final String TAUGHT = "Not found without help: during training, a second linear classifier read the"
            + " mean of mixed4a and learned finer labels, among them whether dogs, cars, buses and fish face left or"
            + " right. ";

    /** Channels of a mixed layer's branches. */
    private record Branches(int one, int three, int five, int pool) {
    }

    private final List<Operation> operations = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private String top = Network.INPUT;
    private int channels = 3;

    private DemoArchitecture() {
    }

    /** The network with all kernels zero. */
    static Network untrained(String name, String about) {
        return new DemoArchitecture().build(name, about);
    }

    private Network build(String name, String about) {
        single("conv1", CONV1, Window.square(7, 2, 3));
        single("conv2", CONV2, Window.square(3, 1, 1));
        pool("pool2");
        mixed("mixed3a", new Branches(8, 28, 12, 4), "");
        mixed("mixed3b", new Branches(12, 36, 20, 4), "");
        pool("pool3");
        mixed(SUPERVISED, new Branches(16, 40, 20, 4), TAUGHT + "That classifier was dropped afterwards.");
        mixed("mixed4b", new Branches(16, 44, 20, 4), TAUGHT + "This layer reads mixed4a.");
        mixed("mixed4c", new Branches(16, 48, 24, 8), TAUGHT + "This layer reads what reads mixed4a.");
        operations.add(new GlobalAverage("mean", top));
        List<String> classes = PictureClass.labels();
        operations.add(new Dense("logits", "mean", zeros(classes.size(), channels), zeros(classes.size())));
        layers.add(new Layer("logits", "logits", "logits", ""));
        float[] mean = {128, 128, 128};
        float[] deviation = {64, 64, 64};
        Input input = new Input(new Shape(3, LabelledPicture.SIZE, LabelledPicture.SIZE), mean, deviation);
        return new Network(name, about, input, operations, layers, classes);
    }

    private void single(String name, int outputs, Window window) {
        String before = convolution(name + ".convolution", top, outputs, window);
        rectified(name, before, outputs, "");
    }

    private void mixed(String name, Branches branches, String about) {
        List<String> outputs = new ArrayList<>();
        outputs.add(convolution(name + ".1x1", top, branches.one(), Window.square(1, 1, 0)));
        outputs.add(convolution(name + ".3x3", top, branches.three(), Window.square(3, 1, 1)));
        outputs.add(convolution(name + ".5x5", top, branches.five(), Window.square(5, 1, 2)));
        operations.add(new MaxPool(name + ".pool", top, Window.square(3, 1, 1)));
        outputs.add(convolution(name + ".pool.1x1", name + ".pool", branches.pool(), Window.square(1, 1, 0)));
        operations.add(new Concatenation(name + ".concatenation", outputs));
        rectified(name, name + ".concatenation",
                branches.one() + branches.three() + branches.five() + branches.pool(), about);
    }

    private void rectified(String name, String before, int outputs, String about) {
        operations.add(new Relu(name, before));
        layers.add(new Layer(name, name, before, about));
        top = name;
        channels = outputs;
    }

    private void pool(String name) {
        operations.add(new MaxPool(name, top, Window.square(3, 2, 1)));
        top = name;
    }

    /** A convolution and its batch normalization; returns the name of what comes out. */
    private String convolution(String name, String input, int outputs, Window window) {
        Weights kernels = zeros(outputs, channels, window.rows(), window.columns());
        operations.add(new Convolution(name, input, kernels, zeros(outputs), window, 1));
        String normalization = name + ".normalization";
        operations.add(new BatchNormalization(normalization, name, ones(outputs), zeros(outputs), zeros(outputs),
                ones(outputs), EPSILON));
        return normalization;
    }

    private static Weights zeros(int... shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        return new Weights(shape, new float[size]);
    }

    private static Weights ones(int length) {
        float[] values = new float[length];
        Arrays.fill(values, 1);
        return Weights.vector(values);
    }
}
