package org.loupe.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.EditText;
import org.loupe.core.engine.EngineException;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Nonlinearity.HardSigmoid;
import org.loupe.core.network.Nonlinearity.HardSwish;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;
import org.loupe.core.objective.ObjectiveText;

class Bfloat16Test {

    private final Bfloat16Engine rough = new Bfloat16Engine();
    private final OneDnnEngine exact = new OneDnnEngine();

    @BeforeEach
    void load() {
        Library.load();
    }

    private static void assumeAble() {
        assumeTrue(Device.multipliesBfloat16(), "this processor does not multiply numbers of bfloat16");
    }

    /**
     * A bfloat16 has 8 binary digits; each layer adds its rounding. Gradients also stop elsewhere, where something that is
     * rectified or pooled is as near to another as that.
     *
     * @param most how far apart gradients may be
     */
    private void assertNear(Network network, String objective, List<Edit> edits, double most) {
        List<Objective> objectives = List.of(ObjectiveText.parse(objective));
        Tap tap = objectives.get(0).taps().iterator().next();
        Batch pictures = Networks.pictures(2, network.input().shape().rows());
        try (Session one = exact.open(network); Session other = rough.open(network)) {
            Batch expected = one.activations(pictures, Set.of(tap), edits).at(tap);
            Batch found = other.activations(pictures, Set.of(tap), edits).at(tap);
            assertNotEquals(expected, found);
            assertEquals(0, distance(expected, found), 0.01, network.name());
            Batch slope = one.gradient(pictures, objectives, edits).pictures();
            assertEquals(0, distance(slope, other.gradient(pictures, objectives, edits).pictures()), most, network.name());
        }
    }

    /** Relative, in the root of the squares. */
    private static double distance(Batch expected, Batch found) {
        double squares = 0;
        double all = 0;
        for (int i = 0; i < expected.values().length; i++) {
            squares += Math.pow(expected.values()[i] - found.values()[i], 2);
            all += Math.pow(expected.values()[i], 2);
        }
        return Math.sqrt(squares / all);
    }

    @Test
    void networksComeCloseToThoseOfThirtyTwoBits() {
        assumeAble();
        assertNear(Networks.inception(48, 32, 64, 16, 16), "mixed:5", List.of(), 0.2);
        assertNear(Networks.bottlenecks(), "top:3", List.of(), 0.2);
        assertNear(Networks.mobile(new HardSwish(), new HardSigmoid(1f / 6, 0.5f)), "top:5", List.of(), 0.01);
        assertNear(Networks.normalized(), "top:5", List.of(), 0.01);
        assertNear(Networks.shuffled(), "top:5", List.of(), 0.01);
    }

    @Test
    void editsWorkOnIt() {
        assumeAble();
        Network network = Networks.inception(48, 32, 64, 16, 16);
        for (String edit : List.of("stem:3 = 0", "stem:{1,2} = 0.5 * itself", "stem:4@3,2 = -1.25")) {
            assertNear(network, "mixed:40", List.of(EditText.parse(edit)), 0.2);
        }
    }

    @Test
    void noPrimitiveOfAnInceptionNetworkFallsToAReferenceKernel() {
        assumeAble();
        Network network = Networks.inception(48, 32, 64, 16, 16);
        try (OneDnnSession session = (OneDnnSession) rough.open(network)) {
            session.gradient(Networks.pictures(3, 48), List.of(ObjectiveText.parse("mixed:5 + mixed:40 + logits:2")));
            assertEquals(List.of(), session.slow());
        }
    }

    @Test
    void theSameQuestionHasTheSameBits() {
        assumeAble();
        Network network = Networks.bottlenecks();
        List<Objective> objectives = List.of(ObjectiveText.parse("top:3"));
        Batch pictures = Networks.pictures(2, 24);
        try (Session one = rough.open(network); Session other = rough.open(network)) {
            assertEquals(one.gradient(pictures, objectives).pictures(), other.gradient(pictures, objectives).pictures());
        }
    }

    @Test
    void itSaysWhatItIsAndRefusesWhereItWouldBeSlow() {
        assertEquals("onednn-bf16", rough.name());
        assertTrue(rough.description().endsWith("numbers of bfloat16"), rough.description());
        if (!Device.multipliesBfloat16()) {
            String message = assertThrows(EngineException.class, () -> rough.open(Networks.bottlenecks())).getMessage();
            assertTrue(message.contains("Choose --engine onednn"), message);
        }
    }
}
