package org.loupe.core.objective;

/** The mean over a square around each pixel, of as many pixels as the picture has there. */
final class Blur {

    private Blur() {
    }

    /**
     * Blurs one plane.
     *
     * @param reach of the square to each side
     * @param to    (rows, columns), is overwritten
     */
    static void apply(float[] values, int from, int rows, int columns, int reach, double[] to) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int top = Math.max(0, row - reach);
                int bottom = Math.min(rows - 1, row + reach);
                int left = Math.max(0, column - reach);
                int right = Math.min(columns - 1, column + reach);
                double sum = 0;
                for (int r = top; r <= bottom; r++) {
                    for (int c = left; c <= right; c++) {
                        sum += values[from + r * columns + c];
                    }
                }
                to[row * columns + column] = sum / ((bottom - top + 1) * (right - left + 1));
            }
        }
    }

    /** Adds to {@code slope} what a gradient with respect to the blurred plane means for the plane: the adjoint. */
    static void chain(double[] upstream, int rows, int columns, int reach, float[] slope, int from) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int top = Math.max(0, row - reach);
                int bottom = Math.min(rows - 1, row + reach);
                int left = Math.max(0, column - reach);
                int right = Math.min(columns - 1, column + reach);
                float share = (float) (upstream[row * columns + column] / ((bottom - top + 1) * (right - left + 1)));
                for (int r = top; share != 0 && r <= bottom; r++) {
                    for (int c = left; c <= right; c++) {
                        slope[from + r * columns + c] += share;
                    }
                }
            }
        }
    }
}
