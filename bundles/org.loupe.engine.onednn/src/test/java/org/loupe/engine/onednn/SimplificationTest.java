package org.loupe.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.engine.Pass;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

class SimplificationTest {

    private static final Window THREE = Window.square(3, 1, 0);

    /** The operations that run to the last of the given ones, on pictures of 3 channels and 8 by 8. */
    private static Pass simplified(Set<String> read, Operation... operations) {
        List<Layer> layers = new ArrayList<>();
        for (Operation operation : operations) {
            layers.add(new Layer(operation.name(), operation.name(), operation.name(), ""));
        }
        Network network = new Network("n", "", new Input(new Shape(3, 8, 8), new float[3], new float[] {1, 1, 1}),
                List.of(operations), layers, List.of());
        return Simplification.of(Pass.of(network, Set.copyOf(read.stream().map(Tap::after).toList()),
                Batch.zeros(1, 3, 8, 8), List.of())).pass();
    }

    private static Convolution convolution(String name, String input, int size) {
        float[] values = new float[2 * 3 * size * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return new Convolution(name, input, new Weights(new int[] {2, 3, size, size}, values),
                Weights.vector(1, 2), Window.square(size, 1, 0), 1);
    }

    @Test
    void aConvolutionTakesInZerosAroundItsInput() {
        Pass pass = simplified(Set.of("c"), new Padding("p", Network.INPUT, 1, 2, 3, 4, Fill.CONSTANT, 0),
                convolution("c", "p", 3));
        assertEquals(new Window(3, 3, 1, 1, 1, 2, 3, 4, 1, 1),
                assertInstanceOf(Convolution.class, pass.operations().get(0)).window());
        assertEquals(1, pass.operations().size());
    }

    @Test
    void otherFillsStay() {
        for (Padding padding : List.of(new Padding("p", Network.INPUT, 1, 1, 1, 1, Fill.CONSTANT, 1),
                new Padding("p", Network.INPUT, 1, 1, 1, 1, Fill.EDGE, 0))) {
            assertEquals(2, simplified(Set.of("c"), padding, convolution("c", "p", 3)).operations().size());
        }
    }

    @Test
    void paddingThatSomebodyElseReadsRunsToo() {
        Pass pass = simplified(Set.of("c", "p"), new Padding("p", Network.INPUT, 1, 1, 1, 1, Fill.CONSTANT, 0),
                convolution("c", "p", 3));
        assertEquals(List.of("p", "c"), pass.operations().stream().map(Operation::name).toList());
        assertEquals(List.of(Network.INPUT), pass.operations().get(1).inputs());
    }

    @Test
    void maxPoolingTakesInWhatNeverWins() {
        Operation rectified = new Relu("r", Network.INPUT);
        assertEquals(2, simplified(Set.of("m"), rectified, new Padding("p", "r", 0, 0, 1, 1, Fill.CONSTANT, 0),
                new MaxPool("m", "p", THREE)).operations().size());
        assertEquals(1, simplified(Set.of("m"), new Padding("p", Network.INPUT, 0, 0, 1, 1, Fill.CONSTANT,
                Float.NEGATIVE_INFINITY), new MaxPool("m", "p", THREE)).operations().size());
        assertEquals(2, simplified(Set.of("m"), new Padding("p", Network.INPUT, 0, 0, 1, 1, Fill.CONSTANT, 0),
                new MaxPool("m", "p", THREE)).operations().size(), "a zero may win over what is below zero");
        assertEquals(3, simplified(Set.of("m"), rectified, new Padding("p", "r", 3, 0, 0, 0, Fill.CONSTANT, 0),
                new MaxPool("m", "p", THREE)).operations().size(), "a window may see nothing but padding");
    }

    @Test
    void averagePoolingTakesInZerosThatItCounts() {
        Padding padding = new Padding("p", Network.INPUT, 1, 1, 1, 1, Fill.CONSTANT, 0);
        Pass pass = simplified(Set.of("a"), padding, new AveragePool("a", "p", THREE));
        assertEquals(List.of(new AveragePool("a", Network.INPUT, Window.square(3, 1, 1), true)), pass.operations());
        assertEquals(2, simplified(Set.of("a"), padding, new AveragePool("a", "p", Window.square(3, 1, 1)))
                .operations().size());
    }

    @Test
    void aConvolutionReadsSelectedChannelsWhereTheyAre() {
        Pass pass = simplified(Set.of("c"), new Selection("s", Network.INPUT, List.of(2, 1, 0)), convolution("c", "s", 1));
        Convolution folded = assertInstanceOf(Convolution.class, pass.operations().get(0));
        assertEquals(Network.INPUT, folded.input());
        assertArrayEquals(new float[] {2, 1, 0, 5, 4, 3}, folded.weights().values());
        Convolution doubled = assertInstanceOf(Convolution.class, simplified(Set.of("c"),
                new Selection("s", Network.INPUT, List.of(0, 0, 2)), convolution("c", "s", 1)).operations().get(0));
        assertArrayEquals(new float[] {1, 0, 2, 7, 0, 5}, doubled.weights().values());
    }

    @Test
    void aSelectionOfASelectionIsOne() {
        Pass pass = simplified(Set.of("t"), new Selection("s", Network.INPUT, List.of(2, 1, 0)),
                new Selection("t", "s", List.of(1, 2, 0)));
        assertEquals(List.of(new Selection("t", Network.INPUT, List.of(1, 0, 2))), pass.operations());
    }

    @Test
    void aSelectionOfSomeIsAConvolutionByOnes() {
        Pass pass = simplified(Set.of("s"), new Selection("s", Network.INPUT, List.of(2, 0)));
        assertArrayEquals(new float[] {0, 0, 1, 1, 0, 0},
                assertInstanceOf(Convolution.class, pass.operations().get(0)).weights().values());
    }

    @Test
    void whatChangesNothingIsReadWhereItComesFrom() {
        Pass pass = simplified(Set.of("k", "r"), new Crop("k", Network.INPUT, 0, 0, 0, 0, 1, 1), new Relu("r", "k"));
        assertEquals(List.of(new Relu("r", Network.INPUT)), pass.operations());
        assertEquals(Network.INPUT, pass.sources().get(Tap.after("k")));
    }

    @Test
    void aNormalizationOfThePicturesIsDoneBefore() {
        Weights ones = Weights.vector(1, 1, 1);
        Operation first = new BatchNormalization("n", Network.INPUT, ones, ones, ones, ones, 0);
        Operation second = new Relu("r", "n");
        assertEquals(List.of(new Relu("r", Network.INPUT)), simplified(Set.of("r", "n"), first, second).operations());
        assertEquals(2, simplified(Set.of("r", "x"), first, second, new Relu("x", Network.INPUT)).operations().stream()
                .filter(operation -> operation.inputs().contains(Network.INPUT)).count(), "somebody reads them as they are");
    }

    @Test
    void denseOperationsFlattenByThemselves() {
        Pass pass = simplified(Set.of("d"), new Flatten("f", Network.INPUT), new Dense("d", "f",
                new Weights(new int[] {1, 192}, new float[192]), Weights.vector(0)));
        assertEquals(Network.INPUT, assertInstanceOf(Dense.class, pass.operations().get(0)).input());
    }

    @Test
    void aSumOfEqualShapesIsAnAddition() {
        Pass pass = simplified(Set.of("a"), new Arithmetic("a", Network.INPUT, Sign.PLUS, Network.INPUT));
        assertEquals(List.of(new Addition("a", List.of(Network.INPUT, Network.INPUT))), pass.operations());
    }
}
