package org.loupe.demo.planted;

import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** Square kernels of a convolution while they are written; positions count from the kernel's middle, in its cells. */
final class Kernels {

    private final int outputs;
    private final int inputs;
    private final int size;
    private final double[] values;
    private final double[] bias;

    Kernels(int outputs, int inputs, int size) {
        this.outputs = outputs;
        this.inputs = inputs;
        this.size = size;
        this.values = new double[outputs * inputs * size * size];
        this.bias = new double[outputs];
    }

    /** Whether a position lies in the kernel or hardly outside. */
    boolean reaches(double row, double column, double margin) {
        return Math.max(Math.abs(row), Math.abs(column)) <= size / 2 + margin;
    }

    /** Adds a Gaussian blob around a position; its values within the kernel sum to {@code amount}. */
    void add(int output, int input, double row, double column, double deviation, double amount) {
        double[] blob = new double[size * size];
        double sum = 0;
        for (int cell = 0; cell < blob.length; cell++) {
            double down = cell / size - size / 2 - row;
            double right = cell % size - size / 2 - column;
            blob[cell] = StrictMath.exp(-(down * down + right * right) / (2 * deviation * deviation));
            sum += blob[cell];
        }
        add(output, input, blob, amount / sum);
    }

    /** Adds a kernel, row by row, times a factor. */
    void add(int output, int input, double[] kernel, double factor) {
        int at = (output * inputs + input) * size * size;
        for (int cell = 0; cell < kernel.length; cell++) {
            values[at + cell] += factor * kernel[cell];
        }
    }

    /** Overwrites all kernels of an output, in the order (input, row, column); what follows is not read. */
    void set(int output, double[] kernel) {
        int each = inputs * size * size;
        System.arraycopy(kernel, 0, values, output * each, each);
    }

    /** Multiplies all kernels of an output. */
    void scale(int output, double factor) {
        int each = inputs * size * size;
        for (int i = output * each; i < (output + 1) * each; i++) {
            values[i] *= factor;
        }
    }

    void bias(int output, double value) {
        bias[output] = value;
    }

    Convolution convolution(String name, String input, int step) {
        return convolution(name, input, step, bias);
    }

    /** The convolution at every position, with no bias. */
    Convolution unbiased(String name, String input) {
        return convolution(name, input, 1, new double[outputs]);
    }

    private Convolution convolution(String name, String input, int step, double[] constants) {
        Weights weights = new Weights(new int[] {outputs, inputs, size, size}, floats(values));
        return new Convolution(name, input, weights, Weights.vector(floats(constants)),
                Window.square(size, step, size / 2), 1);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
