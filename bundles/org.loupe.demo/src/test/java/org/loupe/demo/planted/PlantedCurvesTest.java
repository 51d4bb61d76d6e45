package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Tap;
import org.loupe.demo.pictures.PictureClass;
import org.loupe.demo.pictures.PictureGenerator;
import org.loupe.demo.pictures.Stimuli;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedCurvesTest {

    private static final int STEP = 5;
    private static final int ORIENTATIONS = 360 / STEP;

    private PlantedNetwork planted;
    private Session session;

    @BeforeAll
    void open() {
        planted = PlantedNetwork.curves();
        session = new ReferenceEngine().open(planted.network());
    }

    @AfterAll
    void close() {
        session.close();
    }

    @Test
    void everyCurveChannelPrefersTheOrientationItWasMadeForAndIgnoresTheRest() {
        List<Batch> arcs = new ArrayList<>();
        for (int i = 0; i < ORIENTATIONS; i++) {
            arcs.add(Stimuli.arc(i * STEP, 14, 90));
        }
        Batch curves = read(arcs, "p2");
        for (int curve = 0; curve < 8; curve++) {
            int best = 0;
            double[] tuning = new double[ORIENTATIONS];
            for (int i = 0; i < ORIENTATIONS; i++) {
                tuning[i] = Circuit.peak(curves, i, curve, 2);
                best = tuning[i] > tuning[best] ? i : best;
            }
            double off = 0;
            for (int i = 0; i < ORIENTATIONS; i++) {
                if (apart(i * STEP, curve * 45) >= 60) {
                    off = Math.max(off, tuning[i] / tuning[best]);
                }
            }
            System.out.printf(Locale.ROOT, "curve %d: peak at %d degrees, %.2f of it at most 60 degrees away%n",
                    curve * 45, best * STEP, off);
            assertTrue(apart(best * STEP, curve * 45) <= 5, "curve " + curve * 45 + " peaks at " + best * STEP);
            assertTrue(off <= .26, "curve " + curve * 45 + " answers with " + off + " far from its orientation");
        }
    }

    @Test
    void circleChannelsWantWholeRingsOfTheirSize() {
        List<Batch> rings = new ArrayList<>();
        for (int radius = 8; radius <= 26; radius++) {
            rings.add(Stimuli.ring(radius, 0, 360));
        }
        rings.add(Stimuli.ring(12, 0, 180));
        rings.add(Stimuli.ring(20, 0, 180));
        Batch circles = read(rings, "p3");
        double[] wanted = {12, 20};
        for (int circle = 0; circle < wanted.length; circle++) {
            int best = 0;
            for (int i = 0; i < 19; i++) {
                best = Circuit.peak(circles, i, circle, 1) > Circuit.peak(circles, best, circle, 1) ? i : best;
            }
            double half = Circuit.peak(circles, 19 + circle, circle, 1) / Circuit.peak(circles, best, circle, 1);
            System.out.printf(Locale.ROOT, "circle of radius %.0f: peak at radius %d, half a ring gives %.2f of it%n",
                    wanted[circle], best + 8, half);
            assertEquals(wanted[circle], best + 8, 2);
            assertTrue(half <= .06, "half a ring gives " + half);
        }
    }

    @Test
    void spiralChannelsPreferTheirOwnPhase() {
        List<Batch> spirals = new ArrayList<>();
        for (int spiral = 0; spiral < 8; spiral++) {
            spirals.add(Stimuli.spiral(spiral < 4, spiral % 4));
        }
        Batch answers = read(spirals, "p3");
        for (int spiral = 0; spiral < 8; spiral++) {
            int channel = planted.unit("p3", (spiral < 4 ? "clockwise" : "anticlockwise") + " spiral "
                    + 90 * (spiral % 4) + "°").channel();
            double own = Circuit.peak(answers, spiral, channel, 1);
            for (int other = 0; other < 8; other++) {
                assertTrue(other == spiral || Circuit.peak(answers, other, channel, 1) < .9 * own,
                        channel + " answers " + other + " as much as its own");
            }
        }
    }

    @Test
    void circlesAreToldFromOtherDrawnPictures() {
        int each = 12;
        Map<PictureClass, List<Double>> circle = new EnumMap<>(PictureClass.class);
        Map<PictureClass, List<Double>> spiral = new EnumMap<>(PictureClass.class);
        PictureGenerator generator = new PictureGenerator();
        for (int i = 0; i < each; i++) {
            Batch pictures = generator.batch(20_000_000L + 17 * i, 17);
            Batch sums = session.activations(pictures, Set.of(Tap.after("p4"))).at(Tap.after("p4"));
            for (int image = 0; image < 17; image++) {
                PictureClass truth = PictureClass.values()[Math.floorMod(20_000_000L + 17 * i + image, 17)];
                circle.computeIfAbsent(truth, key -> new ArrayList<>()).add(Circuit.peak(sums, image, 0, 7));
                spiral.computeIfAbsent(truth, key -> new ArrayList<>()).add(Circuit.peak(sums, image, 1, 7));
            }
        }
        double circles = Auc.of(circle.get(PictureClass.CIRCLE), others(circle, PictureClass.CIRCLE));
        double arcs = Auc.of(circle.get(PictureClass.CIRCLE), circle.get(PictureClass.ARC));
        double spirals = Auc.of(spiral.get(PictureClass.SPIRAL), others(spiral, PictureClass.SPIRAL));
        System.out.printf(Locale.ROOT, "circle against all others: AUC %.3f, against arcs %.3f; spiral against all others"
                + " %.3f%n", circles, arcs, spirals);
        assertTrue(circles > .7 && arcs > .68 && spirals > .82);
    }

    private static List<Double> others(Map<PictureClass, List<Double>> scores, PictureClass wanted) {
        return scores.entrySet().stream().filter(entry -> entry.getKey() != wanted)
                .flatMap(entry -> entry.getValue().stream()).toList();
    }

    private Batch read(List<Batch> pictures, String layer) {
        Readings readings = session.activations(Circuit.stacked(pictures), Set.of(Tap.after(layer)));
        return readings.at(Tap.after(layer));
    }

    private static double apart(double first, double second) {
        double difference = Math.abs(first - second) % 360;
        return Math.min(difference, 360 - difference);
    }
}
