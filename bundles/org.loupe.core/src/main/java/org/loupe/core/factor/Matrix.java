package org.loupe.core.factor;

import java.util.Arrays;
import java.util.List;

/**
 * Numbers in rows and columns. The values are shared, not copied.
 *
 * @param rows    at least 1
 * @param columns at least 1
 * @param values  {@code rows * columns} finite numbers, row after row
 */
public record Matrix(int rows, int columns, double[] values) {

    public Matrix {
        if (rows < 1 || columns < 1 || values.length != (long) rows * columns) {
            throw new IllegalArgumentException("A matrix of " + rows + " rows and " + columns + " columns does not hold "
                    + values.length + " numbers");
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A matrix holds finite numbers, not " + value);
            }
        }
    }

    /** A matrix of zeros. */
    public static Matrix zeros(int rows, int columns) {
        return new Matrix(rows, columns, new double[Math.multiplyExact(rows, columns)]);
    }

    /** A matrix of rows of one length; at least one. */
    public static Matrix of(double[]... rows) {
        Matrix matrix = zeros(rows.length, rows[0].length);
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != matrix.columns) {
                throw new IllegalArgumentException("Row " + row + " has " + rows[row].length + " numbers, the first one "
                        + matrix.columns);
            }
            System.arraycopy(rows[row], 0, matrix.values, row * matrix.columns, matrix.columns);
        }
        return matrix;
    }

    /** One value. */
    public double at(int row, int column) {
        return values[row * columns + column];
    }

    /** A copy of one row. */
    public double[] row(int row) {
        return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }

    /** A copy of one column. */
    public double[] column(int column) {
        double[] copy = new double[rows];
        for (int row = 0; row < rows; row++) {
            copy[row] = at(row, column);
        }
        return copy;
    }

    /** A copy of some rows, in the order of the list, which is not empty. */
    public Matrix rows(List<Integer> which) {
        return of(which.stream().map(this::row).toArray(double[][]::new));
    }

    /** Rows as columns. */
    public Matrix transposed() {
        Matrix turned = zeros(columns, rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned.values[column * rows + row] = at(row, column);
            }
        }
        return turned;
    }

    /** The product of a row of this matrix and a row of another one with as many columns. */
    public double dot(int row, Matrix other, int otherRow) {
        double sum = 0;
        for (int column = 0; column < columns; column++) {
            sum += values[row * columns + column] * other.values[otherRow * columns + column];
        }
        return sum;
    }

    /** The same directions with rows of length 1; rows of zeros stay. */
    public Matrix unitRows() {
        Matrix unit = zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            double length = Math.sqrt(dot(row, this, row));
            for (int column = 0; column < columns && length > 0; column++) {
                unit.values[row * columns + column] = at(row, column) / length;
            }
        }
        return unit;
    }

    /** The mean of all rows. */
    public double[] meanRow() {
        double[] mean = new double[columns];
        for (int i = 0; i < values.length; i++) {
            mean[i % columns] += values[i] / rows;
        }
        return mean;
    }

    /** The cosines between all rows and all rows of another matrix with as many columns; 0 where a row is zero. */
    public Matrix cosines(Matrix other) {
        if (columns != other.columns) {
            throw new IllegalArgumentException("Rows of " + columns + " and of " + other.columns + " numbers have no cosine");
        }
        Matrix own = unitRows();
        Matrix its = other.unitRows();
        Matrix cosines = zeros(rows, other.rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < other.rows; column++) {
                cosines.values[row * other.rows + column] = own.dot(row, its, column);
            }
        }
        return cosines;
    }

    /** Whether the shapes and all values are the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix that && rows == that.rows && columns == that.columns
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + rows;
    }

    /** The shape, such as {@code 40x128}. */
    @Override
    public String toString() {
        return rows + "x" + columns;
    }
}
