package org.loupe.core.train;

/**
 * AdamW for one array of weights: Adam (Kingma and Ba 2014) with weight decay that is not part of the gradient
 * (Loshchilov and Hutter 2017), in the order and with the constants of PyTorch.
 */
public final class DecoupledAdam {

    private static final double SECOND_DECAY = 0.999;
    private static final double TINY = 1e-8;

    private final double decay;
    private final float[] first;
    private final float[] second;
    private int steps;

    /**
     * Starts with no memory of gradients.
     *
     * @param size  number of weights
     * @param decay weight decay, multiplied by the rate of each step; 0 for none
     */
    public DecoupledAdam(int size, double decay) {
        this.decay = decay;
        this.first = new float[size];
        this.second = new float[size];
    }

    /**
     * Takes one step down the gradient.
     *
     * @param values   the weights, which are changed
     * @param gradient of the loss with respect to them
     * @param rate     learning rate
     * @param momentum decay of the first moment
     */
    public void step(float[] values, float[] gradient, double rate, double momentum) {
        steps++;
        double firstScale = 1 - StrictMath.pow(momentum, steps);
        double secondScale = Math.sqrt(1 - StrictMath.pow(SECOND_DECAY, steps));
        for (int i = 0; i < values.length; i++) {
            double slope = gradient[i];
            first[i] = (float) (momentum * first[i] + (1 - momentum) * slope);
            second[i] = (float) (SECOND_DECAY * second[i] + (1 - SECOND_DECAY) * slope * slope);
            double change = first[i] / firstScale / (Math.sqrt(second[i]) / secondScale + TINY);
            values[i] = (float) (values[i] * (1 - rate * decay) - rate * change);
        }
    }
}
