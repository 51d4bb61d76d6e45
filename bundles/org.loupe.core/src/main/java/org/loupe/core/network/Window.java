package org.loupe.core.network;

/**
 * How a convolution or pooling slides over its input: size, step, padding on each side, and dilation.
 *
 * <p>Padding is given for every side, so that the asymmetric padding of TensorFlow needs nothing special.
 * A convolution's padding reads as zero; a pooling's is never read.
 */
public record Window(int rows, int columns, int rowStep, int columnStep,
        int top, int left, int bottom, int right, int rowDilation, int columnDilation) {

    private static final int LARGEST = 1 << 14;

    public Window {
        check(rows, 1, "rows");
        check(columns, 1, "columns");
        check(rowStep, 1, "row step");
        check(columnStep, 1, "column step");
        check(top, 0, "top padding");
        check(left, 0, "left padding");
        check(bottom, 0, "bottom padding");
        check(right, 0, "right padding");
        check(rowDilation, 1, "row dilation");
        check(columnDilation, 1, "column dilation");
    }

    /** A square window with the same padding on all sides and no dilation. */
    public static Window square(int size, int step, int padding) {
        return new Window(size, size, step, step, padding, padding, padding, padding, 1, 1);
    }

    /** Height of the output for an input of the given height. */
    public int outputRows(int inputRows) {
        return output(inputRows, top + bottom, (rows - 1) * rowDilation + 1, rowStep);
    }

    /** Width of the output for an input of the given width. */
    public int outputColumns(int inputColumns) {
        return output(inputColumns, left + right, (columns - 1) * columnDilation + 1, columnStep);
    }

    private int output(int size, int padding, int extent, int step) {
        if (size + padding < extent) {
            throw new NetworkException("A window of " + rows + "x" + columns + " does not fit into an input of size "
                    + size + " with padding " + padding + "; use larger pictures");
        }
        return (size + padding - extent) / step + 1;
    }

    private static void check(int value, int least, String what) {
        if (value < least || value > LARGEST) {
            throw new NetworkException("A window's " + what + " cannot be " + value);
        }
    }

    /** Such as {@code 7x7/2}, with what is unusual behind it. */
    @Override
    public String toString() {
        String text = rows + "x" + columns;
        if (rowStep != 1 || columnStep != 1) {
            text += rowStep == columnStep ? "/" + rowStep : "/" + rowStep + "x" + columnStep;
        }
        if (top != bottom || left != right || top != left) {
            text += " padding " + top + "," + left + "," + bottom + "," + right;
        } else if (top != 0) {
            text += " padding " + top;
        }
        if (rowDilation != 1 || columnDilation != 1) {
            text += " dilation " + rowDilation + "x" + columnDilation;
        }
        return text;
    }
}
