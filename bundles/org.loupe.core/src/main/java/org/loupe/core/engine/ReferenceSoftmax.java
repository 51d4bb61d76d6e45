package org.loupe.core.engine;

import java.util.List;
import org.loupe.core.network.Shape;

/** Probabilities over the channels of each position. */
record ReferenceSoftmax(Shape shape) implements ReferenceStep {

    @Override
    public double[] forward(List<double[]> inputs) {
        double[] in = inputs.get(0);
        double[] out = new double[in.length];
        for (int position = 0; position < shape.area(); position++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = position; i < in.length; i += shape.area()) {
                largest = Math.max(largest, in[i]);
            }
            double sum = 0;
            for (int i = position; i < in.length; i += shape.area()) {
                out[i] = Math.exp(in[i] - largest);
                sum += out[i];
            }
            for (int i = position; i < in.length; i += shape.area()) {
                out[i] /= sum;
            }
        }
        return out;
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        for (int position = 0; position < shape.area(); position++) {
            double mean = 0;
            for (int i = position; i < out.length; i += shape.area()) {
                mean += out[i] * slope[i];
            }
            for (int i = position; i < out.length; i += shape.area()) {
                slopes.get(0)[i] += out[i] * (slope[i] - mean);
            }
        }
    }
}
