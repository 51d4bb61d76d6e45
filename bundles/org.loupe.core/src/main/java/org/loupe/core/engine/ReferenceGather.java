package org.loupe.core.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Shape;

/**
 * Values of the input in other places.
 *
 * @param sources for each value of the output, its index in the input, or -1 for {@code fill}
 */
record ReferenceGather(int[] sources, double fill) implements ReferenceStep {

    static ReferenceStep of(Selection selection, Shape in) {
        return of(in, selection.channels().stream().mapToInt(Integer::intValue).toArray(), range(in.rows()),
                range(in.columns()), 0);
    }

    static ReferenceStep of(Padding padding, Shape in, Shape out) {
        return of(in, range(in.channels()),
                map(out.rows(), row -> inside(padding.fill(), row - padding.top(), in.rows())),
                map(out.columns(), column -> inside(padding.fill(), column - padding.left(), in.columns())),
                padding.value());
    }

    private static int inside(Fill fill, int index, int size) {
        if (index >= 0 && index < size) {
            return index;
        }
        return switch (fill) {
            case CONSTANT -> -1;
            case EDGE -> index < 0 ? 0 : size - 1;
            case REFLECTION -> index < 0 ? -index : 2 * (size - 1) - index;
        };
    }

    static ReferenceStep of(Crop crop, Shape in, Shape out) {
        return of(in, range(in.channels()), map(out.rows(), row -> crop.top() + row * crop.rowStep()),
                map(out.columns(), column -> crop.left() + column * crop.columnStep()), 0);
    }

    static ReferenceStep all(Shape in) {
        return new ReferenceGather(range(Math.toIntExact(in.size())), 0);
    }

    private static ReferenceStep of(Shape in, int[] channels, int[] rows, int[] columns, double fill) {
        int[] sources = new int[channels.length * rows.length * columns.length];
        int next = 0;
        for (int channel : channels) {
            for (int row : rows) {
                for (int column : columns) {
                    sources[next++] = row < 0 || column < 0 ? -1
                            : (channel * in.rows() + row) * in.columns() + column;
                }
            }
        }
        return new ReferenceGather(sources, fill);
    }

    private static int[] range(int size) {
        return map(size, IntUnaryOperator.identity());
    }

    private static int[] map(int size, IntUnaryOperator source) {
        return IntStream.range(0, size).map(source).toArray();
    }

    @Override
    public double[] forward(List<double[]> inputs) {
        return Arrays.stream(sources).mapToDouble(source -> source < 0 ? fill : inputs.get(0)[source]).toArray();
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        for (int i = 0; i < slope.length; i++) {
            if (sources[i] >= 0) {
                slopes.get(0)[sources[i]] += slope[i];
            }
        }
    }
}
