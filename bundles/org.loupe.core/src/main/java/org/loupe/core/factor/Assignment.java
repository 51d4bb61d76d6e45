package org.loupe.core.factor;

import java.util.Arrays;

/**
 * Which thing of one list belongs to which of another, each to at most one, so that the worth of all pairs together is
 * greatest: the Hungarian method (Kuhn 1955, Munkres 1957) by shortest augmenting paths.
 */
public final class Assignment {

    private Assignment() {
    }

    /**
     * Finds the best pairs.
     *
     * @param worth of a row and a column; there may be more of either
     * @return for each row its column, or -1 where all columns have gone to others
     */
    public static int[] best(Matrix worth) {
        if (worth.rows() <= worth.columns()) {
            return assign(worth);
        }
        int[] rowOfColumn = assign(worth.transposed());
        int[] columnOfRow = new int[worth.rows()];
        Arrays.fill(columnOfRow, -1);
        for (int column = 0; column < rowOfColumn.length; column++) {
            columnOfRow[rowOfColumn[column]] = column;
        }
        return columnOfRow;
    }

    /** The worth of the pairs that {@link #best} has found, together. */
    public static double total(Matrix worth, int[] columnOfRow) {
        double total = 0;
        for (int row = 0; row < columnOfRow.length; row++) {
            total += columnOfRow[row] < 0 ? 0 : worth.at(row, columnOfRow[row]);
        }
        return total;
    }

    /** With at most as many rows as columns. Rows and columns count from 1; column 0 is where a new row starts from. */
    private static int[] assign(Matrix worth) {
        int rows = worth.rows();
        int columns = worth.columns();
        double[] ofRow = new double[rows + 1];
        double[] ofColumn = new double[columns + 1];
        int[] rowOf = new int[columns + 1];
        for (int row = 1; row <= rows; row++) {
            int[] before = new int[columns + 1];
            rowOf[0] = row;
            int end = path(worth, ofRow, ofColumn, rowOf, before);
            for (int column = end; column != 0; column = before[column]) {
                rowOf[column] = rowOf[before[column]];
            }
        }
        int[] columnOf = new int[rows];
        for (int column = 1; column <= columns; column++) {
            if (rowOf[column] > 0) {
                columnOf[rowOf[column] - 1] = column - 1;
            }
        }
        return columnOf;
    }

    /** The shortest path from column 0 to a column without a row; returns that column and fills in the way back. */
    private static int path(Matrix worth, double[] ofRow, double[] ofColumn, int[] rowOf, int[] before) {
        double[] least = new double[ofColumn.length];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        boolean[] seen = new boolean[ofColumn.length];
        int at = 0;
        do {
            seen[at] = true;
            int row = rowOf[at];
            double step = Double.POSITIVE_INFINITY;
            int next = -1;
            for (int column = 1; column < ofColumn.length; column++) {
                if (!seen[column]) {
                    double rest = -worth.at(row - 1, column - 1) - ofRow[row] - ofColumn[column];
                    if (rest < least[column]) {
                        least[column] = rest;
                        before[column] = at;
                    }
                    if (next < 0 || least[column] < step) {
                        step = least[column];
                        next = column;
                    }
                }
            }
            for (int column = 0; column < ofColumn.length; column++) {
                if (seen[column]) {
                    ofRow[rowOf[column]] += step;
                    ofColumn[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
        } while (rowOf[at] != 0);
        return at;
    }
}
