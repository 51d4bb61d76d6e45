package org.loupe.engine.onednn;

import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Shape;

/** Finds the values of a picture of another size between those that there are, first along columns, then along rows. */
record Interpolating(int planes, Axis rows, Axis columns) implements Fallback {

    /**
     * One direction.
     *
     * @param size  of the input
     * @param low   for each position of the output, the one of the input below
     * @param high  the one above
     * @param share how much the one above counts, from 0 to 1
     */
    record Axis(int size, int[] low, int[] high, float[] share) {

        static Axis of(Resize resize, int size, int made, double scale) {
            Axis axis = new Axis(size, new int[made], new int[made], new float[made]);
            for (int i = 0; i < made; i++) {
                double at = switch (resize.alignment()) {
                    case HALF_PIXEL -> (i + 0.5) / scale - 0.5;
                    case ORIGIN -> i / scale;
                    case CORNERS -> made == 1 ? 0 : (double) i * (size - 1) / (made - 1);
                };
                double low = resize.interpolation() == Interpolation.NEAREST ? Math.ceil(at - 0.5) : Math.floor(at);
                axis.low[i] = axis.clamp(low);
                axis.high[i] = axis.clamp(low + 1);
                axis.share[i] = resize.interpolation() == Interpolation.LINEAR ? (float) (at - low) : 0;
            }
            return axis;
        }

        private int clamp(double position) {
            return (int) Math.max(0, Math.min(size - 1, position));
        }

        int made() {
            return low.length;
        }
    }

    static Interpolating of(int images, Resize resize, Shape in, Shape out) {
        return new Interpolating(images * in.channels(), Axis.of(resize, in.rows(), out.rows(), resize.rowScale()),
                Axis.of(resize, in.columns(), out.columns(), resize.columnScale()));
    }

    @Override
    public void forward(List<float[]> in, float[] out) {
        float[] values = in.get(0);
        int wide = columns.made();
        Parallel.run(planes, (long) rows.made() * wide, plane -> {
            int from = plane * rows.size() * columns.size();
            int to = plane * rows.made() * wide;
            for (int row = 0; row < rows.made(); row++) {
                int low = from + rows.low()[row] * columns.size();
                int high = from + rows.high()[row] * columns.size();
                float share = rows.share()[row];
                for (int column = 0; column < wide; column++) {
                    float below = along(values, low, column);
                    out[to++] = share == 0 ? below : below + share * (along(values, high, column) - below);
                }
            }
        });
    }

    private float along(float[] values, int row, int column) {
        float one = values[row + columns.low()[column]];
        float share = columns.share()[column];
        return share == 0 ? one : one + share * (values[row + columns.high()[column]] - one);
    }

    @Override
    public void backward(List<float[]> in, float[] slope, List<float[]> slopes) {
        float[] into = slopes.get(0);
        int wide = columns.made();
        Parallel.run(planes, (long) rows.made() * wide, plane -> {
            int start = plane * rows.size() * columns.size();
            Arrays.fill(into, start, start + rows.size() * columns.size(), 0);
            int at = plane * rows.made() * wide;
            for (int row = 0; row < rows.made(); row++) {
                float share = rows.share()[row];
                for (int column = 0; column < wide; column++) {
                    spread(into, start + rows.low()[row] * columns.size(), column, slope[at] * (1 - share));
                    spread(into, start + rows.high()[row] * columns.size(), column, slope[at] * share);
                    at++;
                }
            }
        });
    }

    private void spread(float[] into, int row, int column, float slope) {
        float share = columns.share()[column];
        into[row + columns.low()[column]] += slope * (1 - share);
        into[row + columns.high()[column]] += slope * share;
    }
}
