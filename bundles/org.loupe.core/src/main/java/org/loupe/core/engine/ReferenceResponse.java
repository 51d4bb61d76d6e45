package org.loupe.core.engine;

import java.util.List;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Shape;

/** Each value divided by a power of the squares of its neighbours in other channels. */
record ReferenceResponse(LocalResponseNormalization normalization, Shape shape) implements ReferenceStep {

    @Override
    public double[] forward(List<double[]> inputs) {
        double[] in = inputs.get(0);
        double[] out = new double[in.length];
        for (int i = 0; i < in.length; i++) {
            out[i] = in[i] * Math.pow(base(in, i), -normalization.beta());
        }
        return out;
    }

    /** {@code y_i = x_i b_i^-beta}, where the square of each neighbour is in {@code b_i}. */
    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        double[] in = inputs.get(0);
        double[] into = slopes.get(0);
        for (int i = 0; i < in.length; i++) {
            double base = base(in, i);
            double power = Math.pow(base, -normalization.beta());
            into[i] += slope[i] * power;
            double factor = -2 * normalization.beta() * normalization.alpha() / normalization.size()
                    * slope[i] * in[i] * power / base;
            for (int near = first(i); near <= last(i); near += shape.area()) {
                into[near] += factor * in[near];
            }
        }
    }

    private double base(double[] in, int index) {
        double sum = 0;
        for (int near = first(index); near <= last(index); near += shape.area()) {
            sum += in[near] * in[near];
        }
        return normalization.bias() + (double) normalization.alpha() / normalization.size() * sum;
    }

    private int first(int index) {
        return index - Math.min(index / shape.area(), (normalization.size() - 1) / 2) * shape.area();
    }

    private int last(int index) {
        return index + Math.min(shape.channels() - 1 - index / shape.area(), normalization.size() / 2) * shape.area();
    }
}
