package org.loupe.ui.unit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.objective.AlignmentPenalty;
import org.loupe.core.objective.CaricatureObjective;
import org.loupe.core.objective.DreamObjective;
import org.loupe.core.objective.ObjectiveKind;
import org.loupe.core.objective.Objectives;
import org.loupe.core.objective.Scene;
import org.loupe.platform.Registered;
import org.loupe.ui.unit.ObjectiveExample.Use;

class ObjectiveExampleTest {

    private static final Network NETWORK = new Network("one layer", "", new Input(new Shape(3, 8, 8), new float[3],
            new float[] {1, 1, 1}), List.of(new Convolution("own.pre", Network.INPUT, new Weights(new int[] {4, 3, 1, 1},
            new float[12]), Weights.vector(0, 0, 0, 0), Window.square(1, 1, 0), 1), new Relu("own", "own.pre")),
            List.of(new Layer("own", "own", "own.pre", "")), List.of());

    private static final Scene SCENE = new Scene() {
        @Override
        public Network network() {
            return NETWORK;
        }

        @Override
        public Batch activations(Tap tap, String picture) {
            return Batch.zeros(1, 4, 8, 8);
        }
    };

    private static Registered<ObjectiveKind> kind(String word, String description, ObjectiveKind kind) {
        return new Registered<>("test." + word, word, word, description, "test", () -> kind);
    }

    private static ObjectiveExample example(Registered<ObjectiveKind> kind) {
        List<ObjectiveExample> all = ObjectiveExample.of(new Unit("own", 3), List.of(kind), SCENE);
        return all.get(all.size() - 1);
    }

    @Test
    void whatTheLanguageSaysAboutAUnitIsWrittenForThisOneAndCanBeRead() {
        List<ObjectiveExample> examples = ObjectiveExample.of(new Unit("own", 3), List.of(), SCENE);
        assertEquals(List.of("-own.pre:3", "own:3@centre", "own:3 - 0.5*own:0", "own:{3=1,0=0.5}", "own:{3=1,0=0.5}@centre^2"),
                examples.stream().map(ObjectiveExample::text).toList());
        for (ObjectiveExample example : examples) {
            assertEquals(Use.REPLACES, example.use());
            assertTrue(example.about().endsWith(": " + example.text()), example.about());
            assertDoesNotThrow(() -> new Objectives(Map.of()).read(example.text(), false, SCENE), example.text());
        }
    }

    @Test
    void theLayersOfAKindsExampleAreThoseOfTheNetwork() {
        ObjectiveExample dream = example(kind("dream", "More of a layer: dream(mixed4a).", new DreamObjective.Kind()));
        assertEquals("dream(own)", dream.text());
        assertEquals("dream: More of a layer: dream(own)", dream.about());
        assertEquals(Use.IS_ADDED, dream.use());
        assertEquals("caricature(own, 17, 2)", example(kind("caricature", "What a layer sees: caricature(mixed4a, 17, 2).",
                new CaricatureObjective.Kind())).text());
    }

    @Test
    void aPenaltyIsSubtractedAndOneWithoutArgumentsKeepsItsEmptyParentheses() {
        ObjectiveExample alignment = example(kind("alignment", "Differences, to be subtracted: alignment(mixed3b).",
                new AlignmentPenalty.Kind()));
        assertEquals("alignment(own)", alignment.text());
        assertEquals(Use.IS_PENALTY, alignment.use());
        ObjectiveKind plain = (arguments, scene) -> {
            throw new IllegalArgumentException("takes nothing");
        };
        assertEquals("plain()", example(kind("plain", "To be subtracted: plain().", plain)).text());
    }

    @Test
    void aKindThatRefusesEveryGuessKeepsTheExampleOfItsAuthorAndOneWithoutExampleIsLeftOut() {
        ObjectiveKind choosy = (arguments, scene) -> {
            throw new IllegalArgumentException("only on Sundays");
        };
        assertEquals("choosy(sunday)", example(kind("choosy", "For some: choosy(sunday).", choosy)).text());
        assertEquals(5, ObjectiveExample.of(new Unit("own", 3), List.of(kind("mute", "Says nothing.", choosy)), SCENE).size());
    }
}
