package org.loupe.core.visualize;

import java.util.Arrays;

/**
 * How much each pixel has mattered in the making of a picture: the sum over steps of the absolute gradient, shown as an
 * opacity, the mean over colours cut off at its 80th percentile (MACO, Fel et al. 2023).
 */
final class Attribution {

    private static final double PERCENTILE = 0.8;

    private final float[] sums;

    Attribution(int area) {
        this.sums = new float[area];
    }

    /** @param slope gradient with respect to the picture, (3, rows, columns) */
    void add(float[] slope) {
        for (int i = 0; i < slope.length; i++) {
            sums[i % sums.length] += Math.abs(slope[i]);
        }
    }

    void copyTo(float[] values, int from) {
        float[] sorted = sums.clone();
        Arrays.sort(sorted);
        float most = sorted[(int) (PERCENTILE * (sorted.length - 1))];
        for (int i = 0; i < sums.length; i++) {
            values[from + i] = most > 0 ? Math.min(1, sums[i] / most) : 1;
        }
    }
}
