package org.loupe.core.train;

/**
 * A learning rate that rises to a peak and falls again, along cosines, with momentum going the other way (Smith and
 * Topin 2017; the same numbers as PyTorch's {@code OneCycleLR} with {@code final_div_factor = endDivisor /
 * startDivisor}).
 *
 * @param peak         the highest rate
 * @param warmUp       share of all steps in which the rate rises, between 0 and 1
 * @param startDivisor the first rate is the peak divided by this
 * @param endDivisor   the last rate is the peak divided by this
 */
public record OneCycle(double peak, double warmUp, double startDivisor, double endDivisor) {

    private static final double MOST_MOMENTUM = 0.95;
    private static final double LEAST_MOMENTUM = 0.85;

    public OneCycle {
        if (!(peak > 0) || !(warmUp > 0 && warmUp < 1) || !(startDivisor >= 1) || !(endDivisor >= 1)) {
            throw new IllegalArgumentException("No learning rate goes to " + peak + " within the share " + warmUp
                    + " of all steps, from 1/" + startDivisor + " and to 1/" + endDivisor + " of it");
        }
    }

    /** The rate of a step, counted from 0, of so many. */
    public double rate(long step, long steps) {
        return between(step, steps, peak / startDivisor, peak, peak / endDivisor);
    }

    /** The decay of Adam's first moment in a step, counted from 0, of so many. */
    public double momentum(long step, long steps) {
        return between(step, steps, MOST_MOMENTUM, LEAST_MOMENTUM, MOST_MOMENTUM);
    }

    private double between(long step, long steps, double start, double middle, double end) {
        double turn = Math.max(warmUp * steps - 1, 0);
        if (step <= turn && turn > 0) {
            return cosine(start, middle, step / turn);
        }
        return cosine(middle, end, Math.min(1, (step - turn) / Math.max(steps - 1 - turn, 1)));
    }

    private static double cosine(double from, double to, double share) {
        return to + (from - to) / 2 * (1 + StrictMath.cos(Math.PI * share));
    }
}
