package org.loupe.core.visualize;

/**
 * Adam (Kingma and Ba 2015) climbing: steps along the mean gradient over the root of the mean squared gradient.
 * Exponential rates 0.9 and 0.999, epsilon 1e-8 beside the root, both means corrected for their start at zero.
 */
final class Adam implements Climber {

    private static final double MEAN_RATE = 0.9;
    private static final double SQUARE_RATE = 0.999;
    private static final float EPSILON = 1e-8f;

    private final double rate;
    private final float[] mean;
    private final float[] square;
    private double meanDecay = 1;
    private double squareDecay = 1;

    Adam(int size, double rate) {
        this.rate = rate;
        this.mean = new float[size];
        this.square = new float[size];
    }

    @Override
    public void climb(float[] parameters, float[] gradient) {
        meanDecay *= MEAN_RATE;
        squareDecay *= SQUARE_RATE;
        float step = (float) (rate * Math.sqrt(1 - squareDecay) / (1 - meanDecay));
        // In parts, which are still in the smallest cache when they are read again.
        for (int from = 0; from < parameters.length; from += Averages.TOGETHER) {
            int end = Math.min(parameters.length, from + Averages.TOGETHER);
            Averages.move(mean, gradient, 1 - MEAN_RATE, from, end);
            Averages.moveSquares(square, gradient, 1 - SQUARE_RATE, from, end);
            move(parameters, step, from, end);
        }
    }

    private void move(float[] parameters, float step, int from, int end) {
        for (int i = from; i < end; i++) {
            parameters[i] += step * mean[i] / ((float) Math.sqrt(square[i]) + EPSILON);
        }
    }
}
