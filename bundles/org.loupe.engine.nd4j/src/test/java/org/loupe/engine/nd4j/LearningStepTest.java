package org.loupe.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gradients of what is learned, and of what is read, against finite differences along a random direction. */
class LearningStepTest {

    private final Draws draws = new Draws(11);

    @BeforeAll
    static void startNd4j() {
        Backend.start();
    }

    private float[] drawn(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) draws.gaussian();
        }
        return values;
    }

    private Weights weights(int... shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        return new Weights(shape, drawn(size));
    }

    @Test
    void convolution() {
        check(memory -> new LearningConvolution(new Convolution("c", Network.INPUT, weights(4, 3, 3, 3), weights(4),
                Window.square(3, 2, 1), 1), true, 0, memory), 4, 3, 7, 6);
    }

    @Test
    void convolutionWithUnevenPadding() {
        check(memory -> new LearningConvolution(new Convolution("c", Network.INPUT, weights(4, 3, 5, 3), weights(4),
                new Window(5, 3, 2, 1, 1, 0, 2, 1, 1, 1), 1), true, 0, memory), 4, 3, 7, 6);
    }

    @Test
    void dense() {
        check(memory -> new LearningDense(new Dense("d", Network.INPUT, weights(5, 12), weights(5)), 0, 0, draws,
                memory), 4, 3, 2, 2);
    }

    @Test
    void batchNormalization() {
        check(memory -> new LearningBatchNormalization(new BatchNormalization("b", Network.INPUT, weights(3),
                weights(3), Weights.vector(0, 0, 0), Weights.vector(1, 1, 1), 1e-5f), memory), 4, 3, 5, 4);
    }

    @Test
    void runningStatisticsMoveATenthOfTheWay() {
        try (Memory memory = new Memory()) {
            LearningBatchNormalization step = new LearningBatchNormalization(new BatchNormalization("b", Network.INPUT,
                    Weights.vector(1), Weights.vector(0), Weights.vector(0), Weights.vector(1), 0), memory);
            step.forward(List.of(memory.of(new float[] {1, 3, 5, 7}, 2, 1, 1, 2)), memory);
            BatchNormalization learned = (BatchNormalization) step.learned();
            assertEquals(0.4, learned.mean().values()[0], 1e-6);
            assertEquals(0.9 + 0.1 * 20 / 3, learned.variance().values()[0], 1e-6);
        }
    }

    private interface Maker {
        LearningStep make(Memory memory);
    }

    private void check(Maker maker, long... shape) {
        try (Memory memory = new Memory()) {
            LearningStep step = maker.make(memory);
            INDArray input = memory.of(drawn((int) (shape[0] * shape[1] * shape[2] * shape[3])), shape);
            INDArray output = step.forward(List.of(input), memory);
            INDArray weighing = memory.of(drawn((int) output.length()), output.shape());
            INDArray found = step.backward(List.of(input), output, weighing, memory).get(0);
            compare("input", step, input, input, found, weighing, memory);
            for (int i = 0; i < step.parameters().size(); i++) {
                Parameter parameter = step.parameters().get(i);
                compare("parameter " + i, step, input, parameter.array(), parameter.gradient(), weighing, memory);
            }
        }
    }

    /** Moves one array along a direction, and expects the weighed output to change as its gradient says. */
    private void compare(String what, LearningStep step, INDArray input, INDArray moved, INDArray gradient,
            INDArray weighing, Memory memory) {
        float[] start = Memory.read(moved);
        float[] slope = Memory.read(gradient);
        float[] direction = drawn(start.length);
        double expected = 0;
        double size = 0;
        for (int i = 0; i < start.length; i++) {
            expected += slope[i] * direction[i];
            size += slope[i] * slope[i];
        }
        double width = 1.0 / 128;
        double above = weighed(step, input, moved, start, direction, width, weighing, memory);
        double below = weighed(step, input, moved, start, direction, -width, weighing, memory);
        Memory.write(start, moved);
        assertEquals(expected, (above - below) / (2 * width), 2e-3 * Math.sqrt(size), what);
    }

    private static double weighed(LearningStep step, INDArray input, INDArray moved, float[] start, float[] direction,
            double width, INDArray weighing, Memory memory) {
        float[] values = start.clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (width * direction[i]);
        }
        Memory.write(values, moved);
        float[] output = Memory.read(step.forward(List.of(input), memory));
        float[] weights = Memory.read(weighing);
        double sum = 0;
        for (int i = 0; i < output.length; i++) {
            sum += (double) output[i] * weights[i];
        }
        return sum;
    }
}
