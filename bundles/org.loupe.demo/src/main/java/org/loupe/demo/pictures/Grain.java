package org.loupe.demo.pictures;

import org.loupe.core.Draws;

/**
 * Fine noise, nearly normally distributed: the sum of four uniform numbers, which costs a tenth of a true normal
 * one and differs only beyond three standard deviations.
 */
final class Grain {

    /** Standard deviation of the sum of four whole numbers from 0 to 65535. */
    private static final double DEVIATION = Math.sqrt(4 * (65536.0 * 65536.0 - 1) / 12);
    private static final int MEAN = 2 * 65535;

    private final Draws draws;

    Grain(Draws draws) {
        this.draws = draws;
    }

    /** Adds noise of the given standard deviation to every value. */
    void add(float[] values, double deviation) {
        float factor = (float) (deviation / DEVIATION);
        for (int i = 0; i < values.length; i++) {
            long bits = draws.bits();
            int sum = (int) (bits & 0xFFFF) + (int) (bits >>> 16 & 0xFFFF) + (int) (bits >>> 32 & 0xFFFF)
                    + (int) (bits >>> 48);
            values[i] += factor * (sum - MEAN);
        }
    }
}
