package org.loupe.core.circuit;

import java.util.Arrays;

/** How far two rows of numbers rise and fall together. */
final class Correlation {

    private Correlation() {
    }

    /** Pearson's, from -1 to 1; not a number where either row has only one value. */
    static double of(double[] one, double[] other) {
        double mean = Arrays.stream(one).average().orElse(0);
        double otherMean = Arrays.stream(other).average().orElse(0);
        double both = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < one.length; i++) {
            both += (one[i] - mean) * (other[i] - otherMean);
            squares += (one[i] - mean) * (one[i] - mean);
            otherSquares += (other[i] - otherMean) * (other[i] - otherMean);
        }
        return squares == 0 || otherSquares == 0 ? Double.NaN : both / Math.sqrt(squares * otherSquares);
    }
}
