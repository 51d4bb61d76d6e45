package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Weights;
import org.loupe.core.tuning.JointCoverage;
import org.loupe.core.tuning.Tune;
import org.loupe.core.tuning.Tuned;
import org.loupe.core.tuning.TuningCurve;

/** What is known of the hand-wired curves must come out of the measurement. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedTuningTest {

    private static final Observer<Tuned> PATIENT = (done, total, what) -> true;

    private Session session;
    private Tuned tuned;

    @BeforeAll
    void open() {
        session = new ReferenceEngine().open(PlantedNetwork.curves().network());
        tuned = tune(session, curveUnits(), List.of("orientation"), "");
    }

    @AfterAll
    void close() {
        session.close();
    }

    private static List<String> curveUnits() {
        List<String> units = new ArrayList<>();
        for (int channel = 0; channel < 8; channel++) {
            units.add("p2:" + channel);
        }
        return units;
    }

    private static Tuned tune(Session session, List<String> units, List<String> vary, String with) {
        return new Tune().run(Material.of(session), new Tune.Arguments(units, "curve", vary, with, 0), PATIENT);
    }

    @Test
    void everyPlantedOrientationIsFoundWithinFiveDegreesOfTheDesignAndOneOfAnExhaustiveSweep() {
        List<TuningCurve> curves = new ArrayList<>();
        for (int curve = 0; curve < 8; curve++) {
            TuningCurve found = tuned.curve(curve).orElseThrow();
            curves.add(found);
            double design = 45 * curve;
            List<String> fine = List.of("orientation=" + (design - 2) + ":" + (design + 2) + ":0.25");
            double exhaustive = tune(session, List.of("p2:" + curve), fine, "").best(0).setting().of("orientation");
            System.out.printf(Locale.ROOT, "curve %.0f: peak %.2f, exhaustive %.2f, mean %.2f, width %.1f, resultant %.2f,"
                    + " echo %.2f%n", design, found.peak(), exhaustive, found.mean(), found.width(), found.resultant(),
                    found.echo());
            assertEquals(0, found.apart(design, found.peak()), 5);
            assertEquals(0, found.apart(exhaustive, found.peak()), 1);
            assertEquals(0, found.apart(design, found.mean()), 5);
        }
        JointCoverage coverage = JointCoverage.of(curves);
        System.out.printf(Locale.ROOT, "together at half: %.2f of the angles, largest gap %.1f%n", coverage.half(),
                coverage.largestGap());
        assertEquals(45, coverage.largestGap(), 2);
        assertTrue(coverage.half() > .7);
    }

    @Test
    void withoutItsNegativeWeightsACurveAnswersTheOppositeCurveToo() {
        List<Operation> positive = session.network().operations().stream()
                .map(one -> one instanceof Convolution convolution && one.name().equals("p2.convolution")
                        ? withoutNegative(convolution) : one).toList();
        Network original = session.network();
        Network edited = new Network(original.name(), original.about(), original.input(), positive, original.layers(),
                original.classes());
        try (Session other = new ReferenceEngine().open(edited)) {
            Tuned after = tune(other, curveUnits(), List.of("orientation=0:350:10"), "");
            for (int curve = 0; curve < 8; curve++) {
                TuningCurve with = tuned.curve(curve).orElseThrow();
                TuningCurve without = after.curve(curve).orElseThrow();
                System.out.printf(Locale.ROOT, "curve %d: echo %.2f, without negative weights %.2f; answers %.0f %%, then"
                        + " %.0f %% of the angles%n", 45 * curve, with.echo(), without.echo(), 100 * with.firing(),
                        100 * without.firing());
                assertTrue(without.echo() > with.echo() + .1);
                assertTrue(without.firing() > with.firing());
            }
        }
    }

    private static Convolution withoutNegative(Convolution convolution) {
        float[] weights = convolution.weights().values().clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.max(0, weights[i]);
        }
        return new Convolution(convolution.name(), convolution.input(),
                new Weights(convolution.weights().shape(), weights), convolution.bias(), convolution.window(),
                convolution.groups());
    }
}
