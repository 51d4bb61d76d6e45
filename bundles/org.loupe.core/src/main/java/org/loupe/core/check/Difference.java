package org.loupe.core.check;

import java.util.Arrays;
import org.loupe.core.Batch;

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

    private static final int GRID = 8;

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

    /**
     * Compares gradients with respect to pictures, part by part of a grid over the picture, and leaves out the quarter
     * of the parts that differ most.
     *
     * <p>Where an activation is zero but for rounding, two right engines may take it for positive and negative, and the
     * gradient differs around the pixels that it sees by a share of about 0.001. An engine that is wrong is wrong
     * everywhere, or along the border, which is almost half of the parts.
     */
    static Difference ofGradients(Batch found, Batch expected) {
        Difference whole = of(found.values(), expected.values());
        if (whole.absolute == 0 || Double.isInfinite(whole.relative)) {
            return whole;
        }
        int gridRows = Math.min(GRID, expected.rows());
        int gridColumns = Math.min(GRID, expected.columns());
        double[] apart = new double[gridRows * gridColumns];
        double size = 0;
        for (int i = 0; i < expected.values().length; i++) {
            int position = i % expected.area();
            int part = position / expected.columns() * gridRows / expected.rows() * gridColumns
                    + position % expected.columns() * gridColumns / expected.columns();
            double difference = (double) found.values()[i] - expected.values()[i];
            apart[part] += difference * difference;
            size += (double) expected.values()[i] * expected.values()[i];
        }
        Arrays.sort(apart);
        double counted = apart[(apart.length - 1) * 3 / 4];
        return new Difference(counted == 0 ? 0 : Math.sqrt(counted / (size / apart.length)), whole.absolute);
    }

    /** The larger of each number. */
    public Difference or(Difference other) {
        return new Difference(Math.max(relative, other.relative), Math.max(absolute, other.absolute));
    }
}
