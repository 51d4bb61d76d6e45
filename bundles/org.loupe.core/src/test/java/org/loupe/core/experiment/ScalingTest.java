package org.loupe.core.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Draws;

class ScalingTest {

    private static final int COUNT = 4000;

    private static float[] random(int seed) {
        Draws draws = new Draws(seed);
        float[] values = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            values[i] = (float) draws.gaussian();
        }
        return values;
    }

    private static float[] scaled(Scaling scaling, float[] values) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = scaling.of(values[i]);
        }
        return scaled;
    }

    private static double difference(Scaling scaling, float[] written, float[] unit) {
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += Math.pow(scaling.of(written[i]) - unit[i], 2);
        }
        return sum / COUNT;
    }

    @Test
    void aUnitThatIsTheWrittenOneRectifiedIsFoundAgain() {
        Scaling unit = new Scaling(2, -1.5, true);
        float[] written = random(1);
        for (Scaling found : List.of(Scaling.fitted(written, scaled(unit, written), true),
                Scaling.matched(written, scaled(unit, written), true))) {
            assertEquals(2, found.factor(), 5e-3);
            assertEquals(-1.5, found.constant(), 5e-3);
        }
        Scaling straight = new Scaling(.5, 3, false);
        assertEquals(.5, Scaling.fitted(written, scaled(straight, written), false).factor(), 1e-5);
        assertEquals(3, Scaling.matched(written, scaled(straight, written), false).constant(), 1e-5);
    }

    @Test
    void noOtherThresholdAndFactorIsNearerThanTheFittedOne() {
        float[] written = random(2);
        float[] noise = random(3);
        float[] unit = scaled(new Scaling(1, -.4, true), written);
        for (int i = 0; i < COUNT; i++) {
            unit[i] = Math.max(0, unit[i] + .7f * noise[i]);
        }
        Scaling fitted = Scaling.fitted(written, unit, true);
        double least = difference(fitted, written, unit);
        for (double factor = 0; factor < 3; factor += .05) {
            for (double constant = -2; constant < 2; constant += .05) {
                assertTrue(least <= difference(new Scaling(factor, constant, true), written, unit) + 1e-9, fitted::toString);
            }
        }
        assertTrue(least < difference(Scaling.matched(written, unit, true), written, unit));
    }

    @Test
    void whatSaysNothingOrTheOppositeBecomesTheMean() {
        float[] written = random(4);
        float[] opposite = scaled(new Scaling(-1, 0, true), written);
        float[] flat = new float[COUNT];
        double mean = 0;
        for (float value : opposite) {
            mean += value / COUNT;
        }
        for (Scaling found : List.of(Scaling.fitted(written, opposite, true), Scaling.fitted(written, opposite, false),
                Scaling.fitted(flat, opposite, true), Scaling.matched(flat, opposite, true))) {
            assertEquals(mean, found.of(0), 1e-3, found::toString);
            assertEquals(mean, found.of(1), 2e-3, found::toString);
        }
        assertEquals(0, Scaling.fitted(written, flat, true).of(3), 0);
    }

    @Test
    void theExpressionSaysWhatIsComputed() {
        assertEquals("relu(0.25 * (b:1) - 3.5)", new Scaling(.25, -3.5, true).of("(b:1)"));
        assertEquals("2 * (b:1) + 0", new Scaling(2, 0, false).of("(b:1)"));
        assertEquals("(b:1)", Scaling.NONE.of("(b:1)"));
        assertArrayEquals(new float[] {0, 1.5f}, scaled(new Scaling(1, -.5, true), new float[] {-7, 2}));
    }

    @Test
    void agreementIsThatOfTheScaledValues() {
        PairedMaps maps = new PairedMaps(1);
        Batch written = new Batch(1, 1, 1, 4, new float[] {0, 1, 2, 3});
        Batch layer = new Batch(1, 2, 1, 4, new float[] {9, 9, 9, 9, 0, 0, 1, 2});
        maps.add(written, layer, List.of(1), 1);
        PairedMaps.Agreement same = maps.agreement(0, 0, new Scaling(1, -1, true));
        assertEquals(1, same.correlation(), 1e-12);
        assertEquals(0, same.change(), 1e-12);
        assertEquals(2 * 1.25 - 2 * .75 * .75, same.changeElsewhere(), 1e-12);
        assertEquals(0, maps.agreement(0, 0, new Scaling(0, 1, true)).correlation(), 0);
        assertEquals(.75, maps.agreement(0, 0, new Scaling(0, 1, true)).change(), 1e-12);
    }

    @Test
    void ofLargeMapsEveryPictureGivesSomePositions() {
        PairedMaps maps = new PairedMaps(1);
        Batch large = Batch.zeros(1, 1, 64, 64);
        for (int picture = 0; picture < 3; picture++) {
            maps.add(large, large, List.of(0), 512);
        }
        assertEquals(3 * 512, maps.written(0).length);
        assertEquals(3 * 512, maps.unit(0).length);
    }
}
