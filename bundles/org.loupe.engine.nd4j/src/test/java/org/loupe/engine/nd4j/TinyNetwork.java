package org.loupe.engine.nd4j;

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
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.train.StartingWeights;
import org.loupe.core.train.TrainingPictures;

/** A network of all that the demo's is made of, but so small that tests can train it, and pictures to train it on. */
final class TinyNetwork {

    static final int SIZE = 16;
    static final int CLASSES = 3;

    private TinyNetwork() {
    }

    static Network untrained() {
        List<Operation> operations = List.of(
                convolution("first", Network.INPUT, 3, 6, 3, 2), normalization("first.bn", "first", 6),
                new Relu("first.relu", "first.bn"), new MaxPool("pool", "first.relu", Window.square(3, 2, 1)),
                convolution("left", "pool", 6, 4, 1, 1), normalization("left.bn", "left", 4),
                convolution("right", "pool", 6, 5, 3, 1), normalization("right.bn", "right", 5),
                new Concatenation("both", List.of("left.bn", "right.bn")), new Relu("top", "both"),
                new GlobalAverage("mean", "top"),
                new Dense("logits", "mean", new Weights(new int[] {CLASSES, 9}, new float[CLASSES * 9]),
                        constant(CLASSES, 0)),
                new Softmax("classes", "logits"));
        return new Network("tiny", "", new Input(new Shape(3, SIZE, SIZE), new float[] {128, 128, 128},
                new float[] {64, 64, 64}), operations, List.of(new Layer("first", "first.relu", "first.bn", ""),
                new Layer("top", "top", "both", ""), new Layer("logits", "logits", "logits", "")), List.of());
    }

    static Network trainedAtRandom() {
        return StartingWeights.draw(untrained(), 7);
    }

    private static Convolution convolution(String name, String input, int from, int to, int size, int step) {
        Weights kernel = new Weights(new int[] {to, from, size, size}, new float[to * from * size * size]);
        return new Convolution(name, input, kernel, constant(to, 0), Window.square(size, step, size / 2), 1);
    }

    private static BatchNormalization normalization(String name, String input, int channels) {
        return new BatchNormalization(name, input, constant(channels, 1), constant(channels, 0), constant(channels, 0),
                constant(channels, 1), 1e-5f);
    }

    private static Weights constant(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return Weights.vector(values);
    }

    static Batch picture() {
        Batch picture = Batch.zeros(1, 3, SIZE, SIZE);
        gratings(CLASSES).picture(1, picture.values());
        return picture;
    }

    /** Lines that lie, stand or lean, in all phases and with noise; the second head asks whether the number is even. */
    static TrainingPictures gratings(int size) {
        return new TrainingPictures() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public void picture(int index, float[] values) {
                Draws draws = new Draws(index);
                double phase = draws.uniform(0, 2 * Math.PI);
                double angle = label(index, 0) * Math.PI / CLASSES;
                for (int i = 0; i < values.length; i++) {
                    int row = i / SIZE % SIZE;
                    int column = i % SIZE;
                    double wave = Math.sin(phase + 1.3 * (row * Math.cos(angle) + column * Math.sin(angle)));
                    values[i] = (float) (0.5 + 0.3 * wave + draws.uniform(-0.1, 0.1));
                }
            }

            @Override
            public int label(int index, int head) {
                return head == 0 ? index % CLASSES : index % 2;
            }
        };
    }
}
