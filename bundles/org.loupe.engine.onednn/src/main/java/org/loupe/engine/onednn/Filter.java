package org.loupe.engine.onednn;

import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/**
 * Weights spread over the positions of {@link Slots}.
 *
 * @param groups  1, or more where each group fills whole blocks
 * @param made    positions of the output
 * @param read    positions of the input
 * @param values  (group, output position, input position, row, column)
 */
record Filter(int groups, int made, int read, int rows, int columns, float[] values) {

    /** A convolution's weights, from input positions to output positions. */
    static Filter of(Convolution convolution, Slots in, Slots out, int block) {
        int[] shape = convolution.weights().shape();
        int groups = groups(convolution, in, out, block);
        Filter filter = zeros(groups, out.width(), in.width(), shape[2], shape[3]);
        int area = shape[2] * shape[3];
        int read = shape[1];
        int made = shape[0] / convolution.groups();
        int readInGroup = in.width() / groups;
        for (int output = 0; output < shape[0]; output++) {
            for (int input = 0; input < read; input++) {
                int to = out.positions()[output];
                int from = in.positions()[output / made * read + input] % readInGroup;
                System.arraycopy(convolution.weights().values(), (output * read + input) * area, filter.values,
                        (to * readInGroup + from) * area, area);
            }
        }
        return filter;
    }

    /**
     * Into how many groups the positions fall. Depthwise convolutions keep each channel to itself; other groups are
     * put together until they fill blocks, with zeros between those that do not see each other.
     */
    static int groups(Convolution convolution, Slots in, Slots out, int block) {
        int groups = convolution.groups();
        if (depthwise(convolution.weights(), groups)) {
            return in.width();
        }
        if (in.gaps() || out.gaps() || !in.contiguous() || !out.contiguous()) {
            return 1;
        }
        for (int together = 1; together < groups; together++) {
            if (groups % together == 0 && in.channels() / groups * together % block == 0
                    && out.channels() / groups * together % block == 0) {
                return groups / together;
            }
        }
        return 1;
    }

    /** Whether each channel is convolved by itself, to one channel. */
    static boolean depthwise(Weights weights, int groups) {
        return groups > 1 && weights.shape()[1] == 1 && weights.shape()[0] == groups;
    }

    private static Filter zeros(int groups, int made, int read, int rows, int columns) {
        return new Filter(groups, made, read, rows, columns,
                new float[Math.multiplyExact(Math.multiplyExact(made, read / groups), rows * columns)]);
    }

    /** The weights that carry a gradient from the output to the input when the window steps by 1. */
    Filter reversed() {
        Filter reversed = zeros(groups, read, made, rows, columns);
        int area = rows * columns;
        int madeInGroup = made / groups;
        int readInGroup = read / groups;
        for (int to = 0; to < made; to++) {
            for (int from = 0; from < readInGroup; from++) {
                int source = (to * readInGroup + from) * area;
                int group = to / madeInGroup;
                int target = ((group * readInGroup + from) * madeInGroup + to % madeInGroup) * area;
                for (int element = 0; element < area; element++) {
                    reversed.values[target + area - 1 - element] = values[source + element];
                }
            }
        }
        return reversed;
    }

    /**
     * The weights that carry a gradient to an input of few channels when the window steps by more than 1: a
     * convolution without steps whose output has, for each phase of the steps, the channels of the input.
     *
     * @param channels channels of the input; the phases lie side by side, in row order
     * @param width    positions of the output
     */
    Filter phases(Window window, int channels, int width) {
        int rowJumps = Phases.jumps(window.rows(), window.top(), window.rowStep());
        int columnJumps = Phases.jumps(window.columns(), window.left(), window.columnStep());
        int tall = Phases.taps(window.rows(), window.top(), window.rowStep());
        int wide = Phases.taps(window.columns(), window.left(), window.columnStep());
        Filter phases = zeros(1, width, made, tall, wide);
        for (int phase = 0; phase < window.rowStep() * window.columnStep(); phase++) {
            int rowPhase = phase / window.columnStep() + window.top();
            int columnPhase = phase % window.columnStep() + window.left();
            for (int element = 0; element < tall * wide; element++) {
                int row = window.rowStep() * (rowJumps - element / wide) + rowPhase;
                int column = window.columnStep() * (columnJumps - element % wide) + columnPhase;
                if (row >= 0 && row < rows && column >= 0 && column < columns) {
                    for (int from = 0; from < channels; from++) {
                        for (int to = 0; to < made; to++) {
                            phases.values[((phase * channels + from) * made + to) * tall * wide + element] =
                                    values[((to * read + from) * rows + row) * columns + column];
                        }
                    }
                }
            }
        }
        return phases;
    }

    /** As oneDNN counts them: with a dimension for the groups where there are several. */
    long[] shape() {
        return groups == 1 ? new long[] {made, read, rows, columns}
                : new long[] {groups, made / groups, read / groups, rows, columns};
    }
}
