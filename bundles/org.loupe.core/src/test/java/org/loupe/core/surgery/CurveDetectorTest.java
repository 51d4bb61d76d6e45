package org.loupe.core.surgery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.stimulus.Curve;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Stimulus;

class CurveDetectorTest {

    private static final List<Parameter> PARAMETERS = new CurveDetector().parameters(64);

    /** A layer that looks at every fourth pixel and has nothing to say. */
    private static final Network NETWORK = new Network("blank", "", new Input(new Shape(1, 64, 64), new float[] {128},
            new float[] {64}), List.of(new Convolution("a", Network.INPUT, new Weights(new int[] {1, 1, 1, 1}, new float[1]),
                    Weights.vector(0), Window.square(1, 4, 0), 1)), List.of(new Layer("a", "a", "a", "")), List.of());

    private static double answer(Network network, double orientation, double radius, double ink) {
        List<Parameter> painted = Stimulus.parameters(new Curve(), 64);
        Setting setting = Setting.parse("orientation=" + orientation + " radius=" + radius + " ink=" + ink + " ground="
                + (ink < .5 ? .65 : .25), painted);
        Batch picture = Batch.zeros(1, 1, 64, 64);
        new Stimulus(new Curve(), setting).paint(picture, 0, 32, 32);
        try (Session session = new ReferenceEngine().open(network)) {
            return session.activations(picture, Set.of(Tap.after("a"))).at(Tap.after("a")).at(0, 0, 8, 8);
        }
    }

    @Test
    void itAnswersItsOwnDirectionAndNotTheOppositeOne() {
        Network made = Surgery.apply(NETWORK, "curve", "", List.of("a:0 = curve(orientation=90 radius=14)"), Detectors.builtIn());
        double own = answer(made, 90, 14, .25);
        assertTrue(own > 1, () -> "answers " + own);
        for (double turned : new double[] {0, 180, 270}) {
            assertTrue(answer(made, turned, 14, .25) < .25 * own, () -> turned + "° is not its own");
        }
        assertTrue(answer(made, 90, 14, .65) > .8 * own, "light strokes on dark as well");
        Network dark = Surgery.apply(NETWORK, "curve", "", List.of("a:0 = curve(orientation=90 light=0)"), Detectors.builtIn());
        assertTrue(answer(dark, 90, 14, .65) < .6 * answer(dark, 90, 14, .25), "dark strokes alone");
    }

    @Test
    void directionRadiusAndKindsAreFoundByWhatAUnitAnswers() {
        Setting found = new CurveDetector().matched(Setting.standard(PARAMETERS), Set.of(), stimuli -> stimuli.stream()
                .mapToDouble(CurveDetectorTest::imagined).toArray(), 64);
        assertEquals(217, found.of("orientation"), 3);
        assertEquals(18, found.of("radius"));
        assertEquals(1, found.of("dark"), 1e-9);
        assertEquals(.5, found.of("light"), .01);
        assertEquals(0, found.of("dark-inside"));
        Setting kept = new CurveDetector().matched(Setting.parse("orientation=10 light=.3", PARAMETERS),
                Set.of("orientation", "light"), stimuli -> stimuli.stream().mapToDouble(CurveDetectorTest::imagined).toArray(), 64);
        assertEquals(10, kept.of("orientation"));
        assertEquals(.3, kept.of("light"));
        Setting silent = new CurveDetector().matched(Setting.standard(PARAMETERS), Set.of(), stimuli -> new double[stimuli.size()], 64);
        assertEquals(Setting.standard(PARAMETERS), silent);
    }

    /** A unit that wants dark strokes of radius 18 at 217°, light ones half as much, and no discs. */
    private static double imagined(Stimulus stimulus) {
        Setting setting = stimulus.setting();
        double apart = Math.toRadians(setting.of("orientation") - 217);
        double kind = setting.of("fill") > 0 ? -1 : setting.of("ink") < .5 ? 2 : 1;
        return kind * Math.exp(4 * (Math.cos(apart) - 1) - Math.abs(setting.of("radius") - 18) / 10);
    }
}
