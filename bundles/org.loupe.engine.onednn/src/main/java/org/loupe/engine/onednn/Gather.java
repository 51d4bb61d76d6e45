package org.loupe.engine.onednn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Shape;

/**
 * Each value of the output is one of the input, or a fill.
 *
 * @param in       shape of the input
 * @param channels for each channel of the output, the input's channel
 * @param rows     for each row of the output, the input's row, or -1 for the fill
 * @param columns  for each column of the output, the input's column, or -1 for the fill
 */
record Gather(int images, Shape in, int[] channels, int[] rows, int[] columns, float fill) implements Fallback {

    /** All values in their order. */
    static Gather all(int images, Shape in) {
        return new Gather(images, in, side(in.channels()), side(in.rows()), side(in.columns()), 0);
    }

    static Gather of(int images, Shape in, Selection selection) {
        int[] channels = selection.channels().stream().mapToInt(Integer::intValue).toArray();
        return new Gather(images, in, channels, side(in.rows()), side(in.columns()), 0);
    }

    static Gather of(int images, Shape in, Crop crop, Shape out) {
        return new Gather(images, in, side(in.channels()),
                IntStream.range(0, out.rows()).map(row -> crop.top() + row * crop.rowStep()).toArray(),
                IntStream.range(0, out.columns()).map(column -> crop.left() + column * crop.columnStep()).toArray(), 0);
    }

    static Gather of(int images, Shape in, Padding padding, Shape out) {
        return new Gather(images, in, side(in.channels()), padded(in.rows(), padding.top(), out.rows(), padding.fill()),
                padded(in.columns(), padding.left(), out.columns(), padding.fill()), padding.value());
    }

    private static int[] side(int count) {
        return IntStream.range(0, count).toArray();
    }

    private static int[] padded(int size, int before, int made, Fill fill) {
        return IntStream.range(-before, made - before).map(at -> at >= 0 && at < size ? at : switch (fill) {
            case CONSTANT -> -1;
            case EDGE -> Math.max(0, Math.min(size - 1, at));
            case REFLECTION -> at < 0 ? -at : 2 * (size - 1) - at;
        }).toArray();
    }

    @Override
    public void forward(List<float[]> from, float[] out) {
        float[] values = from.get(0);
        int area = rows.length * columns.length;
        Parallel.run(images * channels.length, area, plane -> {
            int start = (plane / channels.length * in.channels() + channels[plane % channels.length]) * area(in);
            int at = plane * area;
            for (int row : rows) {
                for (int column : columns) {
                    out[at++] = row < 0 || column < 0 ? fill : values[start + row * in.columns() + column];
                }
            }
        });
    }

    @Override
    public void backward(List<float[]> from, float[] slope, List<float[]> slopes) {
        float[] into = slopes.get(0);
        Arrays.fill(into, 0);
        int area = rows.length * columns.length;
        Parallel.run(images, (long) channels.length * area, image -> {
            for (int channel = 0; channel < channels.length; channel++) {
                int start = (image * in.channels() + channels[channel]) * area(in);
                int at = (image * channels.length + channel) * area;
                for (int row : rows) {
                    for (int column : columns) {
                        if (row >= 0 && column >= 0) {
                            into[start + row * in.columns() + column] += slope[at];
                        }
                        at++;
                    }
                }
            }
        });
    }

    private static int area(Shape shape) {
        return shape.rows() * shape.columns();
    }
}
