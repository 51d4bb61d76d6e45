package org.loupe.core.image;

/**
 * A space of colours in which natural images vary independently along the axes.
 *
 * <p>{@code rgb = matrix * t} at each pixel, where the optimiser changes {@code t}. The matrix is multiplied, not
 * its inverse: parameters live in the decorrelated space.
 *
 * @param matrix 3 x 3 numbers, row by row; each row makes one of red, green, blue
 */
public record Colours(double[] matrix) {

    /**
     * Colours of ImageNet: the square root of the colour covariance as published with Lucid,
     * {@code [[.26,.09,.02],[.27,0,-.05],[.27,-.09,.03]]}, divided by its largest column norm.
     */
    public static final Colours NATURAL = normalised(
            0.26, 0.09, 0.02,
            0.27, 0.00, -0.05,
            0.27, -0.09, 0.03);

    public Colours {
        if (matrix.length != 9) {
            throw new IllegalArgumentException("A colour matrix has 9 numbers, not " + matrix.length);
        }
    }

    private static Colours normalised(double... matrix) {
        double largest = 0;
        for (int column = 0; column < 3; column++) {
            largest = Math.max(largest, Math.sqrt(matrix[column] * matrix[column]
                    + matrix[3 + column] * matrix[3 + column] + matrix[6 + column] * matrix[6 + column]));
        }
        double[] scaled = matrix.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= largest;
        }
        return new Colours(scaled);
    }

    /** Multiplies each pixel of the first (3, area) numbers by the matrix, in place. */
    void toRgb(float[] values, int area) {
        multiply(values, area, matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5], matrix[6], matrix[7],
                matrix[8]);
    }

    /** Multiplies each pixel of the first (3, area) numbers by the transposed matrix, in place. */
    void transposed(float[] values, int area) {
        multiply(values, area, matrix[0], matrix[3], matrix[6], matrix[1], matrix[4], matrix[7], matrix[2], matrix[5],
                matrix[8]);
    }

    /** Multiplies each of some pixels by the matrix; three arrays for the colours, and three for the products. */
    void toRgb(float[][] from, float[][] into, int count) {
        float[] m = new float[9];
        for (int i = 0; i < m.length; i++) {
            m[i] = (float) matrix[i];
        }
        multiply(m, from[0], from[1], from[2], into[0], into[1], into[2], count);
    }

    /** As {@link #toRgb(float[][], float[][], int)}, by the transposed matrix. */
    void transposed(float[][] from, float[][] into, int count) {
        float[] m = new float[9];
        for (int i = 0; i < m.length; i++) {
            m[i] = (float) matrix[i % 3 * 3 + i / 3];
        }
        multiply(m, from[0], from[1], from[2], into[0], into[1], into[2], count);
    }

    private static void multiply(float[] m, float[] a, float[] b, float[] c, float[] red, float[] green, float[] blue,
            int count) {
        float m00 = m[0];
        float m01 = m[1];
        float m02 = m[2];
        float m10 = m[3];
        float m11 = m[4];
        float m12 = m[5];
        float m20 = m[6];
        float m21 = m[7];
        float m22 = m[8];
        for (int i = 0; i < count; i++) {
            float one = a[i];
            float two = b[i];
            float three = c[i];
            red[i] = m00 * one + m01 * two + m02 * three;
            green[i] = m10 * one + m11 * two + m12 * three;
            blue[i] = m20 * one + m21 * two + m22 * three;
        }
    }

    /** Multiplies each pixel of the first (3, area) numbers by the inverse matrix, in place. */
    void fromRgb(float[] values, int area) {
        double[] m = matrix;
        double c0 = m[4] * m[8] - m[5] * m[7];
        double c1 = m[5] * m[6] - m[3] * m[8];
        double c2 = m[3] * m[7] - m[4] * m[6];
        double d = m[0] * c0 + m[1] * c1 + m[2] * c2;
        multiply(values, area, c0 / d, (m[2] * m[7] - m[1] * m[8]) / d, (m[1] * m[5] - m[2] * m[4]) / d,
                c1 / d, (m[0] * m[8] - m[2] * m[6]) / d, (m[2] * m[3] - m[0] * m[5]) / d,
                c2 / d, (m[1] * m[6] - m[0] * m[7]) / d, (m[0] * m[4] - m[1] * m[3]) / d);
    }

    private static void multiply(float[] values, int area, double m00, double m01, double m02, double m10,
            double m11, double m12, double m20, double m21, double m22) {
        for (int i = 0; i < area; i++) {
            double a = values[i];
            double b = values[area + i];
            double c = values[2 * area + i];
            values[i] = (float) (m00 * a + m01 * b + m02 * c);
            values[area + i] = (float) (m10 * a + m11 * b + m12 * c);
            values[2 * area + i] = (float) (m20 * a + m21 * b + m22 * c);
        }
    }
}
