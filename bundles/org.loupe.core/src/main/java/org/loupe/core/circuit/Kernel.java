package org.loupe.core.circuit;

import java.util.Arrays;
import java.util.Map;
import org.loupe.core.Batch;
import org.loupe.core.image.Diverging;
import org.loupe.core.image.Png;

/**
 * Weights over the positions around a unit, as correlation has them: the top of a kernel is above the unit.
 *
 * @param rows    height, at least 1
 * @param columns width, at least 1
 * @param top     row of the first weight, relative to the row below which the unit stands; of a unit that reads a whole
 *                map at once, the row of the map
 * @param left    column of the first weight, in the same way
 * @param values   in the order (row, column)
 * @param shortcut the part of the weight where the unit stands that nothing was learned for: the unit is there what it reads, by a
 *                 way past all kernels, such as the identity of a residual block; 0 where there is no such way
 */
public record Kernel(int rows, int columns, int top, int left, float[] values, float shortcut) {

    private static final int WHITE = 0xffffff;

    public Kernel {
        if (rows < 1 || columns < 1 || values.length != rows * columns) {
            throw new IllegalArgumentException("No kernel has " + rows + " rows, " + columns + " columns and "
                    + values.length + " weights");
        }
        if (shortcut != 0 && (top > 0 || left > 0 || top + rows <= 0 || left + columns <= 0)) {
            throw new IllegalArgumentException("A shortcut of " + shortcut + " is where the unit stands, which is outside of "
                    + rows + " rows from " + top + " and " + columns + " columns from " + left);
        }
    }

    /** A kernel without a shortcut. */
    public Kernel(int rows, int columns, int top, int left, float[] values) {
        this(rows, columns, top, left, values, 0);
    }

    /** The same without what a shortcut adds to it. */
    public Kernel learned() {
        if (shortcut == 0) {
            return this;
        }
        float[] rest = values.clone();
        int middle = -top * columns - left;
        rest[middle] = Math.abs(rest[middle] - shortcut) <= 1e-6f * Math.abs(shortcut) ? 0 : rest[middle] - shortcut;
        return new Kernel(rows, columns, top, left, rest);
    }

    /** Whether all of it is a shortcut. */
    public boolean isShortcut() {
        return shortcut != 0 && learned().peak() == 0;
    }

    /** The weight at a row and a column of the kernel itself, both from 0. */
    public float at(int row, int column) {
        return values[row * columns + column];
    }

    /** The root of the sum of squares: how strong a connection is, whatever its sign. */
    public double norm() {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    /** The sum of all weights: what an input that is the same everywhere would do. */
    public double net() {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    /** The largest weight, whatever its sign. */
    public double peak() {
        double peak = 0;
        for (float value : values) {
            peak = Math.max(peak, Math.abs(value));
        }
        return peak;
    }

    /**
     * A picture in colours from 0 to 1 on the diverging scale with white at zero, one pixel for each weight.
     *
     * @param extent the weight, positive or negative, that gets the full colour
     */
    public Batch picture(double extent) {
        Batch picture = Batch.zeros(1, 3, rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int colour = Diverging.colour(extent == 0 ? 0 : at(row, column) / extent, WHITE);
                for (int channel = 0; channel < 3; channel++) {
                    picture.values()[picture.offset(0, channel) + row * columns + column] = (colour >> 16 - 8 * channel & 0xff) / 255f;
                }
            }
        }
        return picture;
    }

    /** The picture as a PNG file, each weight a square of so many pixels. */
    public byte[] png(double extent, int scale, Map<String, String> texts) {
        Batch small = picture(extent);
        Batch large = Batch.zeros(1, 3, rows * scale, columns * scale);
        for (int channel = 0; channel < 3; channel++) {
            for (int row = 0; row < large.rows(); row++) {
                for (int column = 0; column < large.columns(); column++) {
                    large.values()[large.offset(0, channel) + row * large.columns() + column] =
                            small.at(0, channel, row / scale, column / scale);
                }
            }
        }
        return Png.write(large, 0, texts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Kernel that && rows == that.rows && columns == that.columns && top == that.top
                && left == that.left && shortcut == that.shortcut && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * top + left) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return rows + "x" + columns + " at " + top + "," + left;
    }
}
