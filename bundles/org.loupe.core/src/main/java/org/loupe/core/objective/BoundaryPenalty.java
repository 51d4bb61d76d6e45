package org.loupe.core.objective;

import java.util.List;

/**
 * How much there is to see at the edges of a picture: the sum over a frame of {@code (blur(x) - x)^2 + 0.8 (x - 0.5)^2},
 * blurred over 5 by 5 pixels (“penalize boundary complexity” of Lucid). Written {@code boundary()} for a frame of 5
 * pixels, or {@code boundary(20)}.
 */
public final class BoundaryPenalty extends PicturePenalty {

    static final String WORD = "boundary";

    private static final int STANDARD = 5;
    private static final int REACH = 2;
    private static final double GREY = 0.5;
    private static final double GREY_WEIGHT = 0.8;

    private final int width;

    private BoundaryPenalty(int width) {
        super(WORD + "(" + (width == STANDARD ? "" : width) + ")");
        this.width = width;
    }

    /** Makes it of the frame's width in pixels. */
    public static final class Kind implements ObjectiveKind {
        @Override
        public Objective make(List<String> arguments, Scene scene) {
            Words.require(arguments, 0, 1, "boundary(5)");
            double width = Words.number(arguments, 0, STANDARD, "boundary(5)");
            if (width < 1 || width > 1000 || width != Math.rint(width)) {
                throw new IllegalArgumentException("A frame is 1 to 1000 whole pixels wide, not " + arguments.get(0)
                        + ": write boundary(5).");
            }
            return new BoundaryPenalty((int) width);
        }
    }

    @Override
    double plane(float[] values, int from, int rows, int columns, double weight, float[] slope) {
        double[] blurred = new double[rows * columns];
        Blur.apply(values, from, rows, columns, REACH, blurred);
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int i = row * columns + column;
                boolean inside = row >= width && column >= width && row < rows - width && column < columns - width;
                if (inside) {
                    blurred[i] = 0;
                    continue;
                }
                double difference = blurred[i] - values[from + i];
                double contrast = values[from + i] - GREY;
                sum += difference * difference + GREY_WEIGHT * contrast * contrast;
                slope[from + i] += (float) (weight * 2 * (GREY_WEIGHT * contrast - difference));
                blurred[i] = weight * 2 * difference;
            }
        }
        Blur.chain(blurred, rows, columns, REACH, slope, from);
        return sum;
    }
}
