package org.loupe.core.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TuningCurveTest {

    private static TuningCurve bumps(double... at) {
        double[] answers = new double[36];
        for (int i = 0; i < answers.length; i++) {
            for (double angle : at) {
                answers[i] += Math.exp(4 * (Math.cos(Math.toRadians(10 * i - angle)) - 1));
            }
        }
        return new TuningCurve(360, 0, answers);
    }

    @Test
    void oneBumpIsADirectionAndTwoOppositeOnesOrNoneAreNot() {
        assertTrue(bumps(70).isDirected());
        assertTrue(!bumps(70, 250).isDirected());
        assertEquals(0, bumps(70, 250).resultant(), 1e-9);
        assertEquals(1, bumps(70, 250).echo(), 1e-9);
        assertTrue(!bumps().isDirected());
    }

    @Test
    void theShareOfAnglesAboveAThresholdShrinksAsItRises() {
        TuningCurve curve = bumps(90);
        assertEquals(1, curve.above(0));
        assertEquals(1 / 36.0, curve.above(.999 * curve.highest()));
        assertEquals(0, curve.above(curve.highest()));
    }

    /** Gaussian bumps around the circle. */
    private static TuningCurve bumps(double period, int count, double width, double... anglesAndHeights) {
        double[] answers = new double[count];
        for (int i = 0; i < count; i++) {
            for (int bump = 0; bump < anglesAndHeights.length; bump += 2) {
                double apart = Math.abs(i * period / count - anglesAndHeights[bump]) % period;
                apart = Math.min(apart, period - apart) / width;
                answers[i] += anglesAndHeights[bump + 1] * Math.exp(-apart * apart / 2);
            }
        }
        return new TuningCurve(period, 0, answers);
    }

    @Test
    void aBumpIsFoundToAFiftiethOfTheStepWhereverItLies() {
        for (double angle : new double[] {.5, 93.2, 178.9, 359.6}) {
            TuningCurve curve = bumps(360, 36, 20, angle, 3);
            assertEquals(0, curve.apart(angle, curve.peak()), .2);
            assertEquals(0, curve.apart(angle, curve.mean()), .2);
            // The width of a Gaussian at half of its height.
            assertEquals(2 * Math.sqrt(2 * Math.log(2)) * 20, curve.width(), 1);
            assertEquals(Math.exp(-Math.pow(Math.toRadians(20), 2) / 2), curve.resultant(), 1e-3);
        }
    }

    @Test
    void theEchoIsTheLargestAnswerOfTheOppositeSide() {
        assertEquals(.4, bumps(360, 72, 15, 80, 2, 275, .8).echo(), .01);
        assertEquals(0, bumps(360, 72, 15, 80, 2, 160, .8).echo(), .01, "eighty degrees away is not opposite");
        assertTrue(Double.isNaN(bumps(180, 72, 15, 80, 2).echo()), "a line has no opposite direction");
    }

    @Test
    void aLineComesRoundAfterHalfATurn() {
        TuningCurve curve = bumps(180, 36, 10, 178, 1);
        assertEquals(178, curve.peak(), .1);
        assertEquals(178, curve.mean(), .1);
        assertEquals(0, curve.apart(179, -1), 1e-9);
    }

    @Test
    void aUnitThatDoesNotAnswerHasNoPreferenceAndOneThatAlwaysDoesHasNoWidth() {
        TuningCurve silent = new TuningCurve(360, 0, new double[36]);
        assertTrue(Double.isNaN(silent.peak()) && Double.isNaN(silent.mean()) && Double.isNaN(silent.width())
                && Double.isNaN(silent.echo()) && Double.isNaN(silent.resultant()));
        assertEquals(0, silent.firing());
        double[] same = new double[36];
        Arrays.fill(same, 2);
        TuningCurve constant = new TuningCurve(360, 0, same);
        assertEquals(360, constant.width());
        assertEquals(0, constant.resultant(), 1e-9);
        assertEquals(1, constant.firing());
        double[] unmeasured = bumps(360, 36, 20, 90, 1).answers();
        unmeasured[30] = Double.NaN;
        assertTrue(Double.isNaN(new TuningCurve(360, 0, unmeasured).peak()), "the peak may be where nothing was measured");
    }

    @Test
    void unitsThatAreSpreadOverTheCircleCoverItAndAMissingOneLeavesAGap() {
        List<TuningCurve> curves = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            curves.add(bumps(360, 72, 22, 45 * i + 3, 1));
        }
        JointCoverage all = JointCoverage.of(curves);
        assertEquals(1, all.half());
        assertEquals(45, all.largestGap(), .5);
        curves.remove(2);
        JointCoverage fewer = JointCoverage.of(curves);
        assertEquals(90, fewer.largestGap(), .5);
        assertEquals(1 - (90 - 51.8) / 360, fewer.half(), .01);
        assertEquals(360, fewer.gaps().stream().mapToDouble(Double::doubleValue).sum(), 1e-6);
    }
}
