package org.loupe.core.engine;

import java.util.List;
import org.loupe.core.network.Shape;

/** The channels of several inputs, one after the other. */
record ReferenceJoin(Shape shape) implements ReferenceStep {

    @Override
    public double[] forward(List<double[]> inputs) {
        double[] out = new double[Math.toIntExact(shape.size())];
        int offset = 0;
        for (double[] part : inputs) {
            System.arraycopy(part, 0, out, offset, part.length);
            offset += part.length;
        }
        return out;
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        int offset = 0;
        for (double[] part : slopes) {
            for (int i = 0; i < part.length; i++) {
                part[i] += slope[offset + i];
            }
            offset += part.length;
        }
    }
}
