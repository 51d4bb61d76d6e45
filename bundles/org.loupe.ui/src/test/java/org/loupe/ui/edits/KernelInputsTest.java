package org.loupe.ui.edits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

class KernelInputsTest {

    private static final Unit UPPER = new Unit("b", 2);

    /** A block of two parts, a pooling, and a block whose second part lies behind a bottleneck. */
    private static Network network() {
        List<Operation> operations = List.of(convolution("a.one", "input", 3, 2, 1), convolution("a.two", "input", 3, 2, 2),
                new Concatenation("a", List.of("a.one", "a.two")), new MaxPool("pool", "a", Window.square(2, 2, 0)),
                convolution("b.one", "pool", 4, 2, 3), convolution("b.narrow", "pool", 4, 3, 4), convolution("b.two", "b.narrow", 3, 2, 5),
                new Concatenation("b", List.of("b.one", "b.two")));
        return new Network("blocks", "", new Input(new Shape(3, 8, 8), new float[3], new float[] {1, 1, 1}), operations,
                operations.stream().map(one -> new Layer(one.name(), one.name(), one.name(), "")).toList(), List.of());
    }

    private static Convolution convolution(String name, String input, int inputs, int outputs, int seed) {
        float[] values = new float[inputs * outputs];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 7 + seed) % 5 - 1.5f;
        }
        return new Convolution(name, input, new Weights(new int[] {outputs, inputs, 1, 1}, values),
                Weights.vector(new float[outputs]), Window.square(1, 1, 0), 1);
    }

    private static Set<String> layers(KernelInputs inputs) {
        return inputs.inputs().stream().map(input -> input.from().layer()).collect(Collectors.toSet());
    }

    @Test
    void eachKernelIsOfferedOnceWithThoseOfABottleneckOfTheSameBlock() {
        KernelInputs inputs = KernelInputs.of(network(), UPPER, Optional.empty());
        assertEquals(Set.of("a", "b.narrow"), layers(inputs));
        assertEquals(4 + 3, inputs.inputs().size());
        assertTrue(inputs.inputs().get(0).norm() >= inputs.inputs().get(6).norm(), "the strongest first");
    }

    @Test
    void whatWasAskedForIsOfferedWhereverItIs() {
        KernelInputs inputs = KernelInputs.of(network(), UPPER, Optional.of(new Unit("pool", 1)));
        assertEquals(Set.of("a", "b.narrow", "pool"), layers(inputs));
        KernelInputs.Input last = inputs.inputs().get(inputs.inputs().size() - 1);
        assertEquals(List.of(inputs.inputs().get(0), last), inputs.strongest(1, last));
        assertEquals(inputs.inputs().subList(0, 2), inputs.strongest(2, inputs.inputs().get(0)));
    }

    @Test
    void aUnitWithoutKernelsIsRefused() {
        assertThrows(NetworkException.class, () -> KernelInputs.of(network(), new Unit("pool", 0), Optional.empty()));
    }
}
