package org.loupe.core.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Fourier transform of complex signals of a fixed length, not normalised, with numbers of 32 bits.
 *
 * <p>Several signals, in lanes beside each other, are transformed together: number {@code n} of lane {@code l} is
 * {@code [n][l]}. The inner loops go along the lanes, with one index and one result each: only such loops become wide
 * instructions in Java's compiler.
 *
 * <p>A Stockham transform over the prime factors of the length, with 4 as one of them; lengths with a prime factor
 * above {@value #LARGEST_FACTOR} go through a convolution of a power of two (Bluestein 1970). It keeps some room to work
 * in, so that nothing is allocated when it runs again; not for several threads at once.
 */
final class ComplexFourier {

    private static final int LARGEST_FACTOR = 61;

    private final int length;
    private final int lanes;
    private final int[] factors;
    private final float[] cosines;
    private final float[] sines;
    private final Chirp chirp;
    private final float[][] sumRe;
    private final float[][] sumIm;
    private final float[][] differenceRe;
    private final float[][] differenceIm;
    private final float[][] room;

    /** @param lanes how many signals are transformed together */
    ComplexFourier(int length, int lanes) {
        this.length = length;
        this.lanes = lanes;
        this.factors = factors(length);
        this.cosines = new float[length];
        this.sines = new float[length];
        for (int i = 0; i < length; i++) {
            cosines[i] = (float) StrictMath.cos(2 * Math.PI * i / length);
            sines[i] = (float) StrictMath.sin(2 * Math.PI * i / length);
        }
        int largest = factors.length > 0 ? factors[factors.length - 1] : 1;
        this.chirp = largest > LARGEST_FACTOR ? new Chirp(length, lanes) : null;
        int middle = chirp == null ? largest / 2 + 1 : 0;
        this.sumRe = new float[middle][lanes];
        this.sumIm = new float[middle][lanes];
        this.differenceRe = new float[middle][lanes];
        this.differenceIm = new float[middle][lanes];
        this.room = new float[4][lanes];
    }

    /**
     * {@code X[k] = sum x[n] exp(-2 pi i k n / length)} in each lane, in place.
     *
     * @param spareRe is written over; of the same shape
     * @param spareIm is written over; of the same shape
     */
    void forward(float[][] real, float[][] imaginary, float[][] spareRe, float[][] spareIm) {
        // exp(-ix) and exp(ix) differ by swapping the real and imaginary parts before and after.
        inverse(imaginary, real, spareIm, spareRe);
    }

    /** {@code x[n] = sum X[k] exp(2 pi i k n / length)} in each lane, in place; as {@link #forward}. */
    void inverse(float[][] real, float[][] imaginary, float[][] spareRe, float[][] spareIm) {
        if (chirp != null) {
            chirp.inverse(real, imaginary);
            return;
        }
        float[][] re = real;
        float[][] im = imaginary;
        float[][] nextRe = spareRe;
        float[][] nextIm = spareIm;
        int rest = length;
        int done = 1;
        for (int factor : factors) {
            int parts = rest / factor;
            for (int p = 0; p < parts; p++) {
                for (int q = 0; q < done; q++) {
                    int from = done * p + q;
                    int to = done * factor * p + q;
                    if (factor == 2) {
                        pass2(p * done, re, im, from, parts * done, nextRe, nextIm, to, done);
                    } else if (factor == 4) {
                        pass4(p * done, re, im, from, parts * done, nextRe, nextIm, to, done);
                    } else {
                        pass(factor, p * done, re, im, from, parts * done, nextRe, nextIm, to, done);
                    }
                }
            }
            float[][] keptRe = re;
            float[][] keptIm = im;
            re = nextRe;
            im = nextIm;
            nextRe = keptRe;
            nextIm = keptIm;
            rest = parts;
            done *= factor;
        }
        for (int n = 0; n < length && re != real; n++) {
            System.arraycopy(re[n], 0, real[n], 0, lanes);
            System.arraycopy(im[n], 0, imaginary[n], 0, lanes);
        }
    }

    /**
     * One transform of two.
     *
     * @param turn  which of the roots of one is the twiddle factor
     * @param from  the first input; the next is so far {@code apart}
     * @param to    the first output; the next is one {@code step} further
     */
    private void pass2(int turn, float[][] re, float[][] im, int from, int apart, float[][] toRe, float[][] toIm, int to,
            int step) {
        float[] ar = re[from];
        float[] ai = im[from];
        float[] br = re[from + apart];
        float[] bi = im[from + apart];
        sum(ar, br, toRe[to], lanes);
        sum(ai, bi, toIm[to], lanes);
        turnedDifference(ar, br, ai, bi, cosines[turn], sines[turn], toRe[to + step], lanes);
        turnedDifference(ai, bi, ar, br, cosines[turn], -sines[turn], toIm[to + step], lanes);
    }

    private static void sum(float[] a, float[] b, float[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = a[i] + b[i];
        }
    }

    private static void difference(float[] a, float[] b, float[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = a[i] - b[i];
        }
    }

    /** The real part of {@code (a - b) w} of which {@code c} and {@code d} are the imaginary parts. */
    private static void turnedDifference(float[] a, float[] b, float[] c, float[] d, float wr, float wi, float[] into,
            int count) {
        for (int i = 0; i < count; i++) {
            into[i] = (a[i] - b[i]) * wr - (c[i] - d[i]) * wi;
        }
    }

    /** As {@link #turnedDifference}, with sums. */
    private static void turnedSum(float[] a, float[] b, float[] c, float[] d, float wr, float wi, float[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = (a[i] + b[i]) * wr - (c[i] + d[i]) * wi;
        }
    }

    /** One transform of four, as {@link #pass2}. */
    private void pass4(int turn, float[][] re, float[][] im, int from, int apart, float[][] toRe, float[][] toIm, int to,
            int step) {
        float[] evenRe = room[0];
        float[] evenIm = room[1];
        float[] oddRe = room[2];
        float[] oddIm = room[3];
        sum(re[from], re[from + 2 * apart], evenRe, lanes);
        sum(im[from], im[from + 2 * apart], evenIm, lanes);
        sum(re[from + apart], re[from + 3 * apart], oddRe, lanes);
        sum(im[from + apart], im[from + 3 * apart], oddIm, lanes);
        sum(evenRe, oddRe, toRe[to], lanes);
        sum(evenIm, oddIm, toIm[to], lanes);
        float wr = cosines[2 * turn];
        float wi = sines[2 * turn];
        turnedDifference(evenRe, oddRe, evenIm, oddIm, wr, wi, toRe[to + 2 * step], lanes);
        turnedDifference(evenIm, oddIm, evenRe, oddRe, wr, -wi, toIm[to + 2 * step], lanes);
        difference(re[from], re[from + 2 * apart], evenRe, lanes);
        difference(im[from], im[from + 2 * apart], evenIm, lanes);
        // Times i: the parts change places.
        difference(im[from + 3 * apart], im[from + apart], oddRe, lanes);
        difference(re[from + apart], re[from + 3 * apart], oddIm, lanes);
        wr = cosines[turn];
        wi = sines[turn];
        turnedSum(evenRe, oddRe, evenIm, oddIm, wr, wi, toRe[to + step], lanes);
        turnedSum(evenIm, oddIm, evenRe, oddRe, wr, -wi, toIm[to + step], lanes);
        wr = cosines[3 * turn];
        wi = sines[3 * turn];
        turnedDifference(evenRe, oddRe, evenIm, oddIm, wr, wi, toRe[to + 3 * step], lanes);
        turnedDifference(evenIm, oddIm, evenRe, oddRe, wr, -wi, toIm[to + 3 * step], lanes);
    }

    /**
     * One transform of an odd number, as {@link #pass2}. Inputs {@code j} and {@code factor - j} meet the same cosines
     * and opposite sines.
     */
    private void pass(int factor, int turn, float[][] re, float[][] im, int from, int apart, float[][] toRe,
            float[][] toIm, int to, int step) {
        int middle = factor / 2;
        System.arraycopy(re[from], 0, toRe[to], 0, lanes);
        System.arraycopy(im[from], 0, toIm[to], 0, lanes);
        for (int j = 1; j <= middle; j++) {
            int one = from + j * apart;
            int other = from + (factor - j) * apart;
            sum(re[one], re[other], sumRe[j], lanes);
            sum(im[one], im[other], sumIm[j], lanes);
            difference(re[one], re[other], differenceRe[j], lanes);
            difference(im[one], im[other], differenceIm[j], lanes);
            add(sumRe[j], 1, toRe[to], lanes);
            add(sumIm[j], 1, toIm[to], lanes);
        }
        for (int k = 1; k <= middle; k++) {
            System.arraycopy(re[from], 0, room[0], 0, lanes);
            System.arraycopy(im[from], 0, room[1], 0, lanes);
            float first = sines[k * (length / factor)];
            times(differenceRe[1], first, room[2], lanes);
            times(differenceIm[1], first, room[3], lanes);
            for (int j = 1; j <= middle; j++) {
                int angle = j * k % factor * (length / factor);
                add(sumRe[j], cosines[angle], room[0], lanes);
                add(sumIm[j], cosines[angle], room[1], lanes);
                if (j > 1) {
                    add(differenceRe[j], sines[angle], room[2], lanes);
                    add(differenceIm[j], sines[angle], room[3], lanes);
                }
            }
            // With c = room 0 and 1 and s = room 2 and 3: c + is, and c - is.
            float wr = cosines[k * turn];
            float wi = sines[k * turn];
            int one = to + k * step;
            turned(room[0], room[3], -1, room[1], room[2], 1, wr, wi, toRe[one], lanes);
            turned(room[1], room[2], 1, room[0], room[3], -1, wr, -wi, toIm[one], lanes);
            wr = cosines[(factor - k) * turn];
            wi = sines[(factor - k) * turn];
            int other = to + (factor - k) * step;
            turned(room[0], room[3], 1, room[1], room[2], -1, wr, wi, toRe[other], lanes);
            turned(room[1], room[2], -1, room[0], room[3], 1, wr, -wi, toIm[other], lanes);
        }
    }

    private static void turned(float[] a, float[] b, float ofB, float[] c, float[] d, float ofD, float wr, float wi,
            float[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = (a[i] + ofB * b[i]) * wr - (c[i] + ofD * d[i]) * wi;
        }
    }

    private static void times(float[] from, float factor, float[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = factor * from[i];
        }
    }

    private static void add(float[] from, float factor, float[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] += factor * from[i];
        }
    }

    private static int[] factors(int length) {
        List<Integer> found = new ArrayList<>();
        int rest = length;
        while (rest % 4 == 0) {
            found.add(4);
            rest /= 4;
        }
        for (int factor = 2; rest > 1; factor++) {
            while (rest % factor == 0) {
                found.add(factor);
                rest /= factor;
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** A transform of any length as a convolution with {@code exp(i pi n^2 / length)}. */
    private static final class Chirp {
        private final int length;
        private final int lanes;
        private final int padded;
        private final ComplexFourier power;
        private final float[] chirpRe;
        private final float[] chirpIm;
        private final float[] filterRe;
        private final float[] filterIm;
        private final float[][] re;
        private final float[][] im;
        private final float[][] spareRe;
        private final float[][] spareIm;

        Chirp(int length, int lanes) {
            this.length = length;
            this.lanes = lanes;
            padded = Integer.highestOneBit(2 * length) * 2;
            power = new ComplexFourier(padded, lanes);
            chirpRe = new float[length];
            chirpIm = new float[length];
            float[][] real = new float[padded][1];
            float[][] imaginary = new float[padded][1];
            for (int n = 0; n < length; n++) {
                double angle = Math.PI * ((long) n * n % (2L * length)) / length;
                chirpRe[n] = (float) StrictMath.cos(angle);
                chirpIm[n] = (float) StrictMath.sin(angle);
                int mirror = (padded - n) % padded;
                real[n][0] = real[mirror][0] = chirpRe[n];
                imaginary[n][0] = imaginary[mirror][0] = -chirpIm[n];
            }
            new ComplexFourier(padded, 1).forward(real, imaginary, new float[padded][1], new float[padded][1]);
            filterRe = new float[padded];
            filterIm = new float[padded];
            for (int n = 0; n < padded; n++) {
                filterRe[n] = real[n][0] / padded;
                filterIm[n] = imaginary[n][0] / padded;
            }
            re = new float[padded][lanes];
            im = new float[padded][lanes];
            spareRe = new float[padded][lanes];
            spareIm = new float[padded][lanes];
        }

        void inverse(float[][] real, float[][] imaginary) {
            for (int n = 0; n < padded; n++) {
                if (n < length) {
                    times(real[n], imaginary[n], chirpRe[n], chirpIm[n], re[n], im[n]);
                } else {
                    Arrays.fill(re[n], 0);
                    Arrays.fill(im[n], 0);
                }
            }
            power.forward(re, im, spareRe, spareIm);
            for (int n = 0; n < padded; n++) {
                times(re[n], im[n], filterRe[n], filterIm[n], re[n], im[n]);
            }
            power.inverse(re, im, spareRe, spareIm);
            for (int n = 0; n < length; n++) {
                times(re[n], im[n], chirpRe[n], chirpIm[n], real[n], imaginary[n]);
            }
        }

        private void times(float[] ofRe, float[] ofIm, float wr, float wi, float[] toRe, float[] toIm) {
            for (int i = 0; i < lanes; i++) {
                float turned = ofRe[i] * wr - ofIm[i] * wi;
                toIm[i] = ofRe[i] * wi + ofIm[i] * wr;
                toRe[i] = turned;
            }
        }
    }
}
