package org.loupe.core.image;

/**
 * The logistic function in plain arithmetic, so that it is the same on every machine: {@link Math#exp} need not be,
 * and {@link StrictMath#exp} takes as long as all the rest of rendering a picture. It looks at no bits, so that many
 * numbers are computed at once.
 */
final class Sigmoid {

    private static final double LARGEST = 80;
    private static final int DOUBLINGS = 9;
    private static final double PART = 1.0 / (1 << DOUBLINGS);
    private static final int TOGETHER = 1024;

    private static final float MARGIN = 1 / 255f;

    private Sigmoid() {
    }

    /** Right to 1e-9, before it is rounded to 32 bits. */
    static float of(float value) {
        double[] one = {value};
        each(one, 1);
        return (float) one[0];
    }

    /** Writes the function of some numbers; the same bits as {@link #of(float)}. */
    static void of(float[] from, int at, float[] into, int to, int count) {
        double[] some = new double[Math.min(TOGETHER, count)];
        for (int start = 0; start < count; start += TOGETHER) {
            int length = Math.min(TOGETHER, count - start);
            for (int i = 0; i < length; i++) {
                some[i] = from[at + start + i];
            }
            each(some, length);
            for (int i = 0; i < length; i++) {
                into[to + start + i] = (float) some[i];
            }
        }
    }

    private static void each(double[] values, int count) {
        for (int i = 0; i < count; i++) {
            double r = Math.max(-LARGEST, Math.min(LARGEST, values[i])) * -PART;
            // The series of exp(r) for |r| <= 80 / 512, and then its power of 512.
            double power = 1 + r * (1 + r * (1 / 2.0 + r * (1 / 6.0 + r * (1 / 24.0 + r * (1 / 120.0
                    + r * (1 / 720.0 + r * (1 / 5040.0)))))));
            power *= power;
            power *= power;
            power *= power;
            power *= power;
            power *= power;
            power *= power;
            power *= power;
            power *= power;
            power *= power;
            values[i] = 1 / (1 + power);
        }
    }

    /** The number whose logistic function is nearest to a colour, which is kept one level of 255 away from 0 and 1. */
    static float inverse(float colour) {
        double inside = Math.max(MARGIN, Math.min(1 - MARGIN, colour));
        return (float) StrictMath.log(inside / (1 - inside));
    }
}
