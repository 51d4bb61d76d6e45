package org.loupe.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loupe.core.Draws;
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

    @Test
    void transposedConvolutionSpreadsEachValueByTheWeights() {
        TransposedConvolution spread = new TransposedConvolution("x", "in",
                new Weights(new int[] {1, 1, 1, 2}, new float[] {1, 10}), Weights.vector(0.5f),
                new Window(1, 2, 1, 3, 0, 0, 0, 0, 1, 1), 1, 0, 1);
        assertArrayEquals(new double[] {2.5, 20.5, 0.5, 3.5, 30.5, 0.5},
                forward(spread, new Shape(1, 1, 2), new Shape(1, 1, 6), 2, 3), 1e-12);
        TransposedConvolution overlapping = new TransposedConvolution("x", "in",
                new Weights(new int[] {1, 1, 1, 3}, new float[] {1, 10, 100}), Weights.vector(0),
                new Window(1, 3, 1, 1, 0, 1, 0, 1, 1, 1), 1, 0, 0);
        assertArrayEquals(new double[] {2 * 10 + 3, 2 * 100 + 3 * 10},
                forward(overlapping, new Shape(1, 1, 2), new Shape(1, 1, 2), 2, 3), 1e-12);
    }

    @Test
    void anEvenNumberOfNeighboursHasOneMoreAbove() {
        Shape shape = new Shape(3, 1, 1);
        assertArrayEquals(new double[] {1 / (1 + 1 + 4.), 2 / (1 + 4 + 9.), 3 / (1 + 9.)},
                forward(new LocalResponseNormalization("x", "in", 2, 2, 1, 1), shape, shape, 1, 2, 3), 1e-12);
        assertArrayEquals(new double[] {1 / (1 + 1 + 4 + 9.), 2 / (1 + 1 + 4 + 9.), 3 / (1 + 4 + 9.)},
                forward(new LocalResponseNormalization("x", "in", 4, 4, 1, 1), shape, shape, 1, 2, 3), 1e-12);
    }

    @Test
    void theMiddleOfTwoValuesIsNearestToTheFirst() {
        Resize halved = new Resize("x", "in", 1, 0.5, Interpolation.NEAREST, Alignment.HALF_PIXEL);
        assertArrayEquals(new double[] {1, 3}, forward(halved, new Shape(1, 1, 4), new Shape(1, 1, 2), 1, 2, 3, 4));
    }

    @Test
    void aThirdOfTheSizeTakesEveryThirdValueInSpiteOfRounding() {
        double[] in = IntStream.range(0, 300).asDoubleStream().toArray();
        double[] third = IntStream.range(0, 100).mapToDouble(i -> 3 * i).toArray();
        for (Interpolation interpolation : Interpolation.values()) {
            assertArrayEquals(third, forward(new Resize("x", "in", 1, 1 / 3., interpolation, Alignment.ORIGIN),
                    new Shape(1, 1, 300), new Shape(1, 1, 100), in), 1e-9);
        }
    }

    @Test
    void valuesComeToTheirPlaces() {
        Shape shape = new Shape(1, 3, 3);
        assertArrayEquals(new double[] {5, 6}, forward(new Crop("x", "in", 1, 1, 1, 0, 1, 1), shape,
                new Shape(1, 1, 2), ONE_TO_NINE));
        assertArrayEquals(new double[] {1, 3, 7, 9}, forward(new Crop("x", "in", 0, 0, 0, 0, 2, 2), shape,
                new Shape(1, 2, 2), ONE_TO_NINE));
        assertArrayEquals(new double[] {3, 4, 1, 2, 3, 4}, forward(new Selection("x", "in", List.of(1, 0, 1)),
                new Shape(2, 1, 2), new Shape(3, 1, 2), 1, 2, 3, 4));
        assertArrayEquals(new double[] {0, 5, 3, 4, 5, 0}, forward(new Largest("x", "in", 2), new Shape(3, 1, 2),
                new Shape(3, 1, 2), new double[] {2, 5, 3, 4, 5, 1}));
        assertArrayEquals(new double[] {0, 7, 7, 0}, forward(new Largest("x", "in", 2), new Shape(4, 1, 1),
                new Shape(4, 1, 1), new double[] {1, 7, 7, 7}), "of equal channels the lower stay");
        assertArrayEquals(ONE_TO_NINE, forward(new Flatten("x", "in"), shape, new Shape(9, 1, 1), ONE_TO_NINE));
    }

    @Test
    void theLeftOneOfEqualValuesGetsTheGradient() {
        Shape pair = new Shape(2, 1, 1);
        for (Sign sign : List.of(Sign.MAXIMUM, Sign.MINIMUM)) {
            Arithmetic larger = new Arithmetic("x", "left", sign, "right");
            List<double[]> inputs = List.of(new double[] {4, sign == Sign.MAXIMUM ? 1 : 3}, new double[] {4, 2});
            List<double[]> slopes = List.of(new double[2], new double[2]);
            ReferenceStep step = ReferenceStep.of(larger, List.of(pair, pair), pair);
            double[] out = step.forward(inputs);
            assertArrayEquals(new double[] {4, 2}, out);
            step.backward(inputs, out, new double[] {5, 7}, slopes);
            assertArrayEquals(new double[] {5, 0}, slopes.get(0));
            assertArrayEquals(new double[] {0, 7}, slopes.get(1));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyGradientIsTheLimitOfDifferences() {
        return differentiated().stream().map(operation -> DynamicTest.dynamicTest(operation.getClass().getSimpleName(),
                () -> checkGradient(operation)));
    }

    @Test
    void everyKindOfOperationIsAmongThem() {
        assertEquals(ofNetworks(),
                differentiated().stream().map(Object::getClass).collect(Collectors.toSet()));
    }

    private List<Operation> differentiated() {
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
            operations.add(new AveragePool("x", "in", window, true));
        }
        for (Sign sign : Sign.values()) {
            operations.add(new Arithmetic("x", "in", sign, "other"));
        }
        for (Fill fill : Fill.values()) {
            operations.add(new Padding("x", "in", 2, 0, 1, 3, fill, 5));
        }
        for (Interpolation interpolation : Interpolation.values()) {
            for (Alignment alignment : Alignment.values()) {
                operations.add(new Resize("x", "in", 1.7, 0.6, interpolation, alignment));
            }
        }
        operations.addAll(List.of(new Activation("x", "in", new Nonlinearity.Gelu()),
                transposed(Window.square(3, 1, 1), 4, 6, 1, 0), transposed(Window.square(4, 2, 1), 4, 3, 1, 1),
                transposed(new Window(2, 3, 2, 3, 1, 0, 0, 2, 2, 1), 4, 6, 2, 1),
                new LocalResponseNormalization("x", "in", 3, 0.7f, 0.75f, 1),
                new LocalResponseNormalization("x", "in", 2, 0.7f, 0.5f, 2),
                new LayerNormalization("x", "in", vector(4), vector(4), 0.1f),
                new Largest("x", "in", 2), new Selection("x", "in", List.of(3, 0, 3)), new Crop("x", "in", 1, 0, 2, 1, 1, 2),
                new Flatten("x", "in")));
        return operations;
    }

    private TransposedConvolution transposed(Window window, int read, int made, int groups, int more) {
        int[] shape = {read, made / groups, window.rows(), window.columns()};
        return new TransposedConvolution("x", "in",
                new Weights(shape, vector(read * made / groups * window.rows() * window.columns()).values()),
                vector(made), window, groups, more, more);
    }

    /** Each input moves by itself, though a name may be read twice. */
    private void checkGradient(Operation operation) {
        Shape shape = new Shape(4, 5, 6);
        List<Shape> shapes = operation.inputs().stream().map(input -> shape).toList();
        Shape out = Shapes.of(operation, shapes);
        ReferenceStep step = ReferenceStep.of(operation, shapes, out);
        double[] weights = random((int) out.size());
        List<double[]> at = shapes.stream().map(input -> awayFromZero(random(120))).toList();
        List<double[]> slopes = shapes.stream().map(input -> new double[120]).toList();
        step.backward(at, step.forward(at), weights, slopes);
        for (int input = 0; input < shapes.size(); input++) {
            double[] direction = random(120);
            double length = 1e-6;
            double expected = (dot(step.forward(moved(at, input, direction, length)), weights)
                    - dot(step.forward(moved(at, input, direction, -length)), weights)) / (2 * length);
            assertEquals(expected, dot(slopes.get(input), direction), 2e-6 * Math.max(1, Math.abs(expected)));
        }
    }

    /** Where nothing is divided by nearly nothing, and no rectifier turns. */
    private static double[] awayFromZero(double[] values) {
        return Arrays.stream(values).map(value -> value + Math.copySign(0.3, value)).toArray();
    }

    private static List<double[]> moved(List<double[]> at, int input, double[] direction, double length) {
        List<double[]> moved = new ArrayList<>(at);
        moved.set(input, at.get(input).clone());
        for (int i = 0; i < direction.length; i++) {
            moved.get(input)[i] += length * direction[i];
        }
        return moved;
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

    /** The kinds of operations that a network can hold. */
    private static Set<Class<?>> ofNetworks() {
        return Arrays.stream(Operation.class.getPermittedSubclasses()).filter(kind -> kind != Operation.Edited.class)
                .collect(Collectors.toSet());
    }
}
