package org.loupe.core.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Nets;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;

class ObjectivesTest {

    private static final Network NETWORK = Nets.everything();

    /** A network, and pictures to which every layer answers with random numbers. */
    private static final Scene SCENE = new Scene() {
        @Override
        public Network network() {
            return NETWORK;
        }

        @Override
        public Batch activations(Tap tap, String picture) {
            return random(1, 77 + picture.length());
        }
    };

    private static Batch random(int images, long seed) {
        Draws draws = new Draws(seed);
        Batch batch = Batch.zeros(images, 4, 3, 5);
        for (int i = 0; i < batch.values().length; i++) {
            batch.values()[i] = (float) draws.gaussian();
        }
        return batch;
    }

    private static Objective read(String text) {
        return Objectives.builtIn().read(text, false, SCENE);
    }

    private static Readings random(Objective objective) {
        Map<Tap, Batch> batches = new HashMap<>();
        objective.taps().forEach(tap -> batches.put(tap, random(3, tap.toString().length())));
        return new Readings(batches);
    }

    private static Readings zeros(Readings like) {
        Map<Tap, Batch> batches = new HashMap<>();
        like.batches().forEach((tap, batch) -> batches.put(tap, batch.zeros()));
        return new Readings(batches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dream(conv1)", "dream(conv1.pre)", "inversion(mixed, 3)", "caricature(mixed, 3)",
            "caricature(mixed, dog.png, 2)", "caricature(mixed, 3, 0)", "alignment(mixed)", "similarity(mixed)",
            "class(1)", "l1()", "l1(0.2)", "l2()", "variation()", "blur()", "boundary(1)",
            "mixed:1 - 0.5*variation() + 2*dream(conv1)"})
    void gradientsMatchDifferencesAtAllPicturesAndTextReadsBack(String text) {
        Objective objective = read(text);
        assertEquals(text, objective.toString());
        assertEquals(objective, read(objective.toString()));
        Readings at = random(objective);
        Readings gradient = zeros(at);
        double weight = 1.5;
        objective.score(1, at, weight, gradient);
        for (Tap tap : at.taps()) {
            float[] values = at.at(tap).values();
            for (int i = 0; i < values.length; i++) {
                float kept = values[i];
                float step = 1e-3f;
                values[i] = kept + step;
                double above = objective.score(1, at, 0, zeros(at));
                values[i] = kept - step;
                double below = objective.score(1, at, 0, zeros(at));
                values[i] = kept;
                assertEquals(weight * (above - below) / (2 * step), gradient.at(tap).values()[i], 4e-3,
                        text + " at " + tap + " " + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"l1(),2", "l2(),1.4142137", "variation(),8", "dream(conv1),0.25"})
    void scoresAreTheirDefinition(String text, double expected) {
        Batch checkered = new Batch(1, 1, 2, 2, new float[] {1, -1, -1, 1});
        for (int i = 0; i < 4; i++) {
            checkered.values()[i] = text.startsWith("dream") ? .5f * checkered.values()[i]
                    : text.startsWith("v") ? checkered.values()[i] : (checkered.values()[i] + 1) / 2;
        }
        Objective objective = read(text);
        Readings at = new Readings(Map.of(objective.taps().iterator().next(), checkered));
        assertEquals(text.startsWith("l2") ? 1 : expected, objective.score(0, at, 0, zeros(at)), 1e-5);
    }

    @Test
    void identicalPicturesAreFullySimilarAndThoseOfOtherChannelsNotAtAll() {
        Objective similarity = read("similarity(mixed)");
        Batch two = Batch.zeros(2, 4, 1, 2);
        two.values()[0] = 1;
        two.values()[8] = 3;
        assertEquals(1, similarity.score(0, new Readings(Map.of(Tap.after("mixed"), two)), 0,
                new Readings(Map.of(Tap.after("mixed"), two.zeros()))), 1e-9);
        two.values()[8] = 0;
        two.values()[10] = 3;
        assertEquals(0, similarity.score(0, new Readings(Map.of(Tap.after("mixed"), two)), 0,
                new Readings(Map.of(Tap.after("mixed"), two.zeros()))), 1e-9);
    }

    @Test
    void aPerfectInversionScoresZeroAndACaricatureItsOwnSquare() {
        Objective inversion = read("inversion(mixed, 3)");
        Batch target = SCENE.activations(Tap.after("mixed"), "3");
        Readings at = new Readings(Map.of(Tap.after("mixed"), target));
        assertEquals(0, inversion.score(0, at, 0, zeros(at)), 1e-9);
        double square = InversionObjective.squares(target.values()) / 15;
        assertEquals(square, read("caricature(mixed, 3, 2)").score(0, at, 0, zeros(at)), 1e-4 * square);
    }

    @Test
    void classesAreFoundByNameAndNumberBeforeAnySoftmax() {
        ClassObjective first = (ClassObjective) read("class(0)");
        assertEquals("logits", first.logit().unit().layer());
        String name = NETWORK.classes().isEmpty() ? "0" : NETWORK.classes().get(0);
        assertEquals(first.logit(), ((ClassObjective) read("class(" + name + ")")).logit());
        assertTrue(assertThrows(RuntimeException.class, () -> read("class(unicorn)")).getMessage().contains("unicorn"));
    }

    @Test
    void weightsAndSignsReachKindsThatHaveANameAsTheyReachUnits() {
        Objective sum = read("-inversion(mixed, 3) + .5*dream(conv1)-conv1:2");
        assertEquals("-inversion(mixed, 3) + 0.5*dream(conv1) - conv1:2", sum.toString());
        assertEquals("2*inversion(mixed, 3) - dream(conv1) + 2*conv1:2", sum.times(-2).toString());
    }

    @Test
    void aPluginsKindReadsLikeTheBuiltInOnes() {
        Objectives language = new Objectives(Map.of("twice", (arguments, scene) ->
                new DreamObjective(Tap.after(arguments.get(0))).times(2)));
        assertEquals("2*dream(mixed)", language.read("twice(mixed)", false, SCENE).toString());
        assertThrows(IllegalArgumentException.class, () -> language.read("dream(mixed)", false, SCENE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dream()", "dream(a, b)", "dream(nowhere)", "draem(mixed)", "l1(red)", "boundary(0.5)",
            "boundary(0)", "inversion(mixed)", "caricature(mixed, 3, -1)", "dream(mixed", "dream(mixed,)", "mixed:99",
            "variation(1)", "alignment()", "class()"})
    void nonsenseIsRefusedWithWhatCouldBeWritten(String text) {
        String message = assertThrows(RuntimeException.class, () -> read(text)).getMessage();
        assertTrue(message.length() > 30, message);
    }

    @Test
    void picturesAreRefusedWhereThereAreNone() {
        String message = assertThrows(IllegalArgumentException.class,
                () -> Objectives.builtIn().read("inversion(mixed, 3)", false, Scene.of(NETWORK))).getMessage();
        assertTrue(message.contains("no picture set"), message);
        assertThrows(IllegalArgumentException.class,
                () -> Objectives.builtIn().readAll(List.of(), false, Scene.of(NETWORK)));
    }
}
