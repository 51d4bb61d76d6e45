package org.loupe.core.network;

/**
 * The shape of one image's array, without the image dimension.
 *
 * @param channels number of channels, at least 1
 * @param rows     height, at least 1
 * @param columns  width, at least 1
 */
public record Shape(int channels, int rows, int columns) {

    public Shape {
        if (channels < 1 || rows < 1 || columns < 1) {
            throw new NetworkException("No array has the shape " + channels + "x" + rows + "x" + columns);
        }
    }

    /** Number of values. */
    public long size() {
        return (long) channels * rows * columns;
    }

    /** Number of positions, which is the number of values of one channel. */
    public int area() {
        return Math.multiplyExact(rows, columns);
    }

    /** Such as {@code 80x8x8}: channels, rows, columns. */
    @Override
    public String toString() {
        return channels + "x" + rows + "x" + columns;
    }
}
