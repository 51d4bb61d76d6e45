package org.loupe.core.visualize;

/**
 * Adam with Nesterov's momentum (Dozat 2016), climbing, as PyTorch has it: rates 0.9 and 0.999, the momentum
 * {@code 0.9 (1 - 0.96^(0.004 t) / 2)} at step {@code t}, epsilon 1e-8 beside the root.
 */
final class NesterovAdam implements Climber {

    private static final double MEAN_RATE = 0.9;
    private static final double SQUARE_RATE = 0.999;
    private static final double MOMENTUM_DECAY = 0.004;
    private static final float EPSILON = 1e-8f;

    private final double rate;
    private final float[] mean;
    private final float[] square;
    private double product = 1;
    private double squareDecay = 1;
    private int step;

    NesterovAdam(int size, double rate) {
        this.rate = rate;
        this.mean = new float[size];
        this.square = new float[size];
    }

    @Override
    public void climb(float[] parameters, float[] gradient) {
        step++;
        double momentum = momentum(step);
        double next = momentum(step + 1);
        product *= momentum;
        squareDecay *= SQUARE_RATE;
        float ofGradient = (float) (rate * (1 - momentum) / (1 - product));
        float ofMean = (float) (rate * next / (1 - product * next));
        float correction = (float) (1 / (1 - squareDecay));
        Averages.move(mean, gradient, 1 - MEAN_RATE, 0, gradient.length);
        Averages.moveSquares(square, gradient, 1 - SQUARE_RATE, 0, gradient.length);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] += (ofGradient * gradient[i] + ofMean * mean[i])
                    / ((float) Math.sqrt(square[i] * correction) + EPSILON);
        }
    }

    private static double momentum(int step) {
        return MEAN_RATE * (1 - 0.5 * StrictMath.pow(0.96, step * MOMENTUM_DECAY));
    }
}
