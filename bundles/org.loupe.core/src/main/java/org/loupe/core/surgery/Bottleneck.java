package org.loupe.core.surgery;

import java.util.List;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;

/**
 * How a unit reads another through a 1x1 convolution inside of a block: the kernel between them is the sum over the channels of the
 * bottleneck of the weights below times the kernels above, as if the bottleneck's nonlinearity let everything pass.
 *
 * <p>There are many ways to change the upper kernels so that this kernel becomes another. The one that is taken changes only what the
 * unit itself reads of the bottleneck, and what it reads of the other units behind it as little as possible, by least squares.
 *
 * @param above the kernels by which the unit reads the bottleneck; its input is the first channel of that
 * @param below the bottleneck
 * @param input which of the bottleneck's inputs the lower unit is
 */
record Bottleneck(KernelChange.Site above, Convolution below, int input) implements KernelChange.Reading {

    private static final double RIDGE = 1e-6;

    @Override
    public int rows() {
        return above.rows();
    }

    @Override
    public int columns() {
        return above.columns();
    }

    private int width() {
        return below.weights().shape()[0];
    }

    private double weight(int channel, int of) {
        return below.weights().values()[channel * below.weights().shape()[1] + of];
    }

    @Override
    public Bottleneck of(int further) {
        return new Bottleneck(above, below, input + further);
    }

    @Override
    public float[] kernel() {
        double[] sum = new double[above.area()];
        for (int channel = 0; channel < width(); channel++) {
            for (int at = 0; at < sum.length; at++) {
                sum[at] += weight(channel, input) * above.weights().values()[above.first() + channel * sum.length + at];
            }
        }
        float[] kernel = new float[sum.length];
        for (int at = 0; at < sum.length; at++) {
            kernel[at] = (float) sum[at];
        }
        return kernel;
    }

    @Override
    public List<Operation> with(float[] wanted, Network network) {
        float[] before = kernel();
        double[] pull = pull();
        float[] weights = above.weights().values().clone();
        for (int channel = 0; channel < pull.length; channel++) {
            for (int at = 0; at < wanted.length; at++) {
                weights[above.first() + channel * wanted.length + at] += (float) (((double) wanted[at] - before[at]) * pull[channel]);
            }
        }
        return above.withAll(weights, network);
    }

    @Override
    public double spill() {
        double[] pull = pull();
        double most = 0;
        for (int other = 0; other < below.weights().shape()[1]; other++) {
            double share = 0;
            for (int channel = 0; channel < pull.length; channel++) {
                share += pull[channel] * weight(channel, other);
            }
            most = other == input ? most : Math.max(most, Math.abs(share));
        }
        return most;
    }

    /** How much of a change of the kernel each channel of the bottleneck takes; together they make the whole change. */
    private double[] pull() {
        int width = width();
        double[][] products = new double[width][width];
        double trace = 0;
        for (int row = 0; row < width; row++) {
            for (int column = 0; column <= row; column++) {
                for (int of = 0; of < below.weights().shape()[1]; of++) {
                    products[row][column] += weight(row, of) * weight(column, of);
                }
            }
            trace += products[row][row];
        }
        double[] own = new double[width];
        double length = 0;
        for (int channel = 0; channel < width; channel++) {
            products[channel][channel] += RIDGE * trace / width;
            own[channel] = weight(channel, input);
            length += own[channel] * own[channel];
        }
        if (length == 0) {
            throw new IllegalArgumentException("All weights of " + below.name() + " for this unit are 0: nothing that is drawn behind it"
                    + " can reach the unit. Choose another lower unit.");
        }
        double[] pull = solved(products, own);
        double sum = 0;
        for (int channel = 0; channel < width; channel++) {
            sum += pull[channel] * own[channel];
        }
        for (int channel = 0; channel < width; channel++) {
            pull[channel] /= sum;
        }
        return pull;
    }

    /** Solves by Cholesky's decomposition; the lower half of the matrix is used up. */
    private static double[] solved(double[][] matrix, double[] right) {
        int size = right.length;
        double[] solution = right.clone();
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                double sum = matrix[row][column];
                for (int i = 0; i < column; i++) {
                    sum -= matrix[row][i] * matrix[column][i];
                }
                matrix[row][column] = column == row ? Math.sqrt(sum) : sum / matrix[column][column];
            }
        }
        for (int row = 0; row < size; row++) {
            for (int i = 0; i < row; i++) {
                solution[row] -= matrix[row][i] * solution[i];
            }
            solution[row] /= matrix[row][row];
        }
        for (int row = size - 1; row >= 0; row--) {
            for (int i = row + 1; i < size; i++) {
                solution[row] -= matrix[i][row] * solution[i];
            }
            solution[row] /= matrix[row][row];
        }
        return solution;
    }
}
