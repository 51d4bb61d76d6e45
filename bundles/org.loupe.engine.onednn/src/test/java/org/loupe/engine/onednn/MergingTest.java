package org.loupe.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.core.Batch;
import org.loupe.core.engine.Pass;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;
import org.loupe.core.objective.ObjectiveText;

class MergingTest {

    private final OneDnnEngine engine = new OneDnnEngine();
    private final Network network = Networks.bottlenecks();
    private final Tap top = Tap.after("top");

    private Pass merged(int block, String... taps) {
        Set<Tap> read = Set.of(taps).stream().map(Tap::after).collect(Collectors.toSet());
        return Merging.of(Pass.of(network, read, Networks.pictures(1, 24), List.of()), block);
    }

    private static List<String> reading(Pass pass, String output) {
        return pass.operations().stream().filter(operation -> operation.inputs().contains(output)).map(Operation::name)
                .toList();
    }

    @Test
    void convolutionsOfOneOutputRunAsOneWithBlocksFirst() {
        Pass pass = merged(8, "top");
        assertEquals(List.of("middle.c + large.c + small.c", "odd.c"), reading(pass, "stem"));
        List<Selection> parts = pass.operations().stream().filter(Selection.class::isInstance).map(Selection.class::cast)
                .toList();
        assertEquals(List.of("middle", "large", "small"), parts.stream().map(Selection::name).toList());
        assertEquals(64, parts.get(2).channels().get(0));
        assertEquals(76, pass.shapes().get(parts.get(0).input()).channels());
    }

    @Test
    void whatATapReadsStaysAlone() {
        assertEquals(Set.of("small.c", "odd.c", "middle.c + large.c"),
                Set.copyOf(reading(merged(16, "top", "small", "odd"), "stem")));
        assertEquals(4, reading(merged(16, "top", "small", "middle", "large"), "stem").size());
    }

    /** A tap on each of them keeps them apart. */
    @ParameterizedTest
    @CsvSource({"8,1", "8,3", "16,1", "16,3"})
    void merelyRunningTogetherChangesNothing(int block, int images) {
        Library.load();
        try (OneDnnSession session = new OneDnnSession(network, engine, block, OneDnnSession.MOST_BYTES)) {
            Batch pictures = Networks.pictures(images, 24);
            Batch together = session.activations(pictures, Set.of(top)).at(top);
            assertFalse(session.describe().stream().noneMatch(call -> call.contains("large.c + small.c")),
                    session.describe()::toString);
            Set<Tap> all = Set.of(top, Tap.after("small"), Tap.after("odd"), Tap.after("middle"), Tap.after("large"));
            assertEquals(session.activations(pictures, all).at(top), together);
            Objective one = ObjectiveText.parse("top:3");
            Objective apart = ObjectiveText.parse("top:3 + 0*small:0 + 0*odd:0 + 0*middle:0 + 0*large:0");
            Session.Gradient slope = session.gradient(pictures, List.of(one));
            Session.Gradient expected = session.gradient(pictures, List.of(apart));
            assertArrayEquals(expected.scores(), slope.scores());
            assertEquals(0, distance(expected.pictures().values(), slope.pictures().values()), 1e-6);
        }
    }

    /** Relative, in the root of the squares. */
    private static double distance(float[] expected, float[] found) {
        double squares = 0;
        double all = 0;
        for (int i = 0; i < expected.length; i++) {
            squares += Math.pow(expected[i] - found[i], 2);
            all += Math.pow(expected[i], 2);
        }
        return Math.sqrt(squares / all);
    }
}
