package org.loupe.core.objective;

import java.util.List;

/**
 * What a picture loses when it is blurred: half the sum of squared differences to the mean of each pixel's 3 by 3
 * neighbours. Written {@code blur()}.
 */
public final class BlurPenalty extends PicturePenalty {

    static final String WORD = "blur";

    private static final int REACH = 1;

    private BlurPenalty() {
        super(WORD + "()");
    }

    /** Makes it. */
    public static final class Kind implements ObjectiveKind {
        @Override
        public Objective make(List<String> arguments, Scene scene) {
            Words.require(arguments, 0, 0, "blur()");
            return new BlurPenalty();
        }
    }

    @Override
    double plane(float[] values, int from, int rows, int columns, double weight, float[] slope) {
        double[] blurred = new double[rows * columns];
        Blur.apply(values, from, rows, columns, REACH, blurred);
        double sum = 0;
        for (int i = 0; i < blurred.length; i++) {
            double difference = values[from + i] - blurred[i];
            sum += difference * difference / 2;
            slope[from + i] += (float) (weight * difference);
            blurred[i] = -weight * difference;
        }
        Blur.chain(blurred, rows, columns, REACH, slope, from);
        return sum;
    }
}
