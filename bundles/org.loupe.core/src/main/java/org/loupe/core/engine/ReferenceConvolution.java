package org.loupe.core.engine;

import java.util.List;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;

/**
 * Convolution and, read the other way round, transposed convolution.
 *
 * @param window     of the convolution, from its input to its output
 * @param weights    (output channel, input channel / groups, row, column) of the convolution
 * @param bias       for each channel of what the operation makes
 * @param transposed whether the operation goes from the convolution's output to its input
 */
record ReferenceConvolution(ReferenceWindow window, float[] weights, float[] bias, int groups, boolean transposed)
        implements ReferenceStep {

    static ReferenceStep of(Convolution convolution, Shape in, Shape out) {
        return new ReferenceConvolution(new ReferenceWindow(convolution.window(), in, out),
                convolution.weights().values(), convolution.bias().values(), convolution.groups(), false);
    }

    static ReferenceStep of(TransposedConvolution convolution, Shape in, Shape out) {
        return new ReferenceConvolution(new ReferenceWindow(convolution.window(), out, in),
                convolution.weights().values(), convolution.bias().values(), convolution.groups(), true);
    }

    @Override
    public double[] forward(List<double[]> inputs) {
        Shape shape = transposed ? window.in() : window.out();
        double[] out = new double[Math.toIntExact(shape.size())];
        for (int i = 0; i < out.length; i++) {
            out[i] = bias[i / (shape.rows() * shape.columns())];
        }
        run(inputs.get(0), out, transposed);
        return out;
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        run(slope, slopes.get(0), !transposed);
    }

    private void run(double[] from, double[] to, boolean back) {
        if (back) {
            window.convolveBack(weights, groups, from, to);
        } else {
            window.convolve(weights, groups, from, to);
        }
    }
}
