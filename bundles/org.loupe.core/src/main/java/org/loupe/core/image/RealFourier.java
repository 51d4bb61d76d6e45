package org.loupe.core.image;

/**
 * The two-dimensional inverse Fourier transform from half a spectrum to a real picture, and its adjoint.
 *
 * <p>The spectrum is (rows, columns / 2 + 1), normalised by {@code 1 / (rows * columns)}: what NumPy and PyTorch
 * call {@code irfft2}. Imaginary parts that a real picture cannot have are ignored, and so get no gradient. It keeps room
 * to work in; not for several threads at once.
 */
final class RealFourier {

    private final int rows;
    private final int columns;
    private final int half;
    private final ComplexFourier down;
    private final ComplexFourier across;
    private final double[] re;
    private final double[] im;
    private final double[] rowRe;
    private final double[] rowIm;
    private final double[] columnRe;
    private final double[] columnIm;

    RealFourier(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.half = columns / 2 + 1;
        this.down = new ComplexFourier(rows);
        this.across = new ComplexFourier(columns);
        this.re = new double[rows * half];
        this.im = new double[rows * half];
        this.rowRe = new double[columns];
        this.rowIm = new double[columns];
        this.columnRe = new double[rows];
        this.columnIm = new double[rows];
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** Number of coefficients of half a spectrum. */
    int bins() {
        return rows * half;
    }

    /** Writes the picture of a spectrum to {@code picture} from {@code offset} on. */
    void inverse(float[] real, float[] imaginary, float[] picture, int offset) {
        alongRows(real, imaginary);
        double norm = 1.0 / ((double) rows * columns);
        double[] a = rowRe;
        double[] b = rowIm;
        // Two rows p and q go through one complex transform as p + iq: both results are real.
        for (int row = 0; row < rows; row += 2) {
            int p = row * half;
            int q = row + 1 < rows ? p + half : -1;
            for (int u = 0; u < columns; u++) {
                int bin = u < half ? u : columns - u;
                boolean mirrored = u >= half;
                boolean alone = u == 0 || 2 * u == columns;
                double pr = re[p + bin];
                double pi = alone ? 0 : mirrored ? -im[p + bin] : im[p + bin];
                double qr = q < 0 ? 0 : re[q + bin];
                double qi = q < 0 || alone ? 0 : mirrored ? -im[q + bin] : im[q + bin];
                a[u] = pr - qi;
                b[u] = pi + qr;
            }
            across.inverse(a, b);
            for (int column = 0; column < columns; column++) {
                picture[offset + row * columns + column] = (float) (a[column] * norm);
                if (q >= 0) {
                    picture[offset + (row + 1) * columns + column] = (float) (b[column] * norm);
                }
            }
        }
    }

    /**
     * Writes the gradient with respect to the spectrum, given the one with respect to the picture. Columns of the
     * spectrum that stand for two frequencies, themselves and their mirror image, count twice.
     */
    void inverseAdjoint(float[] slope, int offset, float[] real, float[] imaginary) {
        double norm = 1.0 / ((double) rows * columns);
        double[] a = rowRe;
        double[] b = rowIm;
        for (int row = 0; row < rows; row += 2) {
            boolean pair = row + 1 < rows;
            for (int column = 0; column < columns; column++) {
                a[column] = slope[offset + row * columns + column];
                b[column] = pair ? slope[offset + (row + 1) * columns + column] : 0;
            }
            across.forward(a, b);
            for (int u = 0; u < half; u++) {
                int mirror = u == 0 ? 0 : columns - u;
                double weight = (u == 0 || 2 * u == columns ? 1 : 2) * norm;
                re[row * half + u] = weight * (a[u] + a[mirror]) / 2;
                im[row * half + u] = weight * (b[u] - b[mirror]) / 2;
                if (pair) {
                    re[(row + 1) * half + u] = weight * (b[u] + b[mirror]) / 2;
                    im[(row + 1) * half + u] = weight * (a[mirror] - a[u]) / 2;
                }
            }
        }
        for (int u = 0; u < half; u++) {
            for (int row = 0; row < rows; row++) {
                columnRe[row] = re[row * half + u];
                columnIm[row] = im[row * half + u];
            }
            down.forward(columnRe, columnIm);
            for (int v = 0; v < rows; v++) {
                real[v * half + u] = (float) columnRe[v];
                imaginary[v * half + u] = (float) columnIm[v];
            }
        }
    }

    /**
     * Writes the spectrum of a picture, not normalised: what NumPy and PyTorch call {@code rfft2}, so that
     * {@link #inverse} brings the picture back.
     */
    void forward(float[] picture, int offset, float[] real, float[] imaginary) {
        inverseAdjoint(picture, offset, real, imaginary);
        float norm = (float) rows * columns;
        for (int i = 0; i < bins(); i++) {
            int u = i % half;
            float factor = u == 0 || 2 * u == columns ? norm : norm / 2;
            real[i] *= factor;
            imaginary[i] *= factor;
        }
    }

    private void alongRows(float[] real, float[] imaginary) {
        double[] a = columnRe;
        double[] b = columnIm;
        for (int u = 0; u < half; u++) {
            for (int v = 0; v < rows; v++) {
                a[v] = real[v * half + u];
                b[v] = imaginary[v * half + u];
            }
            down.inverse(a, b);
            for (int row = 0; row < rows; row++) {
                re[row * half + u] = a[row];
                im[row * half + u] = b[row];
            }
        }
    }
}
