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
        if (sizes.isSame() && equals(STRAIGHT)) {
            System.arraycopy(picture, 0, seen, offset, COLOURS * sizes.rows * sizes.columns);
            return;
        }
        Line line = new Line(sizes);
        for (int row = 0; row < sizes.seenRows; row++) {
            line.find(this, row);
            line.sample(picture, seen, offset + row * sizes.seenColumns);
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
        if (sizes.isSame() && equals(STRAIGHT)) {
            for (int i = 0; i < COLOURS * sizes.rows * sizes.columns; i++) {
                gradient[i] += slope[offset + i];
            }
            return;
        }
        Line line = new Line(sizes);
        for (int row = 0; row < sizes.seenRows; row++) {
            line.find(this, row);
            line.scatter(slope, offset + row * sizes.seenColumns, gradient);
        }
    }

    /**
     * Where the pixels of one row that is seen come from: four neighbours each, with their weights. All colours of a
     * pixel are done together, for they come from the same place.
     */
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

        void sample(float[] picture, float[] seen, int to) {
            int area = rows * columns;
            int seenArea = seenRows * seenColumns;
            for (int column = 0; column < first; column++) {
                sampleAtEdge(picture, seen, to + column, column);
            }
            for (int column = first; column < end; column++) {
                int red = tops[column] * columns + lefts[column];
                int green = red + area;
                int blue = green + area;
                float d = down[column];
                float r = right[column];
                float w00 = (1 - d) * (1 - r);
                float w01 = (1 - d) * r;
                float w10 = d * (1 - r);
                float w11 = d * r;
                seen[to + column] = w00 * picture[red] + w01 * picture[red + 1] + w10 * picture[red + columns]
                        + w11 * picture[red + columns + 1];
                seen[to + seenArea + column] = w00 * picture[green] + w01 * picture[green + 1]
                        + w10 * picture[green + columns] + w11 * picture[green + columns + 1];
                seen[to + 2 * seenArea + column] = w00 * picture[blue] + w01 * picture[blue + 1]
                        + w10 * picture[blue + columns] + w11 * picture[blue + columns + 1];
            }
            for (int column = end; column < seenColumns; column++) {
                sampleAtEdge(picture, seen, to + column, column);
            }
        }

        private boolean isIn(int row, int column) {
            return row >= 0 && row < rows && column >= 0 && column < columns;
        }

        private float weight(int column, int below, int beside) {
            return (below == 0 ? 1 - down[column] : down[column]) * (beside == 0 ? 1 - right[column] : right[column]);
        }

        private void sampleAtEdge(float[] picture, float[] seen, int to, int column) {
            for (int colour = 0; colour < COLOURS; colour++) {
                float value = 0;
                for (int neighbour = 0; neighbour < 4; neighbour++) {
                    int row = tops[column] + neighbour / 2;
                    int beside = lefts[column] + neighbour % 2;
                    if (isIn(row, beside)) {
                        value += weight(column, neighbour / 2, neighbour % 2)
                                * (picture[(colour * rows + row) * columns + beside] - GREY);
                    }
                }
                seen[to + colour * seenRows * seenColumns] = value + GREY;
            }
        }

        void scatter(float[] slope, int from, float[] gradient) {
            int area = rows * columns;
            int seenArea = seenRows * seenColumns;
            for (int column = 0; column < first; column++) {
                scatterAtEdge(slope, from + column, gradient, column);
            }
            for (int column = first; column < end; column++) {
                int red = tops[column] * columns + lefts[column];
                int green = red + area;
                int blue = green + area;
                float d = down[column];
                float r = right[column];
                float w00 = (1 - d) * (1 - r);
                float w01 = (1 - d) * r;
                float w10 = d * (1 - r);
                float w11 = d * r;
                float ofRed = slope[from + column];
                float ofGreen = slope[from + seenArea + column];
                float ofBlue = slope[from + 2 * seenArea + column];
                gradient[red] += w00 * ofRed;
                gradient[red + 1] += w01 * ofRed;
                gradient[red + columns] += w10 * ofRed;
                gradient[red + columns + 1] += w11 * ofRed;
                gradient[green] += w00 * ofGreen;
                gradient[green + 1] += w01 * ofGreen;
                gradient[green + columns] += w10 * ofGreen;
                gradient[green + columns + 1] += w11 * ofGreen;
                gradient[blue] += w00 * ofBlue;
                gradient[blue + 1] += w01 * ofBlue;
                gradient[blue + columns] += w10 * ofBlue;
                gradient[blue + columns + 1] += w11 * ofBlue;
            }
            for (int column = end; column < seenColumns; column++) {
                scatterAtEdge(slope, from + column, gradient, column);
            }
        }

        private void scatterAtEdge(float[] slope, int from, float[] gradient, int column) {
            for (int neighbour = 0; neighbour < 4; neighbour++) {
                int row = tops[column] + neighbour / 2;
                int beside = lefts[column] + neighbour % 2;
                for (int colour = 0; colour < COLOURS && isIn(row, beside); colour++) {
                    gradient[(colour * rows + row) * columns + beside] += weight(column, neighbour / 2, neighbour % 2)
                            * slope[from + colour * seenRows * seenColumns];
                }
            }
        }
    }
}
