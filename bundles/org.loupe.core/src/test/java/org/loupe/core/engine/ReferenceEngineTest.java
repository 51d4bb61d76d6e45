package org.loupe.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.Session.Gradient;
import org.loupe.core.engine.conformance.Conformance;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.objective.ChannelObjective;

class ReferenceEngineTest {

    /** {@code y = x + relu(2 x - 1)} on one channel, where {@code x = (255 v - 51) / 51}. */
    private static final Network NETWORK = new Network("by hand", "",
            new Input(new Shape(1, 1, 2), new float[] {51}, new float[] {51}),
            List.of(new Convolution("twice", Network.INPUT, new Weights(new int[] {1, 1, 1, 1}, new float[] {2}),
                    Weights.vector(-1), Window.square(1, 1, 0), 1), new Relu("half", "twice"),
                    new Addition("y", List.of(Network.INPUT, "half"))),
            List.of(new Layer("half", "half", "twice", ""), new Layer("y", "y", "y", "")), List.of());

    @Test
    void computesAnExampleByHand() {
        try (Session session = new ReferenceEngine().open(NETWORK)) {
            Batch pictures = new Batch(2, 1, 1, 2, new float[] {0, 0.2f, 0.4f, 1});
            Readings read = session.activations(pictures, Set.of(Tap.before("half"), Tap.after("y")));
            assertArrayEquals(new float[] {-3, -1, 1, 7}, read.at(Tap.before("half")).values(), 1e-6f);
            assertArrayEquals(new float[] {-1, 0, 2, 11}, read.at(Tap.after("y")).values(), 1e-6f);
            Gradient gradient = session.gradient(pictures, List.of(new ChannelObjective(new Unit("y", 0)),
                    new ChannelObjective(Unit.parse("y:0@0,1"))));
            assertEquals(-0.5, gradient.scores()[0], 1e-6);
            assertEquals(11, gradient.scores()[1], 1e-6);
            assertArrayEquals(new float[] {2.5f, 2.5f, 0, 15}, gradient.pictures().values(), 1e-5f);
        }
    }

    @TestFactory
    Stream<DynamicTest> conforms() {
        return Conformance.cases().stream().map(one -> DynamicTest.dynamicTest(one.name(),
                () -> one.check().accept(new ReferenceEngine())));
    }
}
