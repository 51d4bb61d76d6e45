package org.loupe.core.engine;

import java.util.List;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Shape;

/** Layer normalization over the channels of each position. */
record ReferenceStandardization(LayerNormalization normalization, Shape shape) implements ReferenceStep {

    /** Mean and deviation of the channels at one position. */
    private record Spread(double mean, double deviation) {
    }

    @Override
    public double[] forward(List<double[]> inputs) {
        double[] in = inputs.get(0);
        double[] out = new double[in.length];
        for (int position = 0; position < shape.area(); position++) {
            Spread spread = spread(in, position);
            for (int i = position; i < in.length; i += shape.area()) {
                out[i] = (in[i] - spread.mean) / spread.deviation * scale(i)
                        + normalization.shift().values()[i / shape.area()];
            }
        }
        return out;
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        double[] in = inputs.get(0);
        for (int position = 0; position < shape.area(); position++) {
            Spread spread = spread(in, position);
            double mean = 0;
            double along = 0;
            for (int i = position; i < in.length; i += shape.area()) {
                mean += slope[i] * scale(i) / shape.channels();
                along += slope[i] * scale(i) * (in[i] - spread.mean) / spread.deviation / shape.channels();
            }
            for (int i = position; i < in.length; i += shape.area()) {
                double normal = (in[i] - spread.mean) / spread.deviation;
                slopes.get(0)[i] += (slope[i] * scale(i) - mean - normal * along) / spread.deviation;
            }
        }
    }

    private double scale(int index) {
        return normalization.scale().values()[index / shape.area()];
    }

    private Spread spread(double[] in, int position) {
        double mean = 0;
        for (int i = position; i < in.length; i += shape.area()) {
            mean += in[i] / shape.channels();
        }
        double variance = 0;
        for (int i = position; i < in.length; i += shape.area()) {
            variance += (in[i] - mean) * (in[i] - mean) / shape.channels();
        }
        return new Spread(mean, Math.sqrt(variance + normalization.epsilon()));
    }
}
