package org.loupe.core.image;

/**
 * The logistic function in plain arithmetic, so that it is the same on every machine: {@link Math#exp} need not be,
 * and {@link StrictMath#exp} takes as long as all the rest of rendering a picture.
 */
final class Sigmoid {

    private static final double PER_LOG_TWO = 1 / StrictMath.log(2);
    private static final double LOG_TWO = StrictMath.log(2);
    private static final double LARGEST = 80;

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
}
