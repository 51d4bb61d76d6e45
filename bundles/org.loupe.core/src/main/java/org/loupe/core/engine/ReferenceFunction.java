package org.loupe.core.engine;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** A function of each value, with its derivative. */
record ReferenceFunction(DoubleUnaryOperator function, DoubleUnaryOperator derivative) implements ReferenceStep {

    @Override
    public double[] forward(List<double[]> inputs) {
        double[] out = inputs.get(0).clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = function.applyAsDouble(out[i]);
        }
        return out;
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        double[] in = inputs.get(0);
        for (int i = 0; i < in.length; i++) {
            slopes.get(0)[i] += slope[i] * derivative.applyAsDouble(in[i]);
        }
    }
}
