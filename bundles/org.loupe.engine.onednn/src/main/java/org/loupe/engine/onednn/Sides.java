package org.loupe.engine.onednn;

import org.loupe.core.network.Window;

/**
 * Padding as oneDNN wants it: on the far sides only as much as the windows reach, which may be less than a
 * {@link Window} has.
 *
 * @param before top and left
 * @param behind bottom and right
 */
record Sides(long[] before, long[] behind) {

    static Sides of(Window window, Array from, Array to) {
        return new Sides(new long[] {window.top(), window.left()},
                new long[] {
                    behind(from.rows(), to.rows(), window.rowStep(), rowExtent(window), window.top()),
                    behind(from.columns(), to.columns(), window.columnStep(), columnExtent(window), window.left())});
    }

    private static long behind(int in, int out, int step, int extent, int before) {
        return Math.max(0, (out - 1L) * step + extent - in - before);
    }

    /** The padding of the convolution that carries the gradient back, for windows that step by 1. */
    Sides reversed(Window window) {
        return new Sides(new long[] {rowExtent(window) - 1 - before[0], columnExtent(window) - 1 - before[1]},
                new long[] {rowExtent(window) - 1 - behind[0], columnExtent(window) - 1 - behind[1]});
    }

    /** The padding of the convolution that carries the gradient back by phases, to so many rows and columns. */
    static Sides phased(Window window, Array to, int rows, int columns) {
        int above = Phases.jumps(window.rows(), window.top(), window.rowStep());
        int left = Phases.jumps(window.columns(), window.left(), window.columnStep());
        int tall = Phases.taps(window.rows(), window.top(), window.rowStep());
        int wide = Phases.taps(window.columns(), window.left(), window.columnStep());
        return new Sides(new long[] {above, left},
                new long[] {rows - to.rows() - above + tall - 1L, columns - to.columns() - left + wide - 1L});
    }

    /** Whether no padding is below zero. */
    boolean possible() {
        return before[0] >= 0 && before[1] >= 0 && behind[0] >= 0 && behind[1] >= 0;
    }

    static int rowExtent(Window window) {
        return (window.rows() - 1) * window.rowDilation() + 1;
    }

    static int columnExtent(Window window) {
        return (window.columns() - 1) * window.columnDilation() + 1;
    }
}
