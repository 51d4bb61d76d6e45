package org.loupe.core;

import java.util.Arrays;

/**
 * Several arrays of one shape, in the order (image, channel, row, column): pictures, activations or gradients.
 *
 * <p>The values are shared, not copied: whoever holds a batch may write into {@link #values()}. Pictures hold
 * red, green and blue from 0 to 1.
 *
 * @param images   number of images, at least 1
 * @param channels channels of each, at least 1
 * @param rows     height, at least 1
 * @param columns  width, at least 1
 * @param values   {@code images * channels * rows * columns} numbers
 */
public record Batch(int images, int channels, int rows, int columns, float[] values) {

    public Batch {
        if (images < 1 || channels < 1 || rows < 1 || columns < 1) {
            throw new IllegalArgumentException("A batch cannot have the shape "
                    + images + "x" + channels + "x" + rows + "x" + columns);
        }
        if (values.length != (long) images * channels * rows * columns) {
            throw new IllegalArgumentException("A batch of shape " + images + "x" + channels + "x" + rows + "x"
                    + columns + " does not hold " + values.length + " numbers");
        }
    }

    /** A batch of zeros. */
    public static Batch zeros(int images, int channels, int rows, int columns) {
        return new Batch(images, channels, rows, columns,
                new float[Math.toIntExact((long) images * channels * rows * columns)]);
    }

    /** A batch of zeros of the same shape as this one. */
    public Batch zeros() {
        return zeros(images, channels, rows, columns);
    }

    /** Number of values of one image. */
    public int imageSize() {
        return channels * rows * columns;
    }

    /** Number of values of one channel of one image. */
    public int area() {
        return rows * columns;
    }

    /** Index in {@link #values()} of the first value of a channel. */
    public int offset(int image, int channel) {
        return (image * channels + channel) * rows * columns;
    }

    /** Index in {@link #values()} of one value. */
    public int index(int image, int channel, int row, int column) {
        return offset(image, channel) + row * columns + column;
    }

    /** One value. */
    public float at(int image, int channel, int row, int column) {
        return values[index(image, channel, row, column)];
    }

    /** A copy of one image as a batch of one. */
    public Batch image(int image) {
        return new Batch(1, channels, rows, columns,
                Arrays.copyOfRange(values, image * imageSize(), (image + 1) * imageSize()));
    }

    /** A copy that shares nothing with this batch. */
    public Batch copy() {
        return new Batch(images, channels, rows, columns, values.clone());
    }

    /** Whether the shapes and all values, bit by bit, are the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Batch that && images == that.images && channels == that.channels
                && rows == that.rows && columns == that.columns && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + rows;
    }

    /** The shape, such as {@code 8x3x64x64}. */
    @Override
    public String toString() {
        return images + "x" + channels + "x" + rows + "x" + columns;
    }
}
