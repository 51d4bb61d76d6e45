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
    private final int pairs;
    private final double norm;
    private final ComplexFourier down;
    private final ComplexFourier across;
    private final double[] re;
    private final double[] im;
    /** Two rows p and q of the picture as p + iq, (columns, pairs of rows): both are real, so one transform serves them. */
    private final double[] pairRe;
    private final double[] pairIm;

    RealFourier(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.half = columns / 2 + 1;
        this.pairs = (rows + 1) / 2;
        this.norm = 1.0 / ((double) rows * columns);
        this.down = new ComplexFourier(rows);
        this.across = new ComplexFourier(columns);
        this.re = new double[rows * half];
        this.im = new double[rows * half];
        this.pairRe = new double[columns * pairs];
        this.pairIm = new double[columns * pairs];
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

    /** Whether a column of the spectrum stands for one frequency, and not for its mirror image, too. */
    private boolean isAlone(int u) {
        return u == 0 || 2 * u == columns;
    }

    /** Writes the picture of a spectrum to {@code picture} from {@code offset} on. */
    void inverse(float[] real, float[] imaginary, float[] picture, int offset) {
        for (int i = 0; i < re.length; i++) {
            re[i] = real[i];
            im[i] = imaginary[i];
        }
        down.inverse(re, im, half);
        for (int row = 0; row < rows; row += 2) {
            pair(row, row * half, row + 1 < rows ? (row + 1) * half : -1);
        }
        across.inverse(pairRe, pairIm, pairs);
        for (int row = 0; row < rows; row++) {
            double[] from = row % 2 == 0 ? pairRe : pairIm;
            for (int column = 0; column < columns; column++) {
                picture[offset + row * columns + column] = (float) (from[column * pairs + row / 2] * norm);
            }
        }
    }

    /**
     * Puts the spectra of two rows into one.
     *
     * @param p where the first row's begins
     * @param q where the second row's begins, or -1 where there is none
     */
    private void pair(int row, int p, int q) {
        for (int u = 0; u < half; u++) {
            boolean alone = isAlone(u);
            double pr = re[p + u];
            double pi = alone ? 0 : im[p + u];
            double qr = q < 0 ? 0 : re[q + u];
            double qi = q < 0 || alone ? 0 : im[q + u];
            pairRe[u * pairs + row / 2] = pr - qi;
            pairIm[u * pairs + row / 2] = pi + qr;
            if (!alone) {
                int mirror = (columns - u) * pairs + row / 2;
                pairRe[mirror] = pr + qi;
                pairIm[mirror] = qr - pi;
            }
        }
    }

    /**
     * Writes the gradient with respect to the spectrum, given the one with respect to the picture. Columns of the
     * spectrum that stand for two frequencies, themselves and their mirror image, count twice.
     */
    void inverseAdjoint(float[] slope, int offset, float[] real, float[] imaginary) {
        for (int row = 0; row < 2 * pairs; row++) {
            double[] into = row % 2 == 0 ? pairRe : pairIm;
            for (int column = 0; column < columns; column++) {
                into[column * pairs + row / 2] = row < rows ? slope[offset + row * columns + column] : 0;
            }
        }
        across.forward(pairRe, pairIm, pairs);
        for (int row = 0; row < rows; row += 2) {
            part(row, row * half, row + 1 < rows ? (row + 1) * half : -1);
        }
        down.forward(re, im, half);
        for (int i = 0; i < re.length; i++) {
            real[i] = (float) re[i];
            imaginary[i] = (float) im[i];
        }
    }

    /** Parts the spectrum of two rows, as {@link #pair} puts them together, with its factors. */
    private void part(int row, int p, int q) {
        for (int u = 0; u < half; u++) {
            int at = u * pairs + row / 2;
            int mirror = u == 0 ? at : (columns - u) * pairs + row / 2;
            double weight = (isAlone(u) ? 1 : 2) * norm;
            re[p + u] = weight * (pairRe[at] + pairRe[mirror]) / 2;
            im[p + u] = weight * (pairIm[at] - pairIm[mirror]) / 2;
            if (q >= 0) {
                re[q + u] = weight * (pairIm[at] + pairIm[mirror]) / 2;
                im[q + u] = weight * (pairRe[mirror] - pairRe[at]) / 2;
            }
        }
    }

    /**
     * Writes the spectrum of a picture, not normalised: what NumPy and PyTorch call {@code rfft2}, so that
     * {@link #inverse} brings the picture back.
     */
    void forward(float[] picture, int offset, float[] real, float[] imaginary) {
        inverseAdjoint(picture, offset, real, imaginary);
        float all = (float) rows * columns;
        for (int i = 0; i < bins(); i++) {
            float factor = isAlone(i % half) ? all : all / 2;
            real[i] *= factor;
            imaginary[i] *= factor;
        }
    }
}
