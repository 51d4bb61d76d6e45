package org.loupe.core.circuit;

import java.util.Arrays;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** How filters change from one side of an operation to the other. */
final class Steps {

    private Steps() {
    }

    /** From the output of a convolution to its input: how the unit reads what the convolution reads. */
    static Filter down(Filter above, Convolution step, int inputs) {
        Window window = step.window();
        int rows = (above.rows() - 1) * window.rowStep() + (window.rows() - 1) * window.rowDilation() + 1;
        int columns = (above.columns() - 1) * window.columnStep() + (window.columns() - 1) * window.columnDilation() + 1;
        double[] values = new double[inputs * rows * columns];
        float[] weights = step.weights().values();
        int perGroup = inputs / step.groups();
        int outputsPerGroup = above.channels() / step.groups();
        int area = window.rows() * window.columns();
        boolean isPoint = area == 1 && window.rowStep() == 1 && window.columnStep() == 1;
        int[] places = places(window, columns);
        for (int output = 0; output < above.channels(); output++) {
            if (above.isZero(output)) {
                continue;
            }
            int first = output / outputsPerGroup * perGroup;
            if (isPoint) {
                addPoints(values, first, above, output, weights, perGroup);
                continue;
            }
            for (int place = 0; place < above.area(); place++) {
                double factor = above.values()[output * above.area() + place];
                int start = (first * rows + place / above.columns() * window.rowStep()) * columns
                        + place % above.columns() * window.columnStep();
                int weight = output * perGroup * area;
                for (int i = 0; factor != 0 && i < perGroup; i++, start += rows * columns) {
                    for (int at = 0; at < area; at++, weight++) {
                        values[start + places[at]] += factor * weights[weight];
                    }
                }
            }
        }
        return new Filter(inputs, rows, columns, above.rowStep() * window.rowStep(),
                above.columnStep() * window.columnStep(), above.top() * window.rowStep() - window.top(),
                above.left() * window.columnStep() - window.left(), values, above.pooling());
    }

    /** Where the cells of a window lie in a filter, from its first one. */
    private static int[] places(Window window, int columns) {
        int[] places = new int[window.rows() * window.columns()];
        for (int at = 0; at < places.length; at++) {
            places[at] = at / window.columns() * window.rowDilation() * columns
                    + at % window.columns() * window.columnDilation();
        }
        return places;
    }

    /** A kernel of one weight: whole filters are added up. */
    private static void addPoints(double[] values, int first, Filter above, int output, float[] weights, int perGroup) {
        int area = above.area();
        double[] factors = above.values();
        int from = output * area;
        for (int i = 0; i < perGroup; i++) {
            double weight = weights[output * perGroup + i];
            int to = (first + i) * area;
            for (int place = 0; place < area; place++) {
                values[to + place] += factors[from + place] * weight;
            }
        }
    }

    /** From the input of a convolution to its output: how the convolution's channels read the unit. */
    static Filter up(Filter below, Convolution step, int outputs) {
        Window window = step.window();
        int rows = (window.rows() - 1) * window.rowDilation() * below.rowStep() + below.rows();
        int columns = (window.columns() - 1) * window.columnDilation() * below.columnStep() + below.columns();
        double[] values = new double[outputs * rows * columns];
        float[] weights = step.weights().values();
        int perGroup = below.channels() / step.groups();
        int outputsPerGroup = outputs / step.groups();
        int area = window.rows() * window.columns();
        for (int input = 0; input < below.channels(); input++) {
            if (below.isZero(input)) {
                continue;
            }
            int group = input / perGroup;
            for (int output = group * outputsPerGroup; output < (group + 1) * outputsPerGroup; output++) {
                for (int at = 0; at < area; at++) {
                    double weight = weights[(output * perGroup + input % perGroup) * area + at];
                    int row = at / window.columns() * window.rowDilation() * below.rowStep();
                    int column = at % window.columns() * window.columnDilation() * below.columnStep();
                    for (int place = 0; place < below.area(); place++) {
                        values[(output * rows + row + place / below.columns()) * columns + column
                                + place % below.columns()] += weight * below.values()[input * below.area() + place];
                    }
                }
            }
        }
        return new Filter(outputs, rows, columns, below.rowStep() * window.rowStep(),
                below.columnStep() * window.columnStep(), below.top() - window.top() * below.rowStep(),
                below.left() - window.left() * below.columnStep(), values, below.pooling());
    }

    /** A pooling as the convolution of each channel with the mean over the window. */
    static Convolution mean(String name, String input, Window window, int channels) {
        float[] weights = new float[channels * window.rows() * window.columns()];
        Arrays.fill(weights, 1f / (window.rows() * window.columns()));
        return new Convolution(name, input, new Weights(
                new int[] {channels, 1, window.rows(), window.columns()}, weights),
                new Weights(new int[] {channels}, new float[channels]), window, channels);
    }

    /** From the output of a dense operation to its input, of which it reads the whole map. */
    static Filter down(Filter above, Dense step, Shape input) {
        double[] values = new double[(int) input.size()];
        for (int output = 0; output < above.channels(); output++) {
            double factor = above.values()[output];
            for (int i = 0; factor != 0 && i < values.length; i++) {
                values[i] += factor * step.weights().values()[output * values.length + i];
            }
        }
        return new Filter(input.channels(), input.rows(), input.columns(), 1, 1, 0, 0, values, above.pooling());
    }

    /**
     * From the input of a dense operation to its output.
     *
     * @param below how the input reads the unit at the same position
     */
    static Filter up(Filter below, Dense step, Shape input, int outputs) {
        int rows = (input.rows() - 1) * below.rowStep() + below.rows();
        int columns = (input.columns() - 1) * below.columnStep() + below.columns();
        double[] values = new double[outputs * rows * columns];
        for (int channel = 0; channel < input.channels(); channel++) {
            if (below.isZero(channel)) {
                continue;
            }
            for (int output = 0; output < outputs; output++) {
                for (int at = 0; at < input.area(); at++) {
                    double weight = step.weights().values()[(output * input.channels() + channel) * input.area() + at];
                    for (int place = 0; place < below.area(); place++) {
                        int row = at / input.columns() * below.rowStep() + place / below.columns();
                        int column = at % input.columns() * below.columnStep() + place % below.columns();
                        values[(output * rows + row) * columns + column] +=
                                weight * below.values()[channel * below.area() + place];
                    }
                }
            }
        }
        return new Filter(outputs, rows, columns, 1, 1, below.top(), below.left(), values, below.pooling());
    }

    /** Some channels of a filter. */
    static Filter slice(Filter filter, int from, int count) {
        return filter.with(count, Arrays.copyOfRange(filter.values(), from * filter.area(), (from + count) * filter.area()));
    }

    /** The same with each channel multiplied by a number. */
    static Filter scaled(Filter filter, float[] factors) {
        double[] values = filter.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factors[i / filter.area()];
        }
        return filter.with(filter.channels(), values);
    }
}
