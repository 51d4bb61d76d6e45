package org.loupe.core.visualize;

/**
 * Adam (Kingma and Ba 2015) climbing: steps along the mean gradient over the root of the mean squared gradient.
 * Exponential rates 0.9 and 0.999, epsilon 1e-8 beside the root, both means corrected for their start at zero.
 */
final class Adam implements Climber {

    private static final double MEAN_RATE = 0.9;
    private static final double SQUARE_RATE = 0.999;
    private static final double EPSILON = 1e-8;

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
        double step = rate * Math.sqrt(1 - squareDecay) / (1 - meanDecay);
        for (int i = 0; i < parameters.length; i++) {
            float slope = gradient[i];
            mean[i] += (float) ((1 - MEAN_RATE) * (slope - mean[i]));
            square[i] += (float) ((1 - SQUARE_RATE) * ((double) slope * slope - square[i]));
            parameters[i] += (float) (step * mean[i] / (Math.sqrt(square[i]) + EPSILON));
        }
    }
}
