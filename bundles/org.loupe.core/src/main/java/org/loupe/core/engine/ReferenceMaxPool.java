package org.loupe.core.engine;

import java.util.List;

/** The largest value in a window. */
record ReferenceMaxPool(ReferenceWindow window) implements ReferenceStep {

    @Override
    public double[] forward(List<double[]> inputs) {
        double[] in = inputs.get(0);
        int[] winners = window.winners(in);
        double[] out = new double[winners.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = winners[i] < 0 ? 0 : in[winners[i]];
        }
        return out;
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        int[] winners = window.winners(inputs.get(0));
        for (int i = 0; i < slope.length; i++) {
            if (winners[i] >= 0) {
                slopes.get(0)[winners[i]] += slope[i];
            }
        }
    }
}
