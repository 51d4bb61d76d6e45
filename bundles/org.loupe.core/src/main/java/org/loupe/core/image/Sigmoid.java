package org.loupe.core.image;

/**
 * The logistic function in plain arithmetic, so that it is the same on every machine: {@link Math#exp} need not be,
 * and {@link StrictMath#exp} takes as long as all the rest of rendering a picture. It looks at no bits and stays with 32
 * of them, so that many numbers are computed at once.
 *
 * <p>It follows {@code exp(x) - 1}, which keeps its digits when it is doubled: {@code exp(2x) - 1 = m (2 + m)}.
 */
final class Sigmoid {

    private static final float LARGEST = 80;
    private static final int DOUBLINGS = 8;
    private static final float PART = 1f / (1 << DOUBLINGS);
    private static final int TOGETHER = 1024;

    private static final float MARGIN = 1 / 255f;

    private Sigmoid() {
    }

    /** Right to 2e-7, and to 1e-5 of itself. */
    static float of(float value) {
        float[] one = {value};
        each(one, 1);
        return one[0];
    }

    /** Writes the function of some numbers; the same bits as {@link #of(float)}. */
    static void of(float[] from, int at, float[] into, int to, int count) {
        float[] some = new float[Math.min(TOGETHER, count)];
        for (int start = 0; start < count; start += TOGETHER) {
            int length = Math.min(TOGETHER, count - start);
            System.arraycopy(from, at + start, some, 0, length);
            each(some, length);
            System.arraycopy(some, 0, into, to + start, length);
        }
    }

    /** Replaces numbers by the function of them; the same bits as {@link #of(float)}. */
    static void each(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            float r = Math.max(-LARGEST, Math.min(LARGEST, values[i])) * -PART;
            // The series of exp(r) - 1 for |r| <= 80 / 256, and then doubled eight times.
            float m = r * (1 + r * (1 / 2f + r * (1 / 6f + r * (1 / 24f + r * (1 / 120f + r * (1 / 720f))))));
            m *= 2 + m;
            m *= 2 + m;
            m *= 2 + m;
            m *= 2 + m;
            m *= 2 + m;
            m *= 2 + m;
            m *= 2 + m;
            m *= 2 + m;
            values[i] = 1 / (2 + m);
        }
    }

    /** The number whose logistic function is nearest to a colour, which is kept one level of 255 away from 0 and 1. */
    static float inverse(float colour) {
        double inside = Math.max(MARGIN, Math.min(1 - MARGIN, colour));
        return (float) StrictMath.log(inside / (1 - inside));
    }
}
