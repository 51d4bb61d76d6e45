package org.loupe.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loupe.core.Draws;
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
import org.loupe.core.network.Shapes;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

class ReferenceStepTest {

    private static final double[] ONE_TO_NINE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    private final Draws draws = new Draws(5);

    @Test
    void convolutionIsCorrelationWithZerosAround() {
        Convolution convolution = new Convolution("x", "in",
                new Weights(new int[] {1, 1, 2, 2}, new float[] {1, 10, 100, 1000}),
                Weights.vector(0.5f), new Window(2, 2, 1, 1, 0, 0, 1, 1, 1, 1), 1);
        assertArrayEquals(new double[] {5421.5, 6532.5, 603.5, 8754.5, 9865.5, 906.5, 87.5, 98.5, 9.5},
                forward(convolution, new Shape(1, 3, 3), new Shape(1, 3, 3), ONE_TO_NINE), 1e-9);
    }

    @Test
    void dilationAndStepsSpreadTheWindow() {
        Convolution convolution = new Convolution("x", "in", new Weights(new int[] {1, 1, 1, 2}, new float[] {1, 10}),
                Weights.vector(0), new Window(1, 2, 2, 1, 0, 0, 0, 0, 1, 2), 1);
        assertArrayEquals(new double[] {31, 97},
                forward(convolution, new Shape(1, 3, 3), new Shape(1, 2, 1), ONE_TO_NINE), 1e-9);
    }

    @Test
    void groupsSeeOnlyTheirOwnChannels() {
        Convolution convolution = new Convolution("x", "in", new Weights(new int[] {2, 2, 1, 1}, new float[] {1, 2, 3, 4}),
                Weights.vector(0, 0), Window.square(1, 1, 0), 2);
        assertArrayEquals(new double[] {1 + 2 * 10, 3 * 100 + 4 * 1000},
                forward(convolution, new Shape(4, 1, 1), new Shape(2, 1, 1), 1, 10, 100, 1000), 1e-9);
    }

    @Test
    void paddingNeverWinsAMaxPoolingNorCountsInAnAverage() {
        Shape shape = new Shape(1, 2, 2);
        Window window = Window.square(3, 2, 1);
        assertArrayEquals(new double[] {-1}, forward(new MaxPool("x", "in", window), shape, new Shape(1, 1, 1),
                -4, -3, -2, -1), 0);
        assertArrayEquals(new double[] {-2.5}, forward(new AveragePool("x", "in", window), shape, new Shape(1, 1, 1),
                -4, -3, -2, -1), 0);
    }

    @Test
    void theFirstOfEqualValuesGetsTheGradient() {
        double[] in = {7, 7, 7, 7};
        double[] slope = new double[4];
        ReferenceStep step = step(new MaxPool("x", "in", Window.square(2, 1, 0)), new Shape(1, 2, 2));
        step.backward(List.of(in), step.forward(List.of(in)), new double[] {3}, List.of(slope));
        assertArrayEquals(new double[] {3, 0, 0, 0}, slope);
    }

    @Test
    void formulasOfTheOthers() {
        Shape pair = new Shape(2, 1, 1);
        assertArrayEquals(new double[] {0, 3}, forward(new Relu("x", "in"), pair, pair, -2, 3));
        assertArrayEquals(new double[] {(5 - 1) / Math.sqrt(4) * 3 + 7, -8},
                forward(new BatchNormalization("x", "in", Weights.vector(3, 1), Weights.vector(7, -8),
                        Weights.vector(1, 2), Weights.vector(3, 5), 1), pair, pair, 5, 2), 1e-12);
        assertArrayEquals(new double[] {5, 2.5},
                forward(new GlobalAverage("x", "in"), new Shape(2, 1, 2), pair, 4, 6, 2, 3), 1e-12);
        assertArrayEquals(new double[] {0.25, 0.75},
                forward(new Softmax("x", "in"), pair, pair, 1000, 1000 + Math.log(3)), 1e-12);
        assertArrayEquals(new double[] {1 + 2 * 10 + 0.5, 3 + 4 * 10},
                forward(new Dense("x", "in", new Weights(new int[] {2, 2}, new float[] {1, 2, 3, 4}),
                        Weights.vector(0.5f, 0)), pair, pair, 1, 10), 1e-12);
    }

    @TestFactory
    Stream<DynamicTest> everyGradientIsTheLimitOfDifferences() {
        List<Operation> operations = new ArrayList<>(List.of(
                convolution(Window.square(3, 1, 1), 4, 6, 1), convolution(Window.square(7, 2, 3), 4, 3, 1),
                convolution(new Window(2, 3, 2, 1, 1, 0, 0, 2, 2, 1), 4, 6, 2),
                convolution(new Window(1, 2, 3, 4, 0, 0, 0, 0, 1, 1), 4, 8, 4),
                new BatchNormalization("x", "in", vector(4), vector(4), vector(4), Weights.vector(1, 2, 3, 4), 0.1f),
                new Relu("x", "in"), new GlobalAverage("x", "in"), new Softmax("x", "in"),
                new Concatenation("x", List.of("in", "in")), new Addition("x", List.of("in", "in")),
                new Dense("x", "in", new Weights(new int[] {3, 120}, vector(360).values()), vector(3))));
        for (Window window : List.of(Window.square(3, 2, 1), new Window(2, 2, 2, 3, 0, 0, 1, 1, 1, 1))) {
            operations.add(new MaxPool("x", "in", window));
            operations.add(new AveragePool("x", "in", window));
        }
        return operations.stream().map(operation -> DynamicTest.dynamicTest(operation.getClass().getSimpleName(),
                () -> checkGradient(operation)));
    }

    private void checkGradient(Operation operation) {
        Shape shape = new Shape(4, 5, 6);
        List<Shape> shapes = operation.inputs().stream().map(input -> shape).toList();
        Shape out = Shapes.of(operation, shapes);
        double[] at = random(120);
        double[] direction = random(120);
        double[] weights = random((int) out.size());
        double step = 1e-6;
        double[] values = new double[2];
        for (int side = 0; side < 2; side++) {
            double[] moved = at.clone();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += (side == 0 ? -step : step) * direction[i];
            }
            double[] result = ReferenceStep.of(operation, shapes, out).forward(shapes.stream().map(s -> moved).toList());
            values[side] = dot(result, weights);
        }
        ReferenceStep exact = ReferenceStep.of(operation, shapes, out);
        List<double[]> inputs = shapes.stream().map(s -> at).toList();
        double[] slope = new double[120];
        exact.backward(inputs, exact.forward(inputs), weights, shapes.stream().map(s -> slope).toList());
        double expected = (values[1] - values[0]) / (2 * step);
        assertEquals(expected, dot(slope, direction), 1e-6 * Math.max(1, Math.abs(expected)));
    }

    private Convolution convolution(Window window, int read, int made, int groups) {
        int[] shape = {made, read / groups, window.rows(), window.columns()};
        int size = Arrays.stream(shape).reduce(1, (one, other) -> one * other);
        return new Convolution("x", "in", new Weights(shape, vector(size).values()), vector(made), window, groups);
    }

    private Weights vector(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) draws.gaussian();
        }
        return Weights.vector(values);
    }

    private double[] random(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> draws.gaussian());
        return values;
    }

    private static double[] forward(Operation operation, Shape in, Shape out, double... values) {
        assertEquals(out, Shapes.of(operation, List.of(in)));
        return step(operation, in).forward(List.of(values));
    }

    private static ReferenceStep step(Operation operation, Shape in) {
        return ReferenceStep.of(operation, List.of(in), Shapes.of(operation, List.of(in)));
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
