package org.loupe.formats.arrays;

import org.loupe.core.network.Shape;
import org.loupe.core.network.Window;

/** The windows of TensorFlow and Keras, whose padding may be said by a word. */
public final class Windows {

    private Windows() {
    }

    /**
     * A window with as much padding as keeps the output at {@code ceil(size / step)}, the odd one below and at the right
     * (TensorFlow's {@code SAME}).
     *
     * @param in shape of what it slides over
     */
    public static Window same(Shape in, int rows, int columns, int rowStep, int columnStep, int rowDilation,
            int columnDilation) {
        int vertical = total(in.rows(), (rows - 1) * rowDilation + 1, rowStep);
        int horizontal = total(in.columns(), (columns - 1) * columnDilation + 1, columnStep);
        return new Window(rows, columns, rowStep, columnStep, vertical / 2, horizontal / 2, vertical - vertical / 2,
                horizontal - horizontal / 2, rowDilation, columnDilation);
    }

    private static int total(int size, int extent, int step) {
        return step < 1 ? 0 : Math.max(0, ((size - 1) / step) * step + extent - size);
    }

    /** A window without padding. */
    public static Window valid(int rows, int columns, int rowStep, int columnStep, int rowDilation, int columnDilation) {
        return new Window(rows, columns, rowStep, columnStep, 0, 0, 0, 0, rowDilation, columnDilation);
    }

    /** The same window with other padding. */
    public static Window padded(Window window, int top, int left, int bottom, int right) {
        return new Window(window.rows(), window.columns(), window.rowStep(), window.columnStep(), top, left, bottom, right,
                window.rowDilation(), window.columnDilation());
    }
}
