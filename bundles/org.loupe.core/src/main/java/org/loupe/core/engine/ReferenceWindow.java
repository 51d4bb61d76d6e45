package org.loupe.core.engine;

import java.util.Arrays;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Window;

/** A window that slides over an input of shape {@code in} and makes an output of shape {@code out}. */
record ReferenceWindow(Window window, Shape in, Shape out) {

    private interface Run {
        /**
         * Neighbours in one row of the output meet neighbours in one row of the input, one column step apart.
         *
         * @param to    index of the first, in a channel of the output
         * @param from  index of what it reads, in a channel of the input
         * @param count how many there are
         */
        void at(int to, int from, int count);
    }

    /** Visits all pairs of positions that meet through one element of the window; padding is left out. */
    private void visit(int windowRow, int windowColumn, Run run) {
        int step = window.columnStep();
        int left = window.left() - windowColumn * window.columnDilation();
        int top = window.top() - windowRow * window.rowDilation();
        int first = Math.max(0, Math.floorDiv(left + step - 1, step));
        int last = Math.min(out.columns() - 1, Math.floorDiv(in.columns() - 1 + left, step));
        int firstRow = Math.max(0, Math.floorDiv(top + window.rowStep() - 1, window.rowStep()));
        int lastRow = Math.min(out.rows() - 1, Math.floorDiv(in.rows() - 1 + top, window.rowStep()));
        if (first > last || firstRow > lastRow) {
            return;
        }
        boolean rowsMeetWhole = step == 1 && window.rowStep() == 1 && left == 0 && in.columns() == out.columns();
        if (rowsMeetWhole) {
            run.at(firstRow * out.columns(), (firstRow - top) * in.columns(), (lastRow - firstRow + 1) * out.columns());
            return;
        }
        for (int row = firstRow; row <= lastRow; row++) {
            int fromRow = row * window.rowStep() - top;
            run.at(row * out.columns() + first, fromRow * in.columns() + first * step - left, last - first + 1);
        }
    }

    private interface Pair {
        /** The window's element {@code (row, column)} of one pair of channels, with the weight that it has there. */
        void at(int to, int from, int row, int column, double weight);
    }

    private void pairs(float[] weights, int groups, Pair pair) {
        int rows = window.rows();
        int columns = window.columns();
        int read = in.channels() / groups;
        int made = out.channels() / groups;
        for (int to = 0; to < out.channels(); to++) {
            for (int input = 0; input < read; input++) {
                for (int element = 0; element < rows * columns; element++) {
                    pair.at(to, to / made * read + input, element / columns, element % columns,
                            weights[(to * read + input) * rows * columns + element]);
                }
            }
        }
    }

    /**
     * Adds the convolution of what is read.
     *
     * @param weights (output channel, input channel / groups, row, column)
     */
    void convolve(float[] weights, int groups, double[] from, double[] to) {
        int step = window.columnStep();
        pairs(weights, groups, (toChannel, fromChannel, row, column, weight) -> visit(row, column, (t, f, count) -> {
            int write = toChannel * out.area() + t;
            int read = fromChannel * in.area() + f;
            for (int i = 0; i < count; i++) {
                to[write + i] += weight * from[read + i * step];
            }
        }));
    }

    /** Adds the gradient of the convolution with respect to its input; {@code from} has the output's shape. */
    void convolveBack(float[] weights, int groups, double[] from, double[] to) {
        int step = window.columnStep();
        pairs(weights, groups, (toChannel, fromChannel, row, column, weight) -> visit(row, column, (t, f, count) -> {
            int read = toChannel * out.area() + t;
            int write = fromChannel * in.area() + f;
            for (int i = 0; i < count; i++) {
                to[write + i * step] += weight * from[read + i];
            }
        }));
    }

    /**
     * For each value of the output, the index of the input's value that wins, the first of equal ones;
     * -1 where the window sees nothing but padding.
     */
    int[] winners(double[] from) {
        int[] winners = new int[Math.toIntExact(out.size())];
        Arrays.fill(winners, -1);
        eachValue((to, candidate) -> {
            if (winners[to] < 0 || from[candidate] > from[winners[to]]) {
                winners[to] = candidate;
            }
        });
        return winners;
    }

    interface Value {
        void at(int to, int from);
    }

    /** Visits what a pooling reads, for each value of the output in row order of the window. */
    void eachValue(Value value) {
        for (int element = 0; element < in.channels() * window.rows() * window.columns(); element++) {
            int channel = element / (window.rows() * window.columns());
            int row = element / window.columns() % window.rows();
            visit(row, element % window.columns(), (t, f, count) -> {
                for (int i = 0; i < count; i++) {
                    value.at(channel * out.area() + t + i, channel * in.area() + f + i * window.columnStep());
                }
            });
        }
    }
}
