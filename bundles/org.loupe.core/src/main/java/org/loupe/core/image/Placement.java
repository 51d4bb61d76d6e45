package org.loupe.core.image;

import java.util.Arrays;

/**
 * Where each pixel of the picture that a network sees comes from in the picture that is optimised: an affine map,
 * relative to the middles of both.
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
     * @param picture (3, rows, columns)
     * @param seen    (3, rows, columns) from {@code offset} on is overwritten
     */
    public void apply(float[] picture, int rows, int columns, float[] seen, int offset) {
        if (equals(STRAIGHT)) {
            System.arraycopy(picture, 0, seen, offset, picture.length);
            return;
        }
        int area = rows * columns;
        visit(rows, columns, (to, from, w00, w01, w10, w11) -> {
            for (int channel = 0; channel < 3; channel++) {
                int at = channel * area + from;
                float value = 0;
                value += w00 == 0 ? 0 : w00 * (picture[at] - GREY);
                value += w01 == 0 ? 0 : w01 * (picture[at + 1] - GREY);
                value += w10 == 0 ? 0 : w10 * (picture[at + columns] - GREY);
                value += w11 == 0 ? 0 : w11 * (picture[at + columns + 1] - GREY);
                seen[offset + channel * area + to] = value + GREY;
            }
        });
    }

    /**
     * Carries a gradient with respect to what is seen back to the picture: the exact adjoint of {@link #apply}.
     *
     * @param slope    (3, rows, columns) from {@code offset} on
     * @param gradient (3, rows, columns), is overwritten
     */
    public void chain(float[] slope, int offset, int rows, int columns, float[] gradient) {
        if (equals(STRAIGHT)) {
            System.arraycopy(slope, offset, gradient, 0, gradient.length);
            return;
        }
        Arrays.fill(gradient, 0);
        int area = rows * columns;
        visit(rows, columns, (to, from, w00, w01, w10, w11) -> {
            for (int channel = 0; channel < 3; channel++) {
                int at = channel * area + from;
                float upstream = slope[offset + channel * area + to];
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

    private void visit(int rows, int columns, Sample sample) {
        double middleRow = (rows - 1) / 2.0;
        double middleColumn = (columns - 1) / 2.0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double r = row - middleRow;
                double c = column - middleColumn;
                double sourceRow = rowRow * r + rowColumn * c + rowShift + middleRow;
                double sourceColumn = columnRow * r + columnColumn * c + columnShift + middleColumn;
                int top = (int) Math.floor(sourceRow);
                int left = (int) Math.floor(sourceColumn);
                float down = (float) (sourceRow - top);
                float right = (float) (sourceColumn - left);
                boolean topIn = top >= 0 && top < rows;
                boolean bottomIn = top + 1 >= 0 && top + 1 < rows;
                boolean leftIn = left >= 0 && left < columns;
                boolean rightIn = left + 1 >= 0 && left + 1 < columns;
                sample.visit(row * columns + column, top * columns + left,
                        topIn && leftIn ? (1 - down) * (1 - right) : 0,
                        topIn && rightIn ? (1 - down) * right : 0,
                        bottomIn && leftIn ? down * (1 - right) : 0,
                        bottomIn && rightIn ? down * right : 0);
            }
        }
    }
}
