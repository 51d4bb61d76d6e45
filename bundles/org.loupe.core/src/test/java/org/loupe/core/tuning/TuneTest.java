package org.loupe.core.tuning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.stimulus.Curve;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Stimulus;

class TuneTest {

    private static final Observer<Tuned> PATIENT = (done, total, what) -> true;

    private Session session;

    @BeforeEach
    void open() {
        Draws draws = new Draws(5);
        float[] weights = new float[3 * 3 * 7 * 7];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) draws.gaussian();
        }
        Network network = new Network("random", "", new Input(new Shape(3, 32, 32), new float[] {128, 128, 128},
                new float[] {64, 64, 64}), List.of(new Convolution("a.pre", Network.INPUT,
                        new Weights(new int[] {3, 3, 7, 7}, weights), Weights.vector(0, 1, -1), Window.square(7, 2, 3), 1),
                        new Relu("a", "a.pre")), List.of(new Layer("a", "a", "a.pre", "")), List.of());
        session = new ReferenceEngine().open(network);
    }

    @AfterEach
    void close() {
        session.close();
    }

    private Tuned tune(Observer<Tuned> observer, List<String> units, List<String> vary, String with, int reach) {
        return new Tune().run(Material.of(session), new Tune.Arguments(units, "curve", vary, with, reach), observer);
    }

    @Test
    void answersAreWhatTheNetworkSaysToEachStimulusPaintedWhereTheUnitLooks() {
        Tuned tuned = tune(PATIENT, List.of("a:2", "a:0@3,5"), List.of("orientation=0:300:60", "radius=4,8"), "width=2", 0);
        assertEquals(List.of(new Unit("a", 2), Unit.parse("a:0@3,5")), tuned.units());
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 2; j++) {
                Stimulus stimulus = new Stimulus(new Curve(), Setting.parse("width=2 orientation=" + 60 * i + " radius="
                        + (4 + 4 * j), Stimulus.parameters(new Curve(), 32)));
                assertEquals(read(stimulus, 16, 16, false).at(0, 2, 8, 8), tuned.answers().at(0, 0, i, j));
                assertEquals(read(stimulus, 16, 16, true).at(0, 2, 8, 8), tuned.answers().at(1, 0, i, j));
                assertEquals(read(stimulus, 6, 10, true).at(0, 0, 3, 5), tuned.answers().at(1, 1, i, j));
            }
        }
        assertFalse(tuned.isPartial());
    }

    private Batch read(Stimulus stimulus, double row, double column, boolean before) {
        Batch picture = Batch.zeros(1, 3, 32, 32);
        stimulus.paint(picture, 0, row, column);
        Tap tap = new Tap("a", before);
        Readings readings = session.activations(picture, Set.of(tap));
        return readings.at(tap);
    }

    @Test
    void aLayerStandsForAllOfItsChannelsAndNothingIsAskedTwice() {
        assertEquals(List.of(new Unit("a", 1), new Unit("a", 0), new Unit("a", 2)),
                tune(PATIENT, List.of("a:1", "a", "a:0"), List.of("first"), "", 0).units());
    }

    @Test
    void twoSweepsGiveTheCurveOfTheLargestAnswerAtEachAngle() {
        Tuned tuned = tune(PATIENT, List.of("a:1"), List.of("radius=4,6,9", "orientation=0:330:30"), "", 0);
        TuningCurve curve = tuned.curve(0).orElseThrow();
        for (int i = 0; i < 12; i++) {
            double best = Math.max(tuned.answers().at(0, 0, 0, i),
                    Math.max(tuned.answers().at(0, 0, 1, i), tuned.answers().at(0, 0, 2, i)));
            assertEquals(best, curve.answers()[i]);
        }
        assertEquals(curve.highest(), tuned.best(0).answer());
        assertTrue(tune(PATIENT, List.of("a:1"), List.of("radius=4,6,9"), "", 0).curve(0).isEmpty(), "nothing turned");
    }

    @Test
    void withReachTheLargestAnswerAroundTheMiddleCounts() {
        Tuned tuned = tune(PATIENT, List.of("a:1"), List.of("orientation=40"), "", 1);
        Stimulus stimulus = new Stimulus(new Curve(), Setting.parse("orientation=40", Stimulus.parameters(new Curve(), 32)));
        Batch map = read(stimulus, 16, 16, true);
        float largest = Float.NEGATIVE_INFINITY;
        for (int row = 7; row <= 9; row++) {
            for (int column = 7; column <= 9; column++) {
                largest = Math.max(largest, map.at(0, 1, row, column));
            }
        }
        assertEquals(largest, tuned.answers().at(1, 0, 0, 0));
    }

    @Test
    void stoppingKeepsWhatWasMeasured() {
        Tuned tuned = tune((done, total, what) -> done == 0, List.of("a"), List.of("orientation"), "", 0);
        assertTrue(tuned.isPartial());
        assertFalse(Float.isNaN(tuned.answers().at(0, 2, 31, 0)));
        assertTrue(Float.isNaN(tuned.answers().at(0, 2, 32, 0)));
        assertTrue(Double.isNaN(tuned.curve(0).orElseThrow().peak()));
    }

    @Test
    void theSameQuestionGivesTheSameBytesAndTheyAreReadBack() throws IOException {
        Memory one = new Memory();
        Memory other = new Memory();
        Tuned tuned = tune(PATIENT, List.of("a", "a:1@2,3"), List.of("orientation", "radius=5,7"), "ink-hue=20", 0);
        tuned.save(one);
        tune(PATIENT, List.of("a", "a:1@2,3"), List.of("orientation", "radius=5,7"), "ink-hue=20", 0).save(other);
        assertEquals(one.files.keySet(), other.files.keySet());
        one.files.forEach((name, content) -> assertArrayEquals(content, other.files.get(name), name));
        assertEquals(tuned, new Tune().load(one));
        String[] rows = new String(one.files.get("units.csv"), StandardCharsets.UTF_8).split("\n");
        assertEquals(1 + 4, rows.length);
        assertTrue(rows[4].startsWith("\"a:1@2,3\","), rows[4]);
        one.files.put("stimuli.tsv", "stimulus\tcurve".getBytes(StandardCharsets.UTF_8));
        assertThrows(IOException.class, () -> new Tune().load(one));
    }

    @Test
    void questionsThatMakeNoSenseAreRefused() {
        assertThrows(NetworkException.class, () -> tune(PATIENT, List.of("b"), List.of("first"), "", 0));
        assertThrows(NetworkException.class, () -> tune(PATIENT, List.of("a:3"), List.of("first"), "", 0));
        assertThrows(IllegalArgumentException.class,
                () -> tune(PATIENT, List.of("a"), List.of("radius", "radius=5"), "", 0));
        assertThrows(IllegalArgumentException.class,
                () -> tune(PATIENT, List.of("a"), List.of("radius", "width", "arc"), "", 0));
        assertThrows(IllegalArgumentException.class, () -> tune(PATIENT, List.of("a"), List.of("size"), "", 0));
    }

    private static final class Memory implements ResultFiles {
        private final Map<String, byte[]> files = new HashMap<>();

        @Override
        public byte[] read(String name) throws IOException {
            return files.get(name);
        }

        @Override
        public void write(String name, byte[] content) {
            files.put(name, content);
        }
    }
}
