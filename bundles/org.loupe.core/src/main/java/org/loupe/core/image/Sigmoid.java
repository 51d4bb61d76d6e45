package org.loupe.core.image;

/**
 * The logistic function in plain arithmetic, so that it is the same on every machine: {@link Math#exp} need not be,
 * and {@link StrictMath#exp} takes as long as all the rest of rendering a picture.
 */
final class Sigmoid {

    private static final double PER_LOG_TWO = 1 / StrictMath.log(2);
    private static final double LOG_TWO = StrictMath.log(2);
    private static final double LARGEST = 80;

    private static final float MARGIN = 1 / 255f;

    private Sigmoid() {
    }

    /** Right to 1e-9, before it is rounded to 32 bits. */
    static float of(float value) {
        double x = -Math.max(-LARGEST, Math.min(LARGEST, value));
        double twos = Math.rint(x * PER_LOG_TWO);
        double r = x - twos * LOG_TWO;
        // The series of exp(r) for |r| <= log(2) / 2.
        double series = 1 + r * (1 + r * (1 / 2.0 + r * (1 / 6.0 + r * (1 / 24.0 + r * (1 / 120.0
                + r * (1 / 720.0 + r / 5040.0))))));
        double exponential = series * Double.longBitsToDouble((long) (twos + 1023) << 52);
        return (float) (1 / (1 + exponential));
    }

    /** The number whose logistic function is nearest to a colour, which is kept one level of 255 away from 0 and 1. */
    static float inverse(float colour) {
        double inside = Math.max(MARGIN, Math.min(1 - MARGIN, colour));
        return (float) StrictMath.log(inside / (1 - inside));
    }
}
