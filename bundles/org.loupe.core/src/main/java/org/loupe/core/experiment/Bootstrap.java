package org.loupe.core.experiment;

import java.util.Arrays;
import org.loupe.core.Draws;

/** Intervals from drawing pictures again and again, with replacement (Efron 1979). */
final class Bootstrap {

    private static final double TAIL = 0.025;

    private Bootstrap() {
    }

    /**
     * A number with the interval that holds it in 95 of 100 sets of pictures.
     *
     * @param value mean of what was measured
     * @param low   2.5th percentile of the means of the resamples
     * @param high  97.5th percentile
     */
    record Interval(double value, double low, double high) {
    }

    /** The mean of a number of each picture. NaN throughout where there is no picture. */
    static Interval mean(double[] values, int resamples, long seed) {
        if (values.length == 0) {
            return new Interval(Double.NaN, Double.NaN, Double.NaN);
        }
        Draws draws = new Draws(seed);
        double[] means = new double[resamples];
        for (int resample = 0; resample < resamples; resample++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[draws.below(values.length)];
            }
            means[resample] = sum / values.length;
        }
        Arrays.sort(means);
        int low = (int) Math.floor(TAIL * (resamples - 1));
        return new Interval(Arrays.stream(values).sum() / values.length, means[low], means[resamples - 1 - low]);
    }
}
