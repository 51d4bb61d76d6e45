package org.loupe.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DecoupledAdamTest {

    @Test
    void theFirstStepIsAsLongAsTheRateWhateverTheGradient() {
        float[] values = {1, 1, 1};
        new DecoupledAdam(3, 0).step(values, new float[] {1e-3f, -50, 0}, 0.1, 0.9);
        assertEquals(0.9, values[0], 1e-5);
        assertEquals(1.1, values[1], 1e-5);
        assertEquals(1, values[2], 0);
    }

    @Test
    void twoStepsAreThoseComputedByHand() {
        float[] values = {0};
        DecoupledAdam adam = new DecoupledAdam(1, 0);
        adam.step(values, new float[] {1}, 0.1, 0.9);
        adam.step(values, new float[] {3}, 0.1, 0.9);
        double first = (0.9 * 0.1 + 0.1 * 3) / (1 - 0.81);
        double second = (0.999 * 0.001 + 0.001 * 9) / (1 - 0.998001);
        assertEquals(-0.1 - 0.1 * first / Math.sqrt(second), values[0], 1e-6);
    }

    @Test
    void decayShrinksWeightsWithoutAGradient() {
        float[] values = {2};
        new DecoupledAdam(1, 0.5).step(values, new float[] {0}, 0.1, 0.9);
        assertEquals(2 * (1 - 0.1 * 0.5), values[0], 1e-6);
    }

    @Test
    void aValleyIsFound() {
        float[] values = {5, -3};
        DecoupledAdam adam = new DecoupledAdam(2, 0);
        for (int step = 0; step < 500; step++) {
            adam.step(values, new float[] {2 * (values[0] - 1), 20 * (values[1] - 2)}, 0.05, 0.9);
        }
        assertTrue(Math.abs(values[0] - 1) < 0.01 && Math.abs(values[1] - 2) < 0.01, values[0] + " and " + values[1]);
    }
}
