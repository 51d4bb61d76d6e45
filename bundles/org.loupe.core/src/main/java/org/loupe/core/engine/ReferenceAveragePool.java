package org.loupe.core.engine;

import java.util.Arrays;
import java.util.List;

/** The mean over a window. */
record ReferenceAveragePool(ReferenceWindow window, boolean countsPadding) implements ReferenceStep {

    @Override
    public double[] forward(List<double[]> inputs) {
        int[] counts = counts();
        double[] in = inputs.get(0);
        double[] out = new double[counts.length];
        window.eachValue((to, from) -> out[to] += in[from] / counts[to]);
        return out;
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        int[] counts = counts();
        double[] into = slopes.get(0);
        window.eachValue((to, from) -> into[from] += slope[to] / counts[to]);
    }

    /** For each value of the output, how many elements of the window count. */
    private int[] counts() {
        int[] counts = new int[Math.toIntExact(window.out().size())];
        if (countsPadding) {
            Arrays.fill(counts, window.window().rows() * window.window().columns());
        } else {
            window.eachValue((to, from) -> counts[to]++);
        }
        return counts;
    }
}
