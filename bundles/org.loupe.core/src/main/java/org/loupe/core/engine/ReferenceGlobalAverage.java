package org.loupe.core.engine;

import java.util.List;
import org.loupe.core.network.Shape;

/** The mean of each channel. */
record ReferenceGlobalAverage(Shape shape) implements ReferenceStep {

    @Override
    public double[] forward(List<double[]> inputs) {
        double[] in = inputs.get(0);
        double[] out = new double[shape.channels()];
        int positions = in.length / out.length;
        for (int i = 0; i < in.length; i++) {
            out[i / positions] += in[i] / positions;
        }
        return out;
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        double[] into = slopes.get(0);
        int positions = into.length / slope.length;
        for (int i = 0; i < into.length; i++) {
            into[i] += slope[i / positions] / positions;
        }
    }
}
