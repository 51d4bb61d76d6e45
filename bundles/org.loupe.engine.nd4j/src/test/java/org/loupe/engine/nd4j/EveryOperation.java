package org.loupe.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
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
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** A network in which every operation is, and every nonlinearity; it makes no sense. */
final class EveryOperation {

    private static final int CHANNELS = 4;
    private static final Input INPUT = new Input(new Shape(CHANNELS, 8, 9), new float[CHANNELS],
            new float[] {255, 255, 255, 255});

    private final List<Operation> operations = new ArrayList<>();
    private String last = Network.INPUT;

    private EveryOperation() {
    }

    /** The network, which has one layer, {@code end}, and reads four channels of eight rows and nine columns. */
    static Network network() {
        EveryOperation every = new EveryOperation();
        every.convolutions();
        every.nonlinearities();
        every.placements();
        every.rest();
        Layer end = new Layer("end", every.last, every.last, "");
        return new Network("every", "", INPUT, every.operations, List.of(end), List.of());
    }

    private void add(Operation operation) {
        operations.add(operation);
        last = operation.name();
    }

    private void convolutions() {
        Window window = new Window(3, 3, 1, 1, 1, 2, 1, 2, 1, 2);
        add(new Convolution("depthwise", last, weights(CHANNELS, 1, 3, 3), weights(CHANNELS), window, CHANNELS));
        add(new Convolution("grouped", last, weights(CHANNELS, 2, 3, 3), weights(CHANNELS), window, 2));
        add(new TransposedConvolution("spread", last, weights(CHANNELS, 2, 3, 3), weights(CHANNELS),
                new Window(3, 3, 2, 2, 1, 0, 0, 1, 1, 1), 2, 1, 0));
        add(new AveragePool("mean", last, Window.square(3, 2, 1), true));
        add(new BatchNormalization("scaled", last, weights(CHANNELS), weights(CHANNELS), weights(CHANNELS),
                weights(CHANNELS), 1));
        add(new LocalResponseNormalization("response", last, 3, 0.5f, 0.75f, 1));
        add(new LayerNormalization("standard", last, weights(CHANNELS), weights(CHANNELS), 1e-3f));
    }

    private void nonlinearities() {
        String from = last;
        List<String> made = new ArrayList<>();
        for (Nonlinearity each : List.of(new Nonlinearity.LeakyRelu(0.1f), new Nonlinearity.Clip(-0.5f, 0.5f),
                new Nonlinearity.Sigmoid(), new Nonlinearity.HardSigmoid(0.2f, 0.5f), new Nonlinearity.HardSwish(),
                new Nonlinearity.Swish(1), new Nonlinearity.Gelu(), new Nonlinearity.TanhGelu(), new Nonlinearity.Tanh(),
                new Nonlinearity.Elu(1), new Nonlinearity.Softplus(), new Nonlinearity.Mish(),
                new Nonlinearity.Exponential(), new Nonlinearity.Power(2), new Nonlinearity.Magnitude())) {
            add(new Activation(each.getClass().getSimpleName(), from, each));
            made.add(last);
        }
        add(new Relu("relu", from));
        made.add(last);
        add(new Concatenation("all", made));
        add(new Largest("few", last, 40));
        add(new Selection("some", last, List.of(5, 3, 60, 5)));
    }

    private void placements() {
        for (Fill fill : Fill.values()) {
            add(new Padding("padded " + fill, last, 1, 2, 0, 1, fill, 0.5f));
        }
        add(new Crop("cropped", last, 1, 0, 2, 1, 2, 1));
        add(new Resize("resized", last, 2, 1.5, Interpolation.LINEAR, Alignment.HALF_PIXEL));
        add(new MaxPool("largest", last, Window.square(2, 2, 0)));
    }

    private void rest() {
        String whole = last;
        add(new GlobalAverage("average", whole));
        for (Sign sign : Sign.values()) {
            add(new Arithmetic("paired " + sign, whole, sign, "average"));
        }
        add(new Addition("sum", List.of(last, whole)));
        add(new Flatten("flat", last));
        int size = sizeSoFar();
        add(new Dense("dense", last, weights(3, size), weights(3)));
        add(new Softmax("soft", last));
    }

    private int sizeSoFar() {
        return new Network("so far", "", INPUT, operations, List.of(), List.of()).shapes(8, 9).get(last).channels();
    }

    private static Weights weights(int... shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (i * 29 % 83 + 1) / 83f - (shape.length > 1 ? 0.5f : 0);
        }
        return new Weights(shape, values);
    }
}
