package org.loupe.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.engine.Session.Gradient;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Nonlinearity.Power;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.objective.Objective;

/** The cases that are so rare that plain Java is all there is for them. */
class FallbackTest {

    private static void agrees(Operation operation) {
        Network network = new Network("n", "", new Input(new Shape(3, 6, 7), new float[3], new float[] {90, 60, 70}),
                List.of(operation), List.of(new Layer("x", "x", "x", "")), List.of());
        Batch pictures = Batch.zeros(3, 3, 6, 7);
        for (int i = 0; i < pictures.values().length; i++) {
            pictures.values()[i] = 0.2f + i * 37 % 101 / 130f;
        }
        Gradient expected = ask(new ReferenceEngine(), network, pictures);
        Gradient found = ask(new OneDnnEngine(), network, pictures);
        assertArrayEquals(expected.activations().at(Tap.after("x")).values(),
                found.activations().at(Tap.after("x")).values(), 1e-4f);
        assertArrayEquals(expected.pictures().values(), found.pictures().values(), 1e-4f);
        try (OneDnnSession session = (OneDnnSession) new OneDnnEngine().open(network)) {
            session.gradient(pictures, List.of(objective()));
            assertEquals(1, session.slow().size(), "it runs in Java");
        }
    }

    private static Gradient ask(Engine engine, Network network, Batch pictures) {
        try (Session session = engine.open(network)) {
            return session.gradient(pictures, List.of(objective()));
        }
    }

    private static Objective objective() {
        return new ChannelObjective(new Unit("x", 1));
    }

    @Test
    void normalizationByWhatMayFallBelowOne() {
        for (float beta : new float[] {0.5f, 0.75f, 0.6f}) {
            agrees(new LocalResponseNormalization("x", Network.INPUT, 3, -0.03f, beta, 2));
            agrees(new LocalResponseNormalization("x", Network.INPUT, 2, -0.03f, beta, 2));
        }
    }

    @Test
    void transposedConvolutionsThatLeaveWholeStepsUnreached() {
        float[] values = new float[3 * 2 * 4];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 5 - 2;
        }
        agrees(new TransposedConvolution("x", Network.INPUT, new Weights(new int[] {3, 2, 2, 2}, values),
                Weights.vector(1, -1), new Window(2, 2, 1, 2, 1, 0, 0, 1, 3, 3), 1, 2, 1));
    }

    @Test
    void powers() {
        agrees(new Activation("x", Network.INPUT, new Power(-0.5f)));
        agrees(new Activation("x", Network.INPUT, new Power(3)));
    }
}
