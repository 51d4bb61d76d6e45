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
        Line line = new Line(sizes);
        for (int row = 0; row < sizes.seenRows; row++) {
            line.find(this, row);
            for (int channel = 0; channel < COLOURS; channel++) {
                line.sample(picture, channel * area, seen,
                        offset + (channel * sizes.seenRows + row) * sizes.seenColumns);
            }
        }
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
        Line line = new Line(sizes);
        for (int row = 0; row < sizes.seenRows; row++) {
            line.find(this, row);
            for (int channel = 0; channel < COLOURS; channel++) {
                line.scatter(slope, offset + (channel * sizes.seenRows + row) * sizes.seenColumns, gradient,
                        channel * area);
            }
        }
    }

    /** Where the pixels of one row that is seen come from: four neighbours each, with their weights. */
    private static final class Line {
        private final int rows;
        private final int columns;
        private final int seenRows;
        private final int seenColumns;
        private final double[] sourceRows;
        private final double[] sourceColumns;
        /** The upper left of the four. */
        private final int[] tops;
        private final int[] lefts;
        private final float[] down;
        private final float[] right;
        /** The pixels all of whose neighbours are inside follow each other. */
        private int first;
        private int end;

        Line(Sizes sizes) {
            rows = sizes.rows;
            columns = sizes.columns;
            seenRows = sizes.seenRows;
            seenColumns = sizes.seenColumns;
            sourceRows = new double[seenColumns];
            sourceColumns = new double[seenColumns];
            tops = new int[seenColumns];
            lefts = new int[seenColumns];
            down = new float[seenColumns];
            right = new float[seenColumns];
        }

        void find(Placement placement, int row) {
            double r = row - (seenRows - 1) / 2.0;
            for (int column = 0; column < seenColumns; column++) {
                double c = column - (seenColumns - 1) / 2.0;
                sourceRows[column] = placement.rowRow * r + placement.rowColumn * c + placement.rowShift + (rows - 1) / 2.0;
                sourceColumns[column] = placement.columnRow * r + placement.columnColumn * c + placement.columnShift
                        + (columns - 1) / 2.0;
            }
            first = seenColumns;
            end = 0;
            for (int column = 0; column < seenColumns; column++) {
                int top = floor(sourceRows[column]);
                int left = floor(sourceColumns[column]);
                tops[column] = top;
                lefts[column] = left;
                down[column] = (float) (sourceRows[column] - top);
                right[column] = (float) (sourceColumns[column] - left);
                if (top >= 0 && top < rows - 1 && left >= 0 && left < columns - 1) {
                    first = Math.min(first, column);
                    end = column + 1;
                }
            }
            first = Math.min(first, end);
        }

        private static int floor(double value) {
            int towardsZero = (int) value;
            return towardsZero > value ? towardsZero - 1 : towardsZero;
        }

        void sample(float[] picture, int plane, float[] seen, int to) {
            for (int column = 0; column < first; column++) {
                seen[to + column] = atEdge(picture, plane, column);
            }
            for (int column = first; column < end; column++) {
                int at = plane + tops[column] * columns + lefts[column];
                float d = down[column];
                float r = right[column];
                float value = (1 - d) * (1 - r) * (picture[at] - GREY);
                value += (1 - d) * r * (picture[at + 1] - GREY);
                value += d * (1 - r) * (picture[at + columns] - GREY);
                value += d * r * (picture[at + columns + 1] - GREY);
                seen[to + column] = value + GREY;
            }
            for (int column = end; column < seenColumns; column++) {
                seen[to + column] = atEdge(picture, plane, column);
            }
        }

        private boolean isIn(int row, int column) {
            return row >= 0 && row < rows && column >= 0 && column < columns;
        }

        private float weight(int column, int below, int beside) {
            return (below == 0 ? 1 - down[column] : down[column]) * (beside == 0 ? 1 - right[column] : right[column]);
        }

        private float atEdge(float[] picture, int plane, int column) {
            float value = 0;
            for (int neighbour = 0; neighbour < 4; neighbour++) {
                int row = tops[column] + neighbour / 2;
                int beside = lefts[column] + neighbour % 2;
                if (isIn(row, beside)) {
                    value += weight(column, neighbour / 2, neighbour % 2) * (picture[plane + row * columns + beside] - GREY);
                }
            }
            return value + GREY;
        }

        void scatter(float[] slope, int from, float[] gradient, int plane) {
            for (int column = 0; column < first; column++) {
                scatterAtEdge(slope[from + column], gradient, plane, column);
            }
            for (int column = first; column < end; column++) {
                int at = plane + tops[column] * columns + lefts[column];
                float upstream = slope[from + column];
                float d = down[column];
                float r = right[column];
                gradient[at] += (1 - d) * (1 - r) * upstream;
                gradient[at + 1] += (1 - d) * r * upstream;
                gradient[at + columns] += d * (1 - r) * upstream;
                gradient[at + columns + 1] += d * r * upstream;
            }
            for (int column = end; column < seenColumns; column++) {
                scatterAtEdge(slope[from + column], gradient, plane, column);
            }
        }

        private void scatterAtEdge(float upstream, float[] gradient, int plane, int column) {
            for (int neighbour = 0; neighbour < 4; neighbour++) {
                int row = tops[column] + neighbour / 2;
                int beside = lefts[column] + neighbour % 2;
                if (isIn(row, beside)) {
                    gradient[plane + row * columns + beside] += weight(column, neighbour / 2, neighbour % 2) * upstream;
                }
            }
        }
    }
}
