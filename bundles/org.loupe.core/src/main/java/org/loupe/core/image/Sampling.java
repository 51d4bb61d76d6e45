package org.loupe.core.image;

/**
 * Carries a picture to where it is seen, and gradients back: each pixel that is seen comes from four neighbours. All
 * colours of a pixel are done together, for they come from the same place.
 *
 * <p>Places are whole numbers of 2^-32 pixels, so that the next one along a row is found by an addition; weights keep
 * the 24 bits that fit into a float.
 */
final class Sampling {

    private static final int COLOURS = 3;
    private static final float GREY = 0.5f;

    private static final double PIXEL = 0x1p32;
    private static final int TO_PIXELS = 32;
    private static final int TO_WEIGHT = 8;
    private static final int WEIGHT_BITS = 0xffffff;
    private static final float WEIGHT = 0x1p-24f;

    private final Placement placement;
    private final int rows;
    private final int columns;
    private final int seenRows;
    private final int seenColumns;
    /** From one pixel of a row that is seen to the next. */
    private final long downStep;
    private final long rightStep;
    /** The place of the first pixel of a row that is seen. */
    private long down;
    private long right;
    /** Pixels of that row all of whose neighbours are inside follow each other. */
    private int first;
    private int end;

    Sampling(Placement placement, Placement.Sizes sizes) {
        this.placement = placement;
        this.rows = sizes.rows();
        this.columns = sizes.columns();
        this.seenRows = sizes.seenRows();
        this.seenColumns = sizes.seenColumns();
        this.downStep = Math.round(placement.rowColumn() * PIXEL);
        this.rightStep = Math.round(placement.columnColumn() * PIXEL);
    }

    private void begin(int row) {
        double r = row - (seenRows - 1) / 2.0;
        double c = -(seenColumns - 1) / 2.0;
        down = Math.round((placement.rowRow() * r + placement.rowColumn() * c + placement.rowShift() + (rows - 1) / 2.0)
                * PIXEL);
        right = Math.round((placement.columnRow() * r + placement.columnColumn() * c + placement.columnShift()
                + (columns - 1) / 2.0) * PIXEL);
        first = 0;
        while (first < seenColumns && !isInside(first)) {
            first++;
        }
        end = seenColumns;
        while (end > first && !isInside(end - 1)) {
            end--;
        }
    }

    private int top(int column) {
        return (int) (down + column * downStep >> TO_PIXELS);
    }

    private int left(int column) {
        return (int) (right + column * rightStep >> TO_PIXELS);
    }

    private boolean isInside(int column) {
        int top = top(column);
        int left = left(column);
        return top >= 0 && top < rows - 1 && left >= 0 && left < columns - 1;
    }

    private static float weight(long place) {
        return ((int) (place >>> TO_WEIGHT) & WEIGHT_BITS) * WEIGHT;
    }

    /**
     * Samples a picture; outside of it, everything is grey.
     *
     * @param picture (3, rows, columns), perhaps with more behind it
     * @param seen    (3, seen rows, seen columns) from {@code offset} on is overwritten
     */
    void sample(float[] picture, float[] seen, int offset) {
        int area = rows * columns;
        int seenArea = seenRows * seenColumns;
        for (int row = 0; row < seenRows; row++) {
            begin(row);
            int to = offset + row * seenColumns;
            for (int column = 0; column < first; column++) {
                sampleAtEdge(picture, seen, to + column, column);
            }
            long atRow = down + first * downStep;
            long atColumn = right + first * rightStep;
            for (int column = first; column < end; column++) {
                int red = (int) (atRow >> TO_PIXELS) * columns + (int) (atColumn >> TO_PIXELS);
                int green = red + area;
                int blue = green + area;
                float below = weight(atRow);
                float beside = weight(atColumn);
                float both = below * beside;
                float w10 = below - both;
                float w01 = beside - both;
                float w00 = 1 - below - w01;
                seen[to + column] = w00 * picture[red] + w01 * picture[red + 1] + w10 * picture[red + columns]
                        + both * picture[red + columns + 1];
                seen[to + seenArea + column] = w00 * picture[green] + w01 * picture[green + 1]
                        + w10 * picture[green + columns] + both * picture[green + columns + 1];
                seen[to + 2 * seenArea + column] = w00 * picture[blue] + w01 * picture[blue + 1]
                        + w10 * picture[blue + columns] + both * picture[blue + columns + 1];
                atRow += downStep;
                atColumn += rightStep;
            }
            for (int column = end; column < seenColumns; column++) {
                sampleAtEdge(picture, seen, to + column, column);
            }
        }
    }

    /**
     * Adds to a gradient what is seen of it: the adjoint of {@link #sample}.
     *
     * @param slope    (3, seen rows, seen columns) from {@code offset} on
     * @param gradient (3, rows, columns), perhaps with more behind it
     */
    void scatter(float[] slope, int offset, float[] gradient) {
        int area = rows * columns;
        int seenArea = seenRows * seenColumns;
        for (int row = 0; row < seenRows; row++) {
            begin(row);
            int from = offset + row * seenColumns;
            for (int column = 0; column < first; column++) {
                scatterAtEdge(slope, from + column, gradient, column);
            }
            long atRow = down + first * downStep;
            long atColumn = right + first * rightStep;
            for (int column = first; column < end; column++) {
                int red = (int) (atRow >> TO_PIXELS) * columns + (int) (atColumn >> TO_PIXELS);
                int green = red + area;
                int blue = green + area;
                float below = weight(atRow);
                float beside = weight(atColumn);
                float both = below * beside;
                float w10 = below - both;
                float w01 = beside - both;
                float w00 = 1 - below - w01;
                float ofRed = slope[from + column];
                float ofGreen = slope[from + seenArea + column];
                float ofBlue = slope[from + 2 * seenArea + column];
                gradient[red] += w00 * ofRed;
                gradient[red + 1] += w01 * ofRed;
                gradient[red + columns] += w10 * ofRed;
                gradient[red + columns + 1] += both * ofRed;
                gradient[green] += w00 * ofGreen;
                gradient[green + 1] += w01 * ofGreen;
                gradient[green + columns] += w10 * ofGreen;
                gradient[green + columns + 1] += both * ofGreen;
                gradient[blue] += w00 * ofBlue;
                gradient[blue + 1] += w01 * ofBlue;
                gradient[blue + columns] += w10 * ofBlue;
                gradient[blue + columns + 1] += both * ofBlue;
                atRow += downStep;
                atColumn += rightStep;
            }
            for (int column = end; column < seenColumns; column++) {
                scatterAtEdge(slope, from + column, gradient, column);
            }
        }
    }

    /** Whether a pixel of the row has no neighbour in the picture. */
    private boolean isOutside(int column) {
        int top = top(column);
        int left = left(column);
        return top < -1 || top >= rows || left < -1 || left >= columns;
    }

    /** How much one of the four neighbours counts, or 0 where it is outside. */
    private float weight(int column, int neighbour) {
        int row = top(column) + neighbour / 2;
        int beside = left(column) + neighbour % 2;
        if (row < 0 || row >= rows || beside < 0 || beside >= columns) {
            return 0;
        }
        float lower = weight(down + column * downStep);
        float further = weight(right + column * rightStep);
        return (neighbour / 2 == 0 ? 1 - lower : lower) * (neighbour % 2 == 0 ? 1 - further : further);
    }

    private int index(int colour, int column, int neighbour) {
        return (colour * rows + top(column) + neighbour / 2) * columns + left(column) + neighbour % 2;
    }

    private void sampleAtEdge(float[] picture, float[] seen, int to, int column) {
        int seenArea = seenRows * seenColumns;
        for (int colour = 0; colour < COLOURS; colour++) {
            seen[to + colour * seenArea] = GREY;
        }
        for (int neighbour = 0; neighbour < 4 && !isOutside(column); neighbour++) {
            float weight = weight(column, neighbour);
            for (int colour = 0; colour < COLOURS && weight != 0; colour++) {
                seen[to + colour * seenArea] += weight * (picture[index(colour, column, neighbour)] - GREY);
            }
        }
    }

    private void scatterAtEdge(float[] slope, int from, float[] gradient, int column) {
        for (int neighbour = 0; neighbour < 4 && !isOutside(column); neighbour++) {
            float weight = weight(column, neighbour);
            for (int colour = 0; colour < COLOURS && weight != 0; colour++) {
                gradient[index(colour, column, neighbour)] += weight * slope[from + colour * seenRows * seenColumns];
            }
        }
    }
}
