package org.loupe.core.circuit;

/**
 * A linear way to move what lies around a point. Says from where, relative to the point, what comes to a place was: from the row
 * {@code rowDown * down + rowRight * right} and the column {@code columnDown * down + columnRight * right}.
 */
public record Move(double rowDown, double rowRight, double columnDown, double columnRight) {

    private static final int QUARTER = 90;

    /** Turns from right towards down, by an angle in degrees. */
    public static Move turn(double degrees) {
        if (degrees % QUARTER == 0) {
            int quarters = Math.floorMod((int) (degrees / QUARTER), 4);
            int cosine = quarters == 0 ? 1 : quarters == 2 ? -1 : 0;
            int sine = quarters == 1 ? 1 : quarters == 3 ? -1 : 0;
            return new Move(cosine, -sine, sine, cosine);
        }
        double cosine = StrictMath.cos(StrictMath.toRadians(degrees));
        double sine = StrictMath.sin(StrictMath.toRadians(degrees));
        return new Move(cosine, -sine, sine, cosine);
    }

    /** Left becomes right. */
    public static Move mirror() {
        return new Move(1, 0, 0, -1);
    }

    /** Makes larger by a factor, or smaller by one below 1. */
    public static Move scale(double factor) {
        return new Move(1 / factor, 0, 0, 1 / factor);
    }

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
                double atRow = row + rowDown * (r - row) + rowRight * (c - column);
                double atColumn = column + columnDown * (r - row) + columnRight * (c - column);
                if (isEndless) {
                    atRow = Math.min(Math.max(atRow, 0), rows - 1);
                    atColumn = Math.min(Math.max(atColumn, 0), columns - 1);
                }
                moved[r * columns + c] = (float) at(values, from, rows, columns, atRow, atColumn);
            }
        }
        return moved;
    }

    private static double at(float[] values, int from, int rows, int columns, double row, double column) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double sum = 0;
        for (int corner = 0; corner < 4; corner++) {
            int near = top + corner / 2;
            int beside = left + corner % 2;
            if (near >= 0 && near < rows && beside >= 0 && beside < columns) {
                sum += (1 - Math.abs(row - near)) * (1 - Math.abs(column - beside)) * values[from + near * columns + beside];
            }
        }
        return sum;
    }
}
