package org.loupe.core.circuit;

/**
 * A linear map between one channel and the channels of some output, over positions: for backward tracing, how a unit
 * reads the channels; for forward tracing, how the channels read a unit. Row {@code r} of the filter lies at row
 * {@code position * rowStep + top + r} of what is read.
 *
 * @param values   in the order (channel, row, column)
 * @param pooling  what lies between the filter and what is read, or an empty text
 * @param straight whether no kernel lies on the way
 */
record Filter(int channels, int rows, int columns, int rowStep, int columnStep, int top, int left, double[] values,
        String pooling, boolean straight) {

    /** A filter behind a kernel. */
    Filter(int channels, int rows, int columns, int rowStep, int columnStep, int top, int left, double[] values, String pooling) {
        this(channels, rows, columns, rowStep, columnStep, top, left, values, pooling, false);
    }

    /** One weight of 1 on one channel. */
    static Filter one(int channels, int channel) {
        double[] values = new double[channels];
        values[channel] = 1;
        return new Filter(channels, 1, 1, 1, 1, 0, 0, values, "", true);
    }

    /** The same shape with other values. */
    Filter with(int newChannels, double[] newValues) {
        return new Filter(newChannels, rows, columns, rowStep, columnStep, top, left, newValues, pooling, straight);
    }

    /** The same behind a pooling. */
    Filter pooled(String how) {
        return new Filter(channels, rows, columns, rowStep, columnStep, top, left, values, how, straight);
    }

    int area() {
        return rows * columns;
    }

    boolean isZero(int channel) {
        for (int i = channel * area(); i < (channel + 1) * area(); i++) {
            if (values[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The weights of the only channel, so much of which is a shortcut. */
    Kernel kernel(float shortcut) {
        float[] weights = new float[area()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) values[i];
        }
        return new Kernel(rows, columns, top, left, weights, shortcut);
    }

    /** The sum of two filters over the same output, on positions that have room for both. */
    Filter plus(Filter other) {
        int newTop = Math.min(top, other.top);
        int newLeft = Math.min(left, other.left);
        int newRows = Math.max(top + rows, other.top + other.rows) - newTop;
        int newColumns = Math.max(left + columns, other.left + other.columns) - newLeft;
        double[] sum = new double[channels * newRows * newColumns];
        add(this, sum, newTop, newLeft, newRows, newColumns);
        add(other, sum, newTop, newLeft, newRows, newColumns);
        return new Filter(channels, newRows, newColumns, rowStep, columnStep, newTop, newLeft, sum, pooling,
                straight && other.straight);
    }

    /** Whether two filters have the same frame, so that their sum has it, too. */
    boolean fits(Filter other) {
        return channels == other.channels && rows == other.rows && columns == other.columns && top == other.top
                && left == other.left && rowStep == other.rowStep && columnStep == other.columnStep
                && pooling.equals(other.pooling) && straight == other.straight;
    }

    private static void add(Filter filter, double[] sum, int top, int left, int rows, int columns) {
        for (int channel = 0; channel < filter.channels; channel++) {
            for (int row = 0; row < filter.rows; row++) {
                for (int column = 0; column < filter.columns; column++) {
                    sum[(channel * rows + row + filter.top - top) * columns + column + filter.left - left] +=
                            filter.values[(channel * filter.rows + row) * filter.columns + column];
                }
            }
        }
    }
}
