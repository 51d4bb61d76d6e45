package org.loupe.core.engine;

import java.util.List;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Window;

/**
 * One operation on one image, by the formulas of its definition. Arrays are in the order (channel, row, column).
 *
 * @param shapes of the inputs
 * @param inputs what the operation reads
 * @param shape  of the output
 */
record ReferenceStep(Operation operation, List<Shape> shapes, List<double[]> inputs, Shape shape) {

    /** The output, as an array of its own. */
    double[] forward() {
        double[] out = new double[Math.toIntExact(shape.size())];
        double[] in = inputs.get(0);
        if (operation instanceof Convolution convolution) {
            window(convolution.window()).convolve(convolution, in, out);
        } else if (operation instanceof MaxPool pool) {
            int[] winners = window(pool.window()).winners(in);
            for (int i = 0; i < out.length; i++) {
                out[i] = winners[i] < 0 ? 0 : in[winners[i]];
            }
        } else if (operation instanceof AveragePool pool) {
            window(pool.window()).average(in, out);
        } else if (operation instanceof BatchNormalization normalization) {
            for (int i = 0; i < out.length; i++) {
                int channel = i / area();
                out[i] = (in[i] - normalization.mean().values()[channel]) * factor(normalization, channel)
                        + normalization.shift().values()[channel];
            }
        } else if (operation instanceof Relu) {
            for (int i = 0; i < out.length; i++) {
                out[i] = Math.max(in[i], 0);
            }
        } else if (operation instanceof GlobalAverage) {
            int positions = in.length / out.length;
            for (int i = 0; i < in.length; i++) {
                out[i / positions] += in[i] / positions;
            }
        } else if (operation instanceof Concatenation) {
            int offset = 0;
            for (double[] part : inputs) {
                System.arraycopy(part, 0, out, offset, part.length);
                offset += part.length;
            }
        } else if (operation instanceof Addition) {
            inputs.forEach(part -> add(part, 0, out));
        } else if (operation instanceof Dense dense) {
            multiply(dense, in, out);
        } else if (operation instanceof Softmax) {
            soften(in, out);
        } else {
            throw new AssertionError(operation);
        }
        return out;
    }

    /**
     * Adds, to the gradients with respect to the inputs, what comes from the gradient with respect to the output.
     *
     * @param out    what {@link #forward} returned
     * @param slope  gradient with respect to the output
     * @param slopes gradients with respect to the inputs; an input that is read twice is there twice
     */
    void backward(double[] out, double[] slope, List<double[]> slopes) {
        double[] in = inputs.get(0);
        double[] into = slopes.get(0);
        if (operation instanceof Convolution convolution) {
            window(convolution.window()).convolveBack(convolution, slope, into);
        } else if (operation instanceof MaxPool pool) {
            int[] winners = window(pool.window()).winners(in);
            for (int i = 0; i < slope.length; i++) {
                if (winners[i] >= 0) {
                    into[winners[i]] += slope[i];
                }
            }
        } else if (operation instanceof AveragePool pool) {
            window(pool.window()).averageBack(slope, into);
        } else if (operation instanceof BatchNormalization normalization) {
            for (int i = 0; i < slope.length; i++) {
                into[i] += slope[i] * factor(normalization, i / area());
            }
        } else if (operation instanceof Relu) {
            for (int i = 0; i < slope.length; i++) {
                into[i] += in[i] > 0 ? slope[i] : 0;
            }
        } else if (operation instanceof GlobalAverage) {
            int positions = in.length / slope.length;
            for (int i = 0; i < in.length; i++) {
                into[i] += slope[i / positions] / positions;
            }
        } else if (operation instanceof Concatenation) {
            int offset = 0;
            for (double[] part : slopes) {
                add(slope, offset, part);
                offset += part.length;
            }
        } else if (operation instanceof Addition) {
            slopes.forEach(part -> add(slope, 0, part));
        } else if (operation instanceof Dense dense) {
            multiplyBack(dense, slope, into);
        } else if (operation instanceof Softmax) {
            softenBack(out, slope, into);
        } else {
            throw new AssertionError(operation);
        }
    }

    private ReferenceWindow window(Window window) {
        return new ReferenceWindow(window, shapes.get(0), shape);
    }

    private int area() {
        return shape.rows() * shape.columns();
    }

    private static double factor(BatchNormalization normalization, int channel) {
        return normalization.scale().values()[channel]
                / Math.sqrt((double) normalization.variance().values()[channel] + normalization.epsilon());
    }

    private static void add(double[] from, int offset, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[offset + i];
        }
    }

    private static void multiply(Dense dense, double[] in, double[] out) {
        float[] weights = dense.weights().values();
        for (int to = 0; to < out.length; to++) {
            double sum = dense.bias().values()[to];
            for (int from = 0; from < in.length; from++) {
                sum += weights[to * in.length + from] * in[from];
            }
            out[to] = sum;
        }
    }

    private static void multiplyBack(Dense dense, double[] slope, double[] into) {
        float[] weights = dense.weights().values();
        for (int to = 0; to < slope.length; to++) {
            for (int from = 0; from < into.length; from++) {
                into[from] += weights[to * into.length + from] * slope[to];
            }
        }
    }

    private void soften(double[] in, double[] out) {
        for (int position = 0; position < area(); position++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = position; i < in.length; i += area()) {
                largest = Math.max(largest, in[i]);
            }
            double sum = 0;
            for (int i = position; i < in.length; i += area()) {
                out[i] = Math.exp(in[i] - largest);
                sum += out[i];
            }
            for (int i = position; i < in.length; i += area()) {
                out[i] /= sum;
            }
        }
    }

    private void softenBack(double[] out, double[] slope, double[] into) {
        for (int position = 0; position < area(); position++) {
            double mean = 0;
            for (int i = position; i < out.length; i += area()) {
                mean += out[i] * slope[i];
            }
            for (int i = position; i < out.length; i += area()) {
                into[i] += out[i] * (slope[i] - mean);
            }
        }
    }
}
