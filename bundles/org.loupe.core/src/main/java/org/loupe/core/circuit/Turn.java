package org.loupe.core.circuit;

import org.loupe.core.circuit.Motifs.Kind;

/** A way to move pictures, maps and kernels about a point, under which weights may stay the same. */
enum Turn {
    /** Left becomes right. */
    MIRROR(Kind.MIRRORED, "mirrored") {
        @Override
        double row(double down, double right) {
            return down;
        }

        @Override
        double column(double down, double right) {
            return -right;
        }
    },
    /** A quarter turn, clockwise. */
    QUARTER(Kind.QUARTER, "turned by 90°") {
        @Override
        double row(double down, double right) {
            return -right;
        }

        @Override
        double column(double down, double right) {
            return down;
        }
    },
    /** An eighth of a turn, clockwise. */
    EIGHTH(Kind.EIGHTH, "turned by 45°") {
        @Override
        double row(double down, double right) {
            return (down - right) * HALF;
        }

        @Override
        double column(double down, double right) {
            return (down + right) * HALF;
        }
    };

    private static final double HALF = Math.sqrt(.5);

    private final Kind kind;
    private final String word;

    Turn(Kind kind, String word) {
        this.kind = kind;
        this.word = word;
    }

    Kind kind() {
        return kind;
    }

    /** Such as {@code turned by 90°}. */
    String word() {
        return word;
    }

    /** From which row, relative to the point, what comes to a place was. */
    abstract double row(double down, double right);

    /** From which column. */
    abstract double column(double down, double right);

    /**
     * Moves values on a grid, in between as the nearest four have it.
     *
     * @param row       of the point, which may lie between rows, or outside
     * @param column    of the point
     * @param isEndless whether the outermost values go on outside, where zeros are otherwise
     */
    float[] moved(float[] values, int from, int rows, int columns, double row, double column, boolean isEndless) {
        float[] moved = new float[rows * columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                double atRow = row + row(r - row, c - column);
                double atColumn = column + column(r - row, c - column);
                if (isEndless) {
                    atRow = Math.min(Math.max(atRow, 0), rows - 1);
                    atColumn = Math.min(Math.max(atColumn, 0), columns - 1);
                }
                int top = (int) Math.floor(atRow);
                int left = (int) Math.floor(atColumn);
                double sum = 0;
                for (int corner = 0; corner < 4; corner++) {
                    int near = top + corner / 2;
                    int beside = left + corner % 2;
                    if (near >= 0 && near < rows && beside >= 0 && beside < columns) {
                        sum += (1 - Math.abs(atRow - near)) * (1 - Math.abs(atColumn - beside))
                                * values[from + near * columns + beside];
                    }
                }
                moved[r * columns + c] = (float) sum;
            }
        }
        return moved;
    }

    /** Moves a kernel about the unit to which it leads; what leaves its frame is lost. */
    float[] moved(Kernel kernel) {
        return moved(kernel.values(), 0, kernel.rows(), kernel.columns(), -kernel.top(), -kernel.left(), false);
    }
}
