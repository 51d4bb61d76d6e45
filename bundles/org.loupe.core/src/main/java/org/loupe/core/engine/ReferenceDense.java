package org.loupe.core.engine;

import java.util.List;
import org.loupe.core.network.Operation.Dense;

/** A matrix times the input, plus bias. */
record ReferenceDense(Dense dense) implements ReferenceStep {

    @Override
    public double[] forward(List<double[]> inputs) {
        double[] in = inputs.get(0);
        float[] weights = dense.weights().values();
        double[] out = new double[dense.bias().values().length];
        for (int to = 0; to < out.length; to++) {
            double sum = dense.bias().values()[to];
            for (int from = 0; from < in.length; from++) {
                sum += weights[to * in.length + from] * in[from];
            }
            out[to] = sum;
        }
        return out;
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        double[] into = slopes.get(0);
        float[] weights = dense.weights().values();
        for (int to = 0; to < slope.length; to++) {
            for (int from = 0; from < into.length; from++) {
                into[from] += weights[to * into.length + from] * slope[to];
            }
        }
    }
}
