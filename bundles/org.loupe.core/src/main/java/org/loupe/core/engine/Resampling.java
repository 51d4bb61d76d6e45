package org.loupe.core.engine;

import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Shape;

/**
 * Where a {@link Resize} takes its values from, along the rows or the columns. All engines start from this, so that no
 * two of them round a position to different neighbours.
 *
 * <p>The output's position {@code i} is {@code (1 - share) * in[lower] + share * in[upper]}. For nearest neighbours the
 * share is 0 and both are the same.
 */
public final class Resampling {

    /** Positions that should be whole are not, by less than this. */
    private static final double ROUNDING = 1e-6;

    private final int[] lower;
    private final int[] upper;
    private final double[] share;

    private Resampling(Resize resize, int from, double scale) {
        int to = Resize.scaled(from, scale);
        lower = new int[to];
        upper = new int[to];
        share = new double[to];
        for (int i = 0; i < to; i++) {
            double position = Math.min(Math.max(position(resize.alignment(), i, to, from, scale), 0), from - 1);
            lower[i] = (int) switch (resize.interpolation()) {
                case NEAREST -> Math.ceil(position - 0.5 - ROUNDING);
                case FLOOR -> Math.floor(position + ROUNDING);
                case LINEAR -> Math.floor(position);
            };
            boolean mixes = resize.interpolation() == Interpolation.LINEAR;
            upper[i] = mixes ? Math.min(lower[i] + 1, from - 1) : lower[i];
            share[i] = mixes ? position - lower[i] : 0;
        }
    }

    private static double position(Alignment alignment, int i, int to, int from, double scale) {
        return switch (alignment) {
            case HALF_PIXEL -> (i + 0.5) / scale - 0.5;
            case ORIGIN -> i / scale;
            case CORNERS -> to == 1 ? 0 : i * (from - 1.0) / (to - 1);
        };
    }

    /** Along the rows of an input of the given shape. */
    public static Resampling ofRows(Resize resize, Shape in) {
        return new Resampling(resize, in.rows(), resize.rowScale());
    }

    /** Along the columns of an input of the given shape. */
    public static Resampling ofColumns(Resize resize, Shape in) {
        return new Resampling(resize, in.columns(), resize.columnScale());
    }

    /** Size of the output. */
    public int size() {
        return lower.length;
    }

    /** Index in the input of the neighbour before a position of the output. */
    public int lower(int position) {
        return lower[position];
    }

    /** Index in the input of the neighbour behind a position of the output. */
    public int upper(int position) {
        return upper[position];
    }

    /** Weight of the upper neighbour, from 0 to 1; the lower one has the rest. */
    public double share(int position) {
        return share[position];
    }
}
