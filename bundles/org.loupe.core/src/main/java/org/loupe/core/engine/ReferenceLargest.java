package org.loupe.core.engine;

import java.util.List;
import org.loupe.core.network.Shape;

/** The largest channels of each position; the others become 0. */
record ReferenceLargest(Shape shape, int count) implements ReferenceStep {

    @Override
    public double[] forward(List<double[]> inputs) {
        double[] in = inputs.get(0);
        double[] out = new double[in.length];
        for (int position = 0; position < shape.area(); position++) {
            for (int channel = 0; channel < shape.channels(); channel++) {
                int at = channel * shape.area() + position;
                out[at] = stays(in, position, channel) ? in[at] : 0;
            }
        }
        return out;
    }

    /** Whether fewer than so many channels are larger, or equal and lower. */
    private boolean stays(double[] in, int position, int channel) {
        int before = 0;
        double value = in[channel * shape.area() + position];
        for (int other = 0; other < shape.channels() && before < count; other++) {
            double its = in[other * shape.area() + position];
            before += its > value || its == value && other < channel ? 1 : 0;
        }
        return before < count;
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        double[] in = inputs.get(0);
        for (int i = 0; i < slope.length; i++) {
            if (slope[i] != 0 && stays(in, i % shape.area(), i / shape.area())) {
                slopes.get(0)[i] += slope[i];
            }
        }
    }
}
