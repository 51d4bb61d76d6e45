package org.loupe.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Operation.TransposedConvolution;

class ShapesTest {

    private static final Shape MAP = new Shape(4, 7, 9);

    @Test
    void whatWorksOnEachPositionKeepsTheShape() {
        assertShape(MAP, new Activation("a", "x", new Nonlinearity.Tanh()), MAP);
        assertShape(MAP, new LocalResponseNormalization("a", "x", 5, 1, 1, 1), MAP);
        assertShape(MAP, new LayerNormalization("a", "x", ones(4), ones(4), 0), MAP);
        assertRefused("channels", "does not have 5 channels", new LayerNormalization("a", "x", ones(5), ones(5), 0), MAP);
    }

    @Test
    void oneChannelRowOrColumnCountsForAll() {
        Arithmetic product = new Arithmetic("a", "x", Sign.TIMES, "y");
        assertShape(MAP, product, MAP, MAP);
        assertShape(MAP, product, MAP, new Shape(4, 1, 1));
        assertShape(MAP, product, new Shape(1, 7, 9), MAP);
        assertShape(MAP, product, new Shape(4, 7, 1), new Shape(1, 1, 9));
        assertRefused("channels", "cannot be paired", product, MAP, new Shape(2, 7, 9));
        assertRefused("rows", "cannot be paired", product, MAP, new Shape(4, 6, 9));
        assertRefused("columns", "cannot be paired", product, MAP, new Shape(4, 7, 3));
    }

    @Test
    void aTransposedConvolutionTakesBackWhatAConvolutionDoes() {
        Window window = new Window(3, 5, 2, 3, 1, 0, 2, 2, 2, 1);
        Shape small = new Shape(6, window.outputRows(16), window.outputColumns(23));
        assertShape(new Shape(4, 16, 23), transposed(window, 6, 4, 1, 0, 2), small);
        assertShape(new Shape(4, 17, 21), transposed(window, 6, 4, 2, 1, 0), small);
        assertRefused("channels", "does not have the 5 channels", transposed(window, 5, 4, 1, 0, 0), small);
        assertRefused("nothing left", "of size -3",
                transposed(new Window(1, 1, 1, 1, 2, 0, 2, 0, 1, 1), 6, 4, 1, 0, 0), new Shape(6, 1, 1));
    }

    @Test
    void theLastPositionsOfATransposedConvolutionAreFewerThanItsStep() {
        assertThrows(NetworkException.class, () -> transposed(Window.square(3, 2, 1), 4, 4, 1, 2, 0));
        assertThrows(NetworkException.class, () -> transposed(Window.square(3, 2, 1), 4, 4, 1, 0, -1));
    }

    @Test
    void aSelectionHasAsManyChannelsAsItNames() {
        assertShape(new Shape(5, 7, 9), new Selection("a", "x", List.of(3, 3, 0, 1, 2)), MAP);
        assertRefused("channel", "does not have the channel 4", new Selection("a", "x", List.of(0, 4)), MAP);
        assertThrows(NetworkException.class, () -> new Selection("a", "x", List.of()));
        assertThrows(NetworkException.class, () -> new Selection("a", "x", List.of(-1)));
    }

    @Test
    void marginsAreAddedAndCutAway() {
        assertShape(new Shape(4, 11, 15), new Padding("a", "x", 1, 2, 3, 4, Fill.CONSTANT, 0), MAP);
        assertShape(new Shape(4, 3, 3), new Crop("a", "x", 1, 2, 3, 4, 1, 1), MAP);
        assertShape(new Shape(4, 2, 2), new Crop("a", "x", 1, 2, 3, 4, 2, 2), MAP);
        assertShape(new Shape(4, 4, 3), new Crop("a", "x", 0, 0, 0, 0, 2, 4), MAP);
        assertRefused("rows", "has nothing left", new Crop("a", "x", 4, 0, 3, 0, 1, 1), MAP);
        assertRefused("columns", "has nothing left", new Crop("a", "x", 0, 9, 0, 0, 1, 1), MAP);
        assertThrows(NetworkException.class, () -> new Crop("a", "x", -1, 0, 0, 0, 1, 1));
        assertThrows(NetworkException.class, () -> new Crop("a", "x", 0, 0, 0, 0, 0, 1));
        assertThrows(NetworkException.class, () -> new Padding("a", "x", 0, 0, 1 << 20, 0, Fill.EDGE, 0));
    }

    @Test
    void aReflectionNeedsSomethingToReflect() {
        assertShape(new Shape(4, 13, 17), new Padding("a", "x", 6, 8, 0, 0, Fill.REFLECTION, 0), MAP);
        assertRefused("rows", "too small", new Padding("a", "x", 0, 0, 7, 0, Fill.REFLECTION, 0), MAP);
        assertRefused("columns", "too small", new Padding("a", "x", 0, 9, 0, 0, Fill.REFLECTION, 0), MAP);
        assertShape(new Shape(4, 27, 9), new Padding("a", "x", 0, 0, 20, 0, Fill.EDGE, 0), MAP);
    }

    @Test
    void aResizedMapHasTheScaledSizeRoundedDown() {
        assertShape(new Shape(4, 14, 22), resize(2, 2.5), MAP);
        assertShape(new Shape(4, 3, 1), resize(0.5, 0.01), MAP);
        assertShape(new Shape(1, 100, 30), resize(1 / 3., 0.1), new Shape(1, 300, 300));
        assertThrows(NetworkException.class, () -> resize(0, 1));
        assertThrows(NetworkException.class, () -> resize(1, Double.NaN));
        assertThrows(NetworkException.class, () -> resize(1, 1e9));
    }

    @Test
    void aFlatMapHasAChannelForEachValue() {
        assertShape(new Shape(4 * 7 * 9, 1, 1), new Flatten("a", "x"), MAP);
    }

    @Test
    void paddingDoesNotChangeTheSizeOfAnAverage() {
        Window window = Window.square(3, 2, 1);
        assertShape(new Shape(4, 4, 5), new AveragePool("a", "x", window, true), MAP);
        assertShape(new Shape(4, 4, 5), new AveragePool("a", "x", window), MAP);
    }

    @Test
    void whatIsTooLargeIsRefusedAndNeverWrapsAround() {
        Shape large = new Shape(1 << 28, 1, 1);
        assertRefused("sum", "cannot be", new Concatenation("a", Collections.nCopies(17, "x")),
                Collections.nCopies(17, large).toArray(Shape[]::new));
        assertRefused("resized", "", resize(1000, 1000), new Shape(3, 4000, 4000));
        assertRefused("spread", "", transposed(new Window(1, 1, 1 << 14, 1 << 14, 0, 0, 0, 0, 1, 1), 4, 1, 1, 0, 0),
                new Shape(4, 1 << 12, 1 << 12));
        assertRefused("flat", "", new Flatten("a", "x"), new Shape(1 << 15, 1 << 15, 1 << 15));
        assertRefused("paired", "", new Arithmetic("a", "x", Sign.PLUS, "y"), new Shape(1, 1 << 20, 1),
                new Shape(1, 1, 1 << 20));
    }

    @Test
    void hugePicturesAreRefusedEvenWhereTheNetworkMakesThemSmall() {
        Input huge = new Input(new Shape(1, 1 << 20, 1 << 20), new float[1], new float[] {1});
        assertThrows(NetworkException.class, () -> new Network("n", "", huge,
                List.of(new GlobalAverage("a", Network.INPUT)), List.of(), List.of()));
    }

    @Test
    void whatFitsOneSizeOnlyIsLeftOutOfOthers() {
        Network network = new Network("n", "", new Input(new Shape(1, 4, 4), new float[1], new float[] {1}),
                List.of(new Flatten("flat", Network.INPUT), new Dense("dense", "flat", Nets.random(1, 2, 16), ones(2)),
                        new Relu("relu", "dense"), new Padding("padded", Network.INPUT, 3, 3, 3, 3, Fill.REFLECTION, 0)),
                List.of(), List.of());
        assertTrue(network.shapes(5, 5).keySet().containsAll(List.of("flat", "padded")));
        assertFalse(network.shapes(5, 5).containsKey("dense") || network.shapes(5, 5).containsKey("relu"));
        assertFalse(network.shapes(3, 3).containsKey("padded"));
    }

    private static Weights ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return Weights.vector(ones);
    }

    private static Resize resize(double rows, double columns) {
        return new Resize("a", "x", rows, columns, Interpolation.NEAREST, Alignment.HALF_PIXEL);
    }

    private static TransposedConvolution transposed(Window window, int read, int made, int groups, int moreRows,
            int moreColumns) {
        return new TransposedConvolution("a", "x", Nets.random(1, read, made / groups, window.rows(), window.columns()),
                ones(made), window, groups, moreRows, moreColumns);
    }

    private static void assertShape(Shape expected, Operation operation, Shape... in) {
        assertEquals(expected, Shapes.of(operation, List.of(in)));
    }

    private static void assertRefused(String what, String why, Operation operation, Shape... in) {
        String message = assertThrows(NetworkException.class, () -> Shapes.of(operation, List.of(in)), what).getMessage();
        assertTrue(message.startsWith("In a, ") && message.contains(why), message);
    }
}
