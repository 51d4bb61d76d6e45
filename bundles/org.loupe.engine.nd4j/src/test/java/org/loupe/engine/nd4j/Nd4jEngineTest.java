package org.loupe.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.EditText;
import org.loupe.core.engine.Session;
import org.loupe.core.engine.Session.Gradient;
import org.loupe.core.engine.conformance.Conformance;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.objective.Objective;

class Nd4jEngineTest {

    private final Nd4jEngine engine = new Nd4jEngine();

    @TestFactory
    Stream<DynamicTest> itPassesTheConformanceSuite() {
        return Conformance.cases().stream()
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> each.check().accept(engine)));
    }

    @Test
    void theDescriptionTellsVersionBackendBlasAndThreads() {
        String description = engine.description();
        assertTrue(description.matches("ND4J 1\\.0\\.0\\S+, \\w+Backend, BLAS \\w+ with \\d+ threads,"
                + " \\d+ OpenMP threads"), description);
    }

    @Test
    void nativeArraysAreGivenBackAfterEachStepAndWithTheSession() {
        Network network = TinyNetwork.trainedAtRandom();
        List<Objective> objectives = List.of(new ChannelObjective(Unit.parse("first:1")));
        Batch pictures = TinyNetwork.picture();
        long before = NativeBytes.now();
        long open;
        try (Session session = engine.open(network)) {
            Gradient first = session.gradient(pictures, objectives);
            long prepared = NativeBytes.now();
            for (int step = 0; step < 10_000; step++) {
                if (step % 2 == 0) {
                    assertEquals(first.pictures(), session.gradient(pictures, objectives).pictures());
                } else {
                    session.gradient(pictures, objectives, List.of(EditText.parse("first:" + step % 6 + " = noise(1, " + step
                            + ")"), EditText.parse("first:1 = relu(1 + first.pre:2[1])")));
                }
                NativeBytes.assertNoMoreThan(prepared, "after step " + step);
            }
            open = NativeBytes.now();
        }
        NativeBytes.assertNoMoreThan(open - 1, "when the session is closed, though weights take native memory");
        NativeBytes.assertNoMoreThan(before, "at the end");
    }

    @Test
    void everyOperationGivesItsNativeArraysBack() {
        Network network = EveryOperation.network();
        Batch pictures = Batch.zeros(2, 4, 8, 9);
        for (int i = 0; i < pictures.values().length; i++) {
            pictures.values()[i] = i * 37 % 101 / 101f;
        }
        List<Objective> objectives = List.of(new ChannelObjective(new Unit("end", 1)));
        try (Session warm = engine.open(network)) {
            warm.gradient(pictures, objectives);
        }
        long before = NativeBytes.now(); // ND4J keeps a few constants of its own from its first pass on
        try (Session session = engine.open(network)) {
            Gradient first = session.gradient(pictures, objectives);
            long prepared = NativeBytes.now();
            for (int step = 0; step < 20; step++) {
                session.activations(pictures, Set.of(Tap.after("end")));
                assertEquals(first.pictures(), session.gradient(pictures, objectives).pictures(), "the same bytes again");
                NativeBytes.assertNoMoreThan(prepared, "after step " + step);
            }
        }
        NativeBytes.assertNoMoreThan(before, "at the end");
    }
}
