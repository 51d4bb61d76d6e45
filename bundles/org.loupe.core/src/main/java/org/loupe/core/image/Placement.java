package org.loupe.core.image;

/**
 * Where each pixel of the picture that a network sees comes from in the picture that is optimised: an affine map,
 * relative to the middles of both, which need not be of one size.
 *
 * <p>{@code source row = rowRow * row + rowColumn * column + rowShift}, and so for the column. All transforms of a
 * step are composed into one map and the picture is sampled once, so that it is blurred once and not once for
 * each of them.
 */
public record Placement(double rowRow, double rowColumn, double rowShift,
        double columnRow, double columnColumn, double columnShift) {

    /** Everything stays where it is. */
    public static final Placement STRAIGHT = new Placement(1, 0, 0, 0, 1, 0);

    private static final int COLOURS = 3;

    /** Height and width of what is optimised and of what is seen. */
    public record Sizes(int rows, int columns, int seenRows, int seenColumns) {

        /** Both of one size. */
        public static Sizes same(int rows, int columns) {
            return new Sizes(rows, columns, rows, columns);
        }

        private boolean isSame() {
            return rows == seenRows && columns == seenColumns;
        }
    }

    /** Followed by a move: what is seen at the middle was {@code rows} down and {@code columns} to the right. */
    Placement moved(double rows, double columns) {
        return new Placement(rowRow, rowColumn, rowShift + rowRow * rows + rowColumn * columns,
                columnRow, columnColumn, columnShift + columnRow * rows + columnColumn * columns);
    }

    /** Followed by a magnification. */
    Placement scaled(double factor) {
        return new Placement(rowRow / factor, rowColumn / factor, rowShift,
                columnRow / factor, columnColumn / factor, columnShift);
    }

    /** Followed by a turn about the middle, anticlockwise as seen. */
    Placement turned(double radians) {
        double cosine = StrictMath.cos(radians);
        double sine = StrictMath.sin(radians);
        return new Placement(rowRow * cosine - rowColumn * sine, rowRow * sine + rowColumn * cosine, rowShift,
                columnRow * cosine - columnColumn * sine, columnRow * sine + columnColumn * cosine, columnShift);
    }

    /**
     * Samples a picture bilinearly; outside of it, everything is grey.
     *
     * @param picture (3, rows, columns), perhaps with more behind it
     * @param seen    (3, seen rows, seen columns) from {@code offset} on is overwritten
     */
    public void apply(float[] picture, Sizes sizes, float[] seen, int offset) {
        if (sizes.isSame() && equals(STRAIGHT)) {
            System.arraycopy(picture, 0, seen, offset, COLOURS * sizes.rows * sizes.columns);
            return;
        }
        new Sampling(this, sizes).sample(picture, seen, offset);
    }

    /**
     * Adds to the gradient with respect to the picture what one with respect to what is seen means for it: the exact
     * adjoint of {@link #apply}.
     *
     * @param slope    (3, seen rows, seen columns) from {@code offset} on
     * @param gradient (3, rows, columns), perhaps with more behind it
     */
    public void chain(float[] slope, int offset, Sizes sizes, float[] gradient) {
        if (sizes.isSame() && equals(STRAIGHT)) {
            for (int i = 0; i < COLOURS * sizes.rows * sizes.columns; i++) {
                gradient[i] += slope[offset + i];
            }
            return;
        }
        new Sampling(this, sizes).scatter(slope, offset, gradient);
    }
}
