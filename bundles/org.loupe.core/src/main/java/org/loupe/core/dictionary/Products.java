package org.loupe.core.dictionary;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Products of matrices in row order, by whoever computes them fastest. The same matrices give the same bits. */
@FunctionalInterface
public interface Products extends AutoCloseable {

    /**
     * Writes the product of two matrices.
     *
     * @param left            of shape (rows, inner), or (inner, rows) where it is transposed
     * @param leftTransposed  whether the left matrix is transposed first
     * @param right           of shape (inner, columns), or (columns, inner) where it is transposed
     * @param rightTransposed whether the right matrix is transposed first
     * @param product         of shape (rows, columns), which is overwritten
     */
    void multiply(float[] left, boolean leftTransposed, float[] right, boolean rightTransposed, int rows, int inner,
            int columns, float[] product);

    /** Loops in Java: everywhere, and slower than a BLAS. */
    Products PLAIN = (left, leftTransposed, right, rightTransposed, rows, inner, columns, product) -> {
        float[] first = leftTransposed ? transposed(left, inner, rows) : left;
        float[] second = rightTransposed ? transposed(right, columns, inner) : right;
        IntStream.range(0, rows).parallel().forEach(row -> {
            int to = row * columns;
            Arrays.fill(product, to, to + columns, 0);
            for (int i = 0; i < inner; i++) {
                float factor = first[row * inner + i];
                int from = i * columns;
                for (int column = 0; column < columns; column++) {
                    product[to + column] += factor * second[from + column];
                }
            }
        });
    };

    private static float[] transposed(float[] matrix, int rows, int columns) {
        float[] transposed = new float[matrix.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                transposed[column * rows + row] = matrix[row * columns + column];
            }
        }
        return transposed;
    }

    /** Gives back what it has taken; products can no longer be asked for. */
    @Override
    default void close() {
    }
}
