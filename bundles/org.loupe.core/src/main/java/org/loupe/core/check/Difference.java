package org.loupe.core.check;

/**
 * How far two arrays of numbers are apart.
 *
 * @param relative length of the difference by the length of what was expected, in the L2 norm; infinite where a number
 *                 is not finite, or where nothing but zeros was expected and something else came
 * @param absolute the largest difference of two numbers
 */
public record Difference(double relative, double absolute) {

    /** No difference. */
    public static final Difference NONE = new Difference(0, 0);

    /** Compares {@code found[i]} with {@code expected[i]} for as many numbers as there are. */
    public static Difference of(float[] found, float[] expected) {
        double apart = 0;
        double size = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs((double) found[i] - expected[i]);
            apart += difference * difference;
            size += (double) expected[i] * expected[i];
            largest = difference > largest ? difference : largest;
        }
        if (!Double.isFinite(apart) || !Double.isFinite(size)) {
            return new Difference(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        return new Difference(apart == 0 ? 0 : Math.sqrt(apart / size), largest);
    }

    /** The larger of each number. */
    public Difference or(Difference other) {
        return new Difference(Math.max(relative, other.relative), Math.max(absolute, other.absolute));
    }
}
