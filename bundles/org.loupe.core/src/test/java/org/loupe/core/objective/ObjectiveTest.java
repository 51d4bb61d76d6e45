package org.loupe.core.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Tap;

class ObjectiveTest {

    private static Readings random(Objective objective, long seed) {
        Draws draws = new Draws(seed);
        Map<Tap, Batch> batches = new HashMap<>();
        for (Tap tap : objective.taps().stream().sorted().toList()) {
            Batch batch = Batch.zeros(2, 5, 3, 4);
            for (int i = 0; i < batch.values().length; i++) {
                batch.values()[i] = (float) draws.gaussian();
            }
            batches.put(tap, batch);
        }
        return new Readings(batches);
    }

    private static Readings zeros(Readings like) {
        Map<Tap, Batch> batches = new HashMap<>();
        like.batches().forEach((tap, batch) -> batches.put(tap, batch.zeros()));
        return new Readings(batches);
    }

    private static double score(Objective objective, int image, Readings at) {
        return objective.score(image, at, 0, zeros(at));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:2", "a:2@1,3", "a:2@centre", "a.pre:2", "a:2 - 0.5*a:3", "-a:1", "2*a:1 + b:4@0,0 - 3*b:0",
            "a:{0=1,3=-2}", "a:{1=0.5}@2,2", "a:{0=1,3=-2}^1", "b:{2=1,4=1}@centre^2", "a:{1=1}^4 - 0.25*a:0"})
    void gradientsMatchDifferencesAndTextReadsBack(String text) {
        Objective objective = ObjectiveText.parse(text);
        assertEquals(text, objective.toString());
        assertEquals(objective, ObjectiveText.parse(objective.toString()));
        Readings at = random(objective, 11);
        Readings gradient = zeros(at);
        double weight = -1.5;
        objective.score(1, at, weight, gradient);
        for (Tap tap : at.taps()) {
            float[] values = at.at(tap).values();
            for (int i = 0; i < values.length; i++) {
                float kept = values[i];
                float step = 1e-3f;
                values[i] = kept + step;
                double above = score(objective, 1, at);
                values[i] = kept - step;
                double below = score(objective, 1, at);
                values[i] = kept;
                assertEquals(weight * (above - below) / (2 * step), gradient.at(tap).values()[i], 2e-3,
                        text + " at " + tap + " " + i);
            }
        }
    }

    @Test
    void scoresAreLinearInTheirWeights() {
        Objective difference = ObjectiveText.parse("a:1 - 0.5*a:2");
        Readings at = random(difference, 3);
        double expected = score(ObjectiveText.parse("a:1"), 0, at) - 0.5 * score(ObjectiveText.parse("a:2"), 0, at);
        assertEquals(expected, score(difference, 0, at), 1e-12);
        assertEquals(3 * expected, score(difference.times(3), 0, at), 1e-12);
        assertEquals(2 * expected, score(difference.plus(difference), 0, at), 1e-12);
    }

    @Test
    void addingMakesANewObjectiveAndLeavesTheOldAlone() {
        Objective one = ObjectiveText.parse("a:1");
        Objective sum = one.plus(ObjectiveText.parse("a:2"));
        assertNotSame(one, sum);
        assertEquals("a:1", one.toString());
        assertEquals("a:1 + a:2", sum.toString());
        assertEquals("-2*a:1 - 2*a:2", sum.times(-2).toString());
    }

    @Test
    void theDirectionScoreIsThePublishedFormula() {
        Objective objective = ObjectiveText.parse("a:{0=3,1=4}@0,0^2");
        Batch batch = Batch.zeros(1, 2, 1, 1);
        batch.values()[0] = 1;
        batch.values()[1] = 2;
        Readings at = new Readings(Map.of(Tap.after("a"), batch));
        double cosine = 11 / ((1e-4 + Math.sqrt(5)) * (1e-4 + 5));
        assertEquals(11 * cosine * cosine, score(objective, 0, at), 1e-9);
    }

    @Test
    void neuronsStandForTheCentreOfChannels() {
        assertEquals("[a:1@centre, a:2@0,0]", ObjectiveText.parseAll(List.of("a:1", "a:2@0,0"), true).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a:1 a:2", "a:1 +", "a:1 * 2", "0.5*", "a:{}", "a:{1}", "a:{1=0}", "a:1^2", "a:1)", "--a:1"})
    void nonsenseIsRefusedWithAnExample(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> ObjectiveText.parse(text)).getMessage();
        assertTrue(message.contains("mixed4a:12") || message.contains("direction"), message);
    }
}
