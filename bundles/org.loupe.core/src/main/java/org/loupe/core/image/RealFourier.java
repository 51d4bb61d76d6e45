package org.loupe.core.image;

/**
 * The two-dimensional inverse Fourier transform from half a spectrum to a real picture, and its adjoint, for all planes
 * of a picture together: what NumPy and PyTorch call {@code irfft2}, normalised by {@code 1 / (rows * columns)}, after
 * each coefficient was multiplied by a weight of its frequency. Imaginary parts that a real picture cannot have are
 * ignored, and so get no gradient.
 *
 * <p>Spectra lie in an order of their own, {@link #index}, in which the transform reads and writes them in long stretches.
 * The picture's lines are fetched and brought one by one. It keeps room to work in; not for several threads at once.
 */
final class RealFourier {

    /** So many columns are turned over together, for that many numbers lie side by side in a cache. */
    private static final int TOGETHER = 16;

    /** What a coefficient is multiplied by. */
    interface Weight {
        /**
         * @param down   cycles per picture from top to bottom, not negative: both directions have one weight
         * @param across cycles per picture from left to right, not negative
         */
        double of(int down, int across);
    }

    private final int rows;
    private final int columns;
    private final int planes;
    /** Frequencies from left to right, all of which are not negative. */
    private final int half;
    /** Frequencies from top to bottom that are not negative, and those that are. */
    private final int upper;
    private final int lower;
    private final int pairs;
    private final ComplexFourier across;
    private final ComplexFourier down;
    /** Weight and norm of each frequency, [across][plane, down]. */
    private final float[][] factors;
    /** First spectra, [across][plane, down], and then lines, [column][plane, down]. */
    private final float[][] re;
    private final float[][] im;
    /**
     * Columns p and q of a plane as p + iq, [down][plane, pair of columns] and then [row][plane, pair of columns]: both are
     * real, so one transform serves them. The two columns are half a picture apart.
     */
    private final float[][] pairRe;
    private final float[][] pairIm;
    /** Where the column goes that a last one is alone without. */
    private final float[] unused;

    RealFourier(int rows, int columns, int planes) {
        this(rows, columns, planes, (down, across) -> 1);
    }

    RealFourier(int rows, int columns, int planes, Weight weight) {
        this.rows = rows;
        this.columns = columns;
        this.planes = planes;
        this.half = columns / 2 + 1;
        this.upper = rows / 2 + 1;
        this.lower = rows - upper;
        this.pairs = (columns + 1) / 2;
        this.across = new ComplexFourier(columns, planes * upper);
        this.down = new ComplexFourier(rows, planes * pairs);
        this.factors = new float[half][planes * upper];
        for (int u = 0; u < half; u++) {
            for (int lane = 0; lane < planes * upper; lane++) {
                factors[u][lane] = (float) (weight.of(lane % upper, u) / ((double) rows * columns));
            }
        }
        // Each of the two is the other's room to work in.
        int length = Math.max(rows, columns);
        int lanes = planes * Math.max(upper, pairs);
        this.re = new float[length][lanes];
        this.im = new float[length][lanes];
        this.pairRe = new float[length][lanes];
        this.pairIm = new float[length][lanes];
        this.unused = new float[planes * upper];
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

    /**
     * Where a coefficient lies: for each frequency across, first those of all planes whose frequency down is not negative, and
     * then the others, from slow to fast.
     *
     * @param v frequency down, from 0; those above the half stand for negative ones
     * @param u frequency across, from 0
     */
    int index(int plane, int v, int u) {
        return u * planes * rows + (v < upper ? plane * upper + v : planes * upper + plane * lower + rows - v - 1);
    }

    /** Numbers of the order (plane, rows, columns / 2 + 1) in the transform's own order. */
    float[] arranged(float[] published) {
        float[] arranged = new float[published.length];
        for (int i = 0; i < arranged.length; i++) {
            arranged[index(i / bins(), i % bins() / half, i % half)] = published[i];
        }
        return arranged;
    }

    /** Numbers of the transform's own order in the order (plane, rows, columns / 2 + 1). */
    float[] published(float[] arranged) {
        float[] published = new float[arranged.length];
        for (int i = 0; i < arranged.length; i++) {
            published[i] = arranged[index(i / bins(), i % bins() / half, i % half)];
        }
        return published;
    }

    /** Whether a frequency is its own mirror image. */
    private static boolean isAlone(int frequency, int length) {
        return frequency == 0 || 2 * frequency == length;
    }

    /**
     * Makes the planes of spectra, for {@link #line} to fetch.
     *
     * @param realAt      where in its array the real parts begin
     * @param imaginaryAt where in its array the imaginary parts begin
     */
    void inverse(float[] real, int realAt, float[] imaginary, int imaginaryAt) {
        for (int u = 0; u < half; u++) {
            int at = u * planes * rows;
            if (isAlone(u, columns)) {
                symmetric(real, realAt + at, 1, re[u]);
                symmetric(imaginary, imaginaryAt + at, -1, im[u]);
            } else {
                System.arraycopy(real, realAt + at, re[u], 0, planes * upper);
                System.arraycopy(imaginary, imaginaryAt + at, im[u], 0, planes * upper);
                mirror(real, realAt + at, re[columns - u]);
                mirror(imaginary, imaginaryAt + at, im[columns - u]);
                times(re[columns - u], factors[u], 1, planes * upper);
                times(im[columns - u], factors[u], -1, planes * upper);
            }
            times(re[u], factors[u], 1, planes * upper);
            times(im[u], factors[u], 1, planes * upper);
        }
        across.inverse(re, im, pairRe, pairIm);
        for (int plane = 0; plane < planes; plane++) {
            for (int first = 0; first < pairs; first += TOGETHER) {
                pair(plane, first, Math.min(pairs, first + TOGETHER));
            }
        }
        down.inverse(pairRe, pairIm, re, im);
    }

    private static void times(float[] values, float[] factors, float sign, int count) {
        for (int i = 0; i < count; i++) {
            values[i] *= sign * factors[i];
        }
    }

    /** What a column of the spectrum that is its own mirror image has in common with it. */
    private void symmetric(float[] from, int at, float sign, float[] into) {
        for (int plane = 0; plane < planes; plane++) {
            int upperAt = at + plane * upper;
            int lowerAt = at + planes * upper + plane * lower;
            for (int v = 0; v < upper; v++) {
                float mirrored = isAlone(v, rows) ? from[upperAt + v] : from[lowerAt + v - 1];
                into[plane * upper + v] = (from[upperAt + v] + sign * mirrored) / 2;
            }
        }
    }

    /** The mirror image of a column of the spectrum, at frequencies down that are not negative. */
    private void mirror(float[] from, int at, float[] into) {
        for (int plane = 0; plane < planes; plane++) {
            int upperAt = at + plane * upper;
            into[plane * upper] = from[upperAt];
            into[plane * upper + upper - 1] = from[upperAt + upper - 1];
            System.arraycopy(from, at + planes * upper + plane * lower, into, plane * upper + 1, lower);
        }
    }

    /** Puts columns into pairs; a last one may be without another. */
    private void pair(int plane, int first, int end) {
        for (int v = 0; v < upper; v++) {
            boolean alone = isAlone(v, rows);
            int at = plane * upper + v;
            float[] toRe = pairRe[v];
            float[] toIm = pairIm[v];
            float[] mirrorRe = pairRe[alone ? v : rows - v];
            float[] mirrorIm = pairIm[alone ? v : rows - v];
            for (int pair = first; pair < end; pair++) {
                int to = plane * pairs + pair;
                boolean both = pair + pairs < columns;
                float pr = re[pair][at];
                float pi = alone ? 0 : im[pair][at];
                float qr = both ? re[pair + pairs][at] : 0;
                float qi = alone || !both ? 0 : im[pair + pairs][at];
                mirrorRe[to] = pr + qi;
                mirrorIm[to] = qr - pi;
                toRe[to] = pr - qi;
                toIm[to] = qr + pi;
            }
        }
    }

    /** Fetches a line of a plane that {@link #inverse} has made. */
    void line(int plane, int row, float[] into, int at) {
        System.arraycopy(pairRe[row], plane * pairs, into, at, pairs);
        System.arraycopy(pairIm[row], plane * pairs, into, at + pairs, columns - pairs);
    }

    /** Writes all planes, (plane, rows, columns), of spectra. */
    void inverse(float[] real, float[] imaginary, float[] picture) {
        inverse(real, 0, imaginary, 0);
        for (int line = 0; line < planes * rows; line++) {
            line(line / rows, line % rows, picture, line * columns);
        }
    }

    /** Brings a line of the gradient with respect to a plane; {@link #inverseAdjoint} needs all of them. */
    void setLine(int plane, int row, float[] from, int at) {
        System.arraycopy(from, at, pairRe[row], plane * pairs, pairs);
        System.arraycopy(from, at + pairs, pairIm[row], plane * pairs, columns - pairs);
        if (columns < 2 * pairs) {
            pairIm[row][plane * pairs + pairs - 1] = 0;
        }
    }

    /**
     * Writes the gradient with respect to the spectra, given all lines of the one with respect to the planes. Columns of
     * the spectrum that stand for two frequencies, themselves and their mirror image, count twice.
     *
     * @param realAt      where in its array the real parts begin
     * @param imaginaryAt where in its array the imaginary parts begin
     */
    void inverseAdjoint(float[] real, int realAt, float[] imaginary, int imaginaryAt) {
        down.forward(pairRe, pairIm, re, im);
        for (int plane = 0; plane < planes; plane++) {
            for (int first = 0; first < upper; first += TOGETHER) {
                part(plane, first, Math.min(upper, first + TOGETHER));
            }
        }
        across.forward(re, im, pairRe, pairIm);
        for (int u = 0; u < half; u++) {
            int at = u * planes * rows;
            boolean alone = isAlone(u, columns);
            int mirror = alone ? u : columns - u;
            float count = alone ? 1 : 2;
            times(re[u], factors[u], count, planes * upper);
            times(im[u], factors[u], count, planes * upper);
            if (!alone) {
                times(re[mirror], factors[u], count, planes * upper);
                times(im[mirror], factors[u], -count, planes * upper);
            }
            System.arraycopy(re[u], 0, real, realAt + at, planes * upper);
            System.arraycopy(im[u], 0, imaginary, imaginaryAt + at, planes * upper);
            for (int plane = 0; plane < planes; plane++) {
                int to = at + planes * upper + plane * lower;
                System.arraycopy(re[mirror], plane * upper + 1, real, realAt + to, lower);
                System.arraycopy(im[mirror], plane * upper + 1, imaginary, imaginaryAt + to, lower);
                for (int i = 0; alone && i < lower; i++) {
                    imaginary[imaginaryAt + to + i] *= -1;
                }
            }
        }
    }

    /**
     * Parts the columns of pairs, as {@link #pair} puts them together.
     *
     * @param first frequency down
     * @param end   the one behind the last
     */
    private void part(int plane, int first, int end) {
        for (int pair = 0; pair < pairs; pair++) {
            int at = plane * pairs + pair;
            boolean both = pair + pairs < columns;
            float[] pRe = re[pair];
            float[] pIm = im[pair];
            float[] qRe = both ? re[pair + pairs] : unused;
            float[] qIm = both ? im[pair + pairs] : unused;
            for (int v = first; v < end; v++) {
                int mirror = v == 0 ? 0 : rows - v;
                float toRe = pairRe[v][at];
                float toIm = pairIm[v][at];
                float mirrorRe = pairRe[mirror][at];
                float mirrorIm = pairIm[mirror][at];
                int to = plane * upper + v;
                pRe[to] = (toRe + mirrorRe) / 2;
                pIm[to] = (toIm - mirrorIm) / 2;
                qRe[to] = (toIm + mirrorIm) / 2;
                qIm[to] = (mirrorRe - toRe) / 2;
            }
        }
    }

    /** Writes the gradient with respect to the spectra, given the one with respect to the planes, (plane, rows, columns). */
    void inverseAdjoint(float[] slope, float[] real, float[] imaginary) {
        for (int line = 0; line < planes * rows; line++) {
            setLine(line / rows, line % rows, slope, line * columns);
        }
        inverseAdjoint(real, 0, imaginary, 0);
    }

    /**
     * Writes the spectra of planes: what NumPy and PyTorch call {@code rfft2}, divided by the weights, so that
     * {@link #inverse} brings the planes back.
     */
    void forward(float[] picture, float[] real, float[] imaginary) {
        inverseAdjoint(picture, real, imaginary);
        double all = (double) rows * columns;
        for (int plane = 0; plane < planes; plane++) {
            for (int bin = 0; bin < bins(); bin++) {
                int v = bin / half;
                int u = bin % half;
                double factor = factors[u][plane * upper + Math.min(v, rows - v)];
                float undone = (float) (1 / (factor * factor * all * (isAlone(u, columns) ? 1 : 2)));
                real[index(plane, v, u)] *= undone;
                imaginary[index(plane, v, u)] *= undone;
            }
        }
    }
}
