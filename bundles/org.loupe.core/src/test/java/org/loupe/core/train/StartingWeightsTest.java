package org.loupe.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.Input;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

class StartingWeightsTest {

    private final Network network = new Network("small", "",
            new Input(new Shape(1, 8, 8), new float[1], new float[] {1}),
            List.of(new Convolution("a", Network.INPUT, new Weights(new int[] {4, 1, 3, 3}, new float[36]),
                            Weights.vector(7, 7, 7, 7), Window.square(3, 1, 1), 1),
                    new BatchNormalization("b", "a", Weights.vector(5, 5, 5, 5), Weights.vector(5, 5, 5, 5),
                            Weights.vector(5, 5, 5, 5), Weights.vector(5, 5, 5, 5), 1e-5f),
                    new Convolution("c", "b", new Weights(new int[] {4, 4, 1, 1}, new float[16]),
                            Weights.vector(7, 7, 7, 7), Window.square(1, 1, 0), 1)),
            List.of(), List.of());

    @Test
    void kernelsLieWithinTheRootOfTheNumberOfTheirInputs() {
        Convolution first = (Convolution) StartingWeights.draw(network, 1).operations().get(0);
        float largest = 0;
        for (float value : first.weights().values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertTrue(largest <= 1 / 3.0 && largest > 1 / 3.0 * 0.8, "largest " + largest);
        assertEquals(Weights.vector(0, 0, 0, 0), first.bias());
    }

    @Test
    void normalizationsChangeNothingAtFirst() {
        BatchNormalization second = (BatchNormalization) StartingWeights.draw(network, 1).operations().get(1);
        assertEquals(Weights.vector(1, 1, 1, 1), second.scale());
        assertEquals(Weights.vector(0, 0, 0, 0), second.shift());
        assertEquals(Weights.vector(0, 0, 0, 0), second.mean());
        assertEquals(Weights.vector(1, 1, 1, 1), second.variance());
    }

    @Test
    void theSeedDecides() {
        assertEquals(StartingWeights.draw(network, 1).hash(), StartingWeights.draw(network, 1).hash());
        assertNotEquals(StartingWeights.draw(network, 1).hash(), StartingWeights.draw(network, 2).hash());
    }
}
