package org.loupe.core.engine;

import java.util.List;
import org.loupe.core.network.Shape;

/** The sum of inputs of one shape. */
record ReferenceSum(Shape shape) implements ReferenceStep {

    @Override
    public double[] forward(List<double[]> inputs) {
        double[] out = new double[Math.toIntExact(shape.size())];
        inputs.forEach(part -> add(part, out));
        return out;
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        slopes.forEach(part -> add(slope, part));
    }

    private static void add(double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }
}
