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

    private static final float GREY = 0.5f;
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
        int area = sizes.rows * sizes.columns;
        if (sizes.isSame() && equals(STRAIGHT)) {
            System.arraycopy(picture, 0, seen, offset, COLOURS * area);
            return;
        }
        int seenArea = sizes.seenRows * sizes.seenColumns;
        int columns = sizes.columns;
        visit(sizes, (to, from, w00, w01, w10, w11) -> {
            for (int channel = 0; channel < COLOURS; channel++) {
                int at = channel * area + from;
                float value = 0;
                value += w00 == 0 ? 0 : w00 * (picture[at] - GREY);
                value += w01 == 0 ? 0 : w01 * (picture[at + 1] - GREY);
                value += w10 == 0 ? 0 : w10 * (picture[at + columns] - GREY);
                value += w11 == 0 ? 0 : w11 * (picture[at + columns + 1] - GREY);
                seen[offset + channel * seenArea + to] = value + GREY;
            }
        });
    }

    /**
     * Adds to the gradient with respect to the picture what one with respect to what is seen means for it: the exact
     * adjoint of {@link #apply}.
     *
     * @param slope    (3, seen rows, seen columns) from {@code offset} on
     * @param gradient (3, rows, columns), perhaps with more behind it
     */
    public void chain(float[] slope, int offset, Sizes sizes, float[] gradient) {
        int area = sizes.rows * sizes.columns;
        if (sizes.isSame() && equals(STRAIGHT)) {
            for (int i = 0; i < COLOURS * area; i++) {
                gradient[i] += slope[offset + i];
            }
            return;
        }
        int seenArea = sizes.seenRows * sizes.seenColumns;
        int columns = sizes.columns;
        visit(sizes, (to, from, w00, w01, w10, w11) -> {
            for (int channel = 0; channel < COLOURS; channel++) {
                int at = channel * area + from;
                float upstream = slope[offset + channel * seenArea + to];
                if (w00 != 0) {
                    gradient[at] += w00 * upstream;
                }
                if (w01 != 0) {
                    gradient[at + 1] += w01 * upstream;
                }
                if (w10 != 0) {
                    gradient[at + columns] += w10 * upstream;
                }
                if (w11 != 0) {
                    gradient[at + columns + 1] += w11 * upstream;
                }
            }
        });
    }

    /** One pixel that is seen, the upper left of the four it is made of, and their weights; 0 for those outside. */
    private interface Sample {
        void visit(int to, int from, float w00, float w01, float w10, float w11);
    }

    private void visit(Sizes sizes, Sample sample) {
        int rows = sizes.rows;
        int columns = sizes.columns;
        for (int row = 0; row < sizes.seenRows; row++) {
            for (int column = 0; column < sizes.seenColumns; column++) {
                double r = row - (sizes.seenRows - 1) / 2.0;
                double c = column - (sizes.seenColumns - 1) / 2.0;
                double sourceRow = rowRow * r + rowColumn * c + rowShift + (rows - 1) / 2.0;
                double sourceColumn = columnRow * r + columnColumn * c + columnShift + (columns - 1) / 2.0;
                int top = (int) Math.floor(sourceRow);
                int left = (int) Math.floor(sourceColumn);
                float down = (float) (sourceRow - top);
                float right = (float) (sourceColumn - left);
                boolean topIn = top >= 0 && top < rows;
                boolean bottomIn = top + 1 >= 0 && top + 1 < rows;
                boolean leftIn = left >= 0 && left < columns;
                boolean rightIn = left + 1 >= 0 && left + 1 < columns;
                sample.visit(row * sizes.seenColumns + column, top * columns + left,
                        topIn && leftIn ? (1 - down) * (1 - right) : 0,
                        topIn && rightIn ? (1 - down) * right : 0,
                        bottomIn && leftIn ? down * (1 - right) : 0,
                        bottomIn && rightIn ? down * right : 0);
            }
        }
    }
}
