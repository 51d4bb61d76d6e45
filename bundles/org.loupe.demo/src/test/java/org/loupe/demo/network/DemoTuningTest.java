package org.loupe.demo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.loupe.core.Material;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.tuning.Tune;
import org.loupe.core.tuning.Tuned;
import org.loupe.core.tuning.TuningCurve;

/** The curve units that docs/demo-network.md names prefer the directions that it gives. */
class DemoTuningTest {

    @Test
    void theNamedCurveUnitsPreferArcsUpDownUpperRightAndLowerLeft() {
        List<String> units = List.of("mixed3b:14", "mixed3b:54", "mixed3b:59", "mixed3b:34");
        double[] named = {270, 90, 315, 135};
        try (Session session = new ReferenceEngine().open(new DemoNetwork().get())) {
            Tuned tuned = new Tune().run(Material.of(session), new Tune.Arguments(units, "curve",
                    List.of("orientation=0:345:15"), "", 0), (done, total, what) -> true);
            for (int unit = 0; unit < units.size(); unit++) {
                TuningCurve curve = tuned.curve(unit).orElseThrow();
                System.out.printf(Locale.ROOT, "%s: peak %.1f, mean %.1f, width %.1f, resultant %.2f, echo %.2f, answers %.0f"
                        + " %% of the angles, highest %.2f%n", units.get(unit), curve.peak(), curve.mean(), curve.width(),
                        curve.resultant(), curve.echo(), 100 * curve.firing(), curve.highest());
                assertEquals(0, curve.apart(named[unit], curve.peak()), 25, units.get(unit));
                assertTrue(curve.echo() < .5 && curve.resultant() > .4, units.get(unit));
            }
        }
    }
}
