package org.loupe.core.engine;

import java.util.List;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Shape;

/** Each channel times a factor, plus a shift. */
record ReferenceScaling(double[] factors, double[] shifts, Shape shape) implements ReferenceStep {

    static ReferenceStep of(BatchNormalization normalization, Shape shape) {
        double[] factors = new double[shape.channels()];
        double[] shifts = new double[shape.channels()];
        for (int channel = 0; channel < factors.length; channel++) {
            factors[channel] = normalization.scale().values()[channel]
                    / Math.sqrt((double) normalization.variance().values()[channel] + normalization.epsilon());
            shifts[channel] = normalization.shift().values()[channel]
                    - normalization.mean().values()[channel] * factors[channel];
        }
        return new ReferenceScaling(factors, shifts, shape);
    }

    @Override
    public double[] forward(List<double[]> inputs) {
        double[] out = inputs.get(0).clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = out[i] * factors[i / shape.area()] + shifts[i / shape.area()];
        }
        return out;
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        for (int i = 0; i < slope.length; i++) {
            slopes.get(0)[i] += slope[i] * factors[i / shape.area()];
        }
    }
}
