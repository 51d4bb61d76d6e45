package org.loupe.core.objective;

import java.util.List;

/**
 * Total variation: the sum of absolute differences between pixels that are next to each other in a row or a column.
 * Written {@code variation()}.
 */
public final class VariationPenalty extends PicturePenalty {

    static final String WORD = "variation";

    private VariationPenalty() {
        super(WORD + "()");
    }

    /** Makes it. */
    public static final class Kind implements ObjectiveKind {
        @Override
        public Objective make(List<String> arguments, Scene scene) {
            Words.require(arguments, 0, 0, "variation()");
            return new VariationPenalty();
        }
    }

    @Override
    double plane(float[] values, int from, int rows, int columns, double weight, float[] slope) {
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int at = from + row * columns + column;
                if (column + 1 < columns) {
                    sum += step(values, at, at + 1, weight, slope);
                }
                if (row + 1 < rows) {
                    sum += step(values, at, at + columns, weight, slope);
                }
            }
        }
        return sum;
    }

    private static double step(float[] values, int at, int next, double weight, float[] slope) {
        double difference = (double) values[next] - values[at];
        float sign = (float) (weight * Math.signum(difference));
        slope[next] += sign;
        slope[at] -= sign;
        return Math.abs(difference);
    }
}
