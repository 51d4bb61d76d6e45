package org.loupe.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.engine.Pass;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Tap;

class PostponingTest {

    private static final Tap STEM = Tap.before("stem");

    private final Network network = Networks.inception(48, 32, 64, 16, 16);
    private final Tap top = Tap.after(network.layers().get(network.layers().size() - 1).name());

    private Pass pass(Tap... taps) {
        return Pass.of(network, Set.of(taps), Networks.pictures(1, 48), List.of());
    }

    private static Operation named(Pass pass, String name) {
        return pass.operations().stream().filter(operation -> operation.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void aRectifierThatAPoolingAloneReadsRunsBehindIt() {
        Pass postponed = Postponing.of(pass(STEM, top));
        Relu relu = (Relu) named(postponed, "pool");
        MaxPool pool = (MaxPool) named(postponed, relu.input());
        assertEquals(network.source(STEM), pool.input());
        assertTrue(postponed.operations().stream().noneMatch(operation -> operation.name().equals("stem")),
                postponed.operations()::toString);
        assertEquals(postponed.shapes().get("pool"), postponed.shapes().get(relu.input()));
    }

    @Test
    void oneThatRunsWithinItsConvolutionStaysThere() {
        Pass asked = pass(top);
        assertEquals(asked.operations(), Postponing.of(asked).operations());
    }

    @Test
    void oneThatIsAskedForStaysWhereItIs() {
        Pass asked = pass(STEM, Tap.after("stem"), top);
        assertSame(Relu.class, named(Postponing.of(asked), network.source(Tap.after("stem"))).getClass());
        assertEquals(asked.operations(), Postponing.of(asked).operations());
    }

    @Test
    void nothingThatIsReadChanges() {
        Batch pictures = Networks.pictures(3, 48);
        try (Session session = new OneDnnEngine().open(network); Session reference = new ReferenceEngine().open(network)) {
            Batch together = session.activations(pictures, Set.of(STEM, top)).at(top);
            assertEquals(session.activations(pictures, Set.of(top)).at(top), together);
            float[] expected = reference.activations(pictures, Set.of(top)).at(top).values();
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], together.values()[i], 1e-4f * Math.max(1, Math.abs(expected[i])));
            }
        }
    }
}
