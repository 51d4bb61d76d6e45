package org.loupe.core.image;

/**
 * The two-dimensional inverse Fourier transform from half a spectrum to a real picture, and its adjoint, for all planes
 * of a picture together.
 *
 * <p>The spectra are (plane, rows, columns / 2 + 1), normalised by {@code 1 / (rows * columns)}: what NumPy and PyTorch
 * call {@code irfft2}. Imaginary parts that a real picture cannot have are ignored, and so get no gradient. It keeps room
 * to work in; not for several threads at once.
 */
final class RealFourier {

    /** So many pairs of rows are turned over together, for that many numbers lie side by side in a cache. */
    private static final int TOGETHER = 16;

    private final int rows;
    private final int columns;
    private final int planes;
    private final int half;
    private final int pairs;
    private final float norm;
    private final ComplexFourier down;
    private final ComplexFourier across;
    /** The spectra, [row][plane, column]. */
    private final float[][] re;
    private final float[][] im;
    /** Two rows p and q of a plane as p + iq, [column][plane, pair of rows]: both are real, so one transform serves them. */
    private final float[][] pairRe;
    private final float[][] pairIm;

    RealFourier(int rows, int columns, int planes) {
        this.rows = rows;
        this.columns = columns;
        this.planes = planes;
        this.half = columns / 2 + 1;
        this.pairs = (rows + 1) / 2;
        this.norm = (float) (1.0 / ((double) rows * columns));
        this.down = new ComplexFourier(rows, planes * half);
        this.across = new ComplexFourier(columns, planes * pairs);
        this.re = new float[rows][planes * half];
        this.im = new float[rows][planes * half];
        this.pairRe = new float[columns][planes * pairs];
        this.pairIm = new float[columns][planes * pairs];
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** Number of coefficients of one plane's half a spectrum. */
    int bins() {
        return rows * half;
    }

    /** Whether a column of the spectrum stands for one frequency, and not for its mirror image, too. */
    private boolean isAlone(int u) {
        return u == 0 || 2 * u == columns;
    }

    /** Goes over all pairs of rows in parts that lie side by side. */
    private interface Part {
        /**
         * @param plane one of them
         * @param first pair of rows
         * @param end   the pair behind the last
         */
        void visit(int plane, int first, int end);
    }

    private void eachPart(Part part) {
        for (int plane = 0; plane < planes; plane++) {
            for (int first = 0; first < pairs; first += TOGETHER) {
                part.visit(plane, first, Math.min(pairs, first + TOGETHER));
            }
        }
    }

    /** Writes the planes, (plane, rows, columns), of spectra. */
    void inverse(float[] real, float[] imaginary, float[] picture) {
        for (int row = 0; row < rows; row++) {
            for (int plane = 0; plane < planes; plane++) {
                System.arraycopy(real, (plane * rows + row) * half, re[row], plane * half, half);
                System.arraycopy(imaginary, (plane * rows + row) * half, im[row], plane * half, half);
            }
        }
        down.inverse(re, im);
        eachPart(this::pair);
        across.inverse(pairRe, pairIm);
        eachPart((plane, first, end) -> write(plane, first, end, picture));
    }

    /** Puts the spectra of two rows into one; behind the last row there may be none. */
    private void pair(int plane, int first, int end) {
        for (int u = 0; u < half; u++) {
            boolean alone = isAlone(u);
            float[] toRe = pairRe[u];
            float[] toIm = pairIm[u];
            for (int pair = first; pair < end; pair++) {
                int p = 2 * pair;
                int at = plane * half + u;
                boolean both = p + 1 < rows;
                float pr = re[p][at];
                float pi = alone ? 0 : im[p][at];
                float qr = both ? re[p + 1][at] : 0;
                float qi = alone || !both ? 0 : im[p + 1][at];
                toRe[plane * pairs + pair] = pr - qi;
                toIm[plane * pairs + pair] = pi + qr;
                if (!alone) {
                    pairRe[columns - u][plane * pairs + pair] = pr + qi;
                    pairIm[columns - u][plane * pairs + pair] = qr - pi;
                }
            }
        }
    }

    private void write(int plane, int first, int end, float[] picture) {
        for (int column = 0; column < columns; column++) {
            float[] fromRe = pairRe[column];
            float[] fromIm = pairIm[column];
            int to = plane * rows * columns + column;
            for (int pair = first; pair < end; pair++) {
                picture[to + 2 * pair * columns] = fromRe[plane * pairs + pair] * norm;
                if (2 * pair + 1 < rows) {
                    picture[to + (2 * pair + 1) * columns] = fromIm[plane * pairs + pair] * norm;
                }
            }
        }
    }

    /**
     * Writes the gradient with respect to the spectra, given the one with respect to the planes. Columns of the
     * spectrum that stand for two frequencies, themselves and their mirror image, count twice.
     */
    void inverseAdjoint(float[] slope, float[] real, float[] imaginary) {
        eachPart((plane, first, end) -> read(plane, first, end, slope));
        across.forward(pairRe, pairIm);
        eachPart(this::part);
        down.forward(re, im);
        for (int row = 0; row < rows; row++) {
            for (int plane = 0; plane < planes; plane++) {
                System.arraycopy(re[row], plane * half, real, (plane * rows + row) * half, half);
                System.arraycopy(im[row], plane * half, imaginary, (plane * rows + row) * half, half);
            }
        }
    }

    private void read(int plane, int first, int end, float[] slope) {
        for (int column = 0; column < columns; column++) {
            float[] toRe = pairRe[column];
            float[] toIm = pairIm[column];
            int from = plane * rows * columns + column;
            for (int pair = first; pair < end; pair++) {
                toRe[plane * pairs + pair] = slope[from + 2 * pair * columns];
                toIm[plane * pairs + pair] = 2 * pair + 1 < rows ? slope[from + (2 * pair + 1) * columns] : 0;
            }
        }
    }

    /** Parts the spectrum of two rows, as {@link #pair} puts them together, with its factors. */
    private void part(int plane, int first, int end) {
        for (int u = 0; u < half; u++) {
            float[] fromRe = pairRe[u];
            float[] fromIm = pairIm[u];
            float[] mirrorRe = u == 0 ? fromRe : pairRe[columns - u];
            float[] mirrorIm = u == 0 ? fromIm : pairIm[columns - u];
            float weight = isAlone(u) ? norm / 2 : norm;
            int to = plane * half + u;
            for (int pair = first; pair < end; pair++) {
                int at = plane * pairs + pair;
                re[2 * pair][to] = weight * (fromRe[at] + mirrorRe[at]);
                im[2 * pair][to] = weight * (fromIm[at] - mirrorIm[at]);
                if (2 * pair + 1 < rows) {
                    re[2 * pair + 1][to] = weight * (fromIm[at] + mirrorIm[at]);
                    im[2 * pair + 1][to] = weight * (mirrorRe[at] - fromRe[at]);
                }
            }
        }
    }

    /**
     * Writes the spectra of planes, not normalised: what NumPy and PyTorch call {@code rfft2}, so that
     * {@link #inverse} brings the planes back.
     */
    void forward(float[] picture, float[] real, float[] imaginary) {
        inverseAdjoint(picture, real, imaginary);
        float all = (float) rows * columns;
        for (int i = 0; i < planes * bins(); i++) {
            float factor = isAlone(i % half) ? all : all / 2;
            real[i] *= factor;
            imaginary[i] *= factor;
        }
    }
}
