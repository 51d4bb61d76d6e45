package org.loupe.core.dictionary;

/**
 * Arithmetic on rows of matrices, each an array of its own: so the virtual machine does several numbers at once, which it does
 * not where rows lie at different places of larger arrays.
 */
final class Rows {

    private Rows() {
    }

    /** Copies a matrix in row order into rows. */
    static void copy(float[] matrix, float[][] rows) {
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(matrix, row * rows[row].length, rows[row], 0, rows[row].length);
        }
    }

    /** Adds a multiple of a row to another. */
    static void add(float[] to, float factor, float[] row) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * row[i];
        }
    }

    /** Adds multiples of four rows to another, which reads and writes that less often. */
    static void add(float[] to, float factor0, float[] row0, float factor1, float[] row1, float factor2, float[] row2,
            float factor3, float[] row3) {
        for (int i = 0; i < to.length; i++) {
            to[i] += (factor0 * row0[i] + factor1 * row1[i]) + (factor2 * row2[i] + factor3 * row3[i]);
        }
    }

    /** The inner product of two rows, in four sums, so that the processor need not wait for one addition after the other. */
    static float dot(float[] left, float[] right) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 3 < left.length; i += 4) {
            s0 += left[i] * right[i];
            s1 += left[i + 1] * right[i + 1];
            s2 += left[i + 2] * right[i + 2];
            s3 += left[i + 3] * right[i + 3];
        }
        for (; i < left.length; i++) {
            s0 += left[i] * right[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
