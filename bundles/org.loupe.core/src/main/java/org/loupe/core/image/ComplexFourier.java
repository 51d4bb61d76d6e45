package org.loupe.core.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Fourier transform of complex signals of a fixed length, not normalised.
 *
 * <p>Several signals, in lanes beside each other, are transformed together: number {@code n} of lane {@code l} is at
 * {@code n * lanes + l}, so that the inner loops go over neighbours and become wide instructions.
 *
 * <p>A Stockham transform over the prime factors of the length, with 4 as one of them; lengths with a prime factor
 * above {@value #LARGEST_FACTOR} go through a convolution of a power of two (Bluestein 1970). It keeps room to work
 * in, so that nothing is allocated when it runs again; not for several threads at once.
 */
final class ComplexFourier {

    private static final int LARGEST_FACTOR = 61;

    private final int length;
    private final int[] factors;
    private final double[] cosines;
    private final double[] sines;
    private final Chirp chirp;
    private double[] spareRe = new double[0];
    private double[] spareIm = spareRe;

    ComplexFourier(int length) {
        this.length = length;
        this.factors = factors(length);
        this.cosines = new double[length];
        this.sines = new double[length];
        for (int i = 0; i < length; i++) {
            cosines[i] = StrictMath.cos(2 * Math.PI * i / length);
            sines[i] = StrictMath.sin(2 * Math.PI * i / length);
        }
        this.chirp = factors.length > 0 && factors[factors.length - 1] > LARGEST_FACTOR ? new Chirp(length) : null;
    }

    /** {@code X[k] = sum x[n] exp(-2 pi i k n / length)} in each lane, in place. */
    void forward(double[] real, double[] imaginary, int lanes) {
        // exp(-ix) and exp(ix) differ by swapping the real and imaginary parts before and after.
        inverse(imaginary, real, lanes);
    }

    /** {@code x[n] = sum X[k] exp(2 pi i k n / length)} in each lane, in place. */
    void inverse(double[] real, double[] imaginary, int lanes) {
        if (chirp != null) {
            chirp.inverse(real, imaginary, lanes);
            return;
        }
        if (spareRe.length < length * lanes) {
            spareRe = new double[length * lanes];
            spareIm = new double[length * lanes];
        }
        double[] re = real;
        double[] im = imaginary;
        double[] nextRe = spareRe;
        double[] nextIm = spareIm;
        int rest = length;
        int done = 1;
        for (int factor : factors) {
            int parts = rest / factor;
            if (factor == 2) {
                pass2(parts, done, lanes, re, im, nextRe, nextIm);
            } else if (factor == 4) {
                pass4(parts, done, lanes, re, im, nextRe, nextIm);
            } else {
                pass(factor, parts, done, lanes, re, im, nextRe, nextIm);
            }
            double[] keptRe = re;
            double[] keptIm = im;
            re = nextRe;
            im = nextIm;
            nextRe = keptRe;
            nextIm = keptIm;
            rest = parts;
            done *= factor;
        }
        if (re != real) {
            System.arraycopy(re, 0, real, 0, length * lanes);
            System.arraycopy(im, 0, imaginary, 0, length * lanes);
        }
    }

    private void pass2(int parts, int done, int lanes, double[] re, double[] im, double[] toRe, double[] toIm) {
        int stride = done * lanes;
        for (int p = 0; p < parts; p++) {
            int a = stride * p;
            int b = stride * (p + parts);
            sum(re, a, b, toRe, 2 * a, stride);
            sum(im, a, b, toIm, 2 * a, stride);
            turnedDifference(re, im, a, b, cosines[p * done], sines[p * done], toRe, toIm, 2 * a + stride, stride);
        }
    }

    private static void sum(double[] from, int a, int b, double[] into, int to, int count) {
        for (int q = 0; q < count; q++) {
            into[to + q] = from[a + q] + from[b + q];
        }
    }

    private static void turnedDifference(double[] re, double[] im, int a, int b, double wr, double wi, double[] toRe,
            double[] toIm, int to, int count) {
        for (int q = 0; q < count; q++) {
            double dr = re[a + q] - re[b + q];
            double di = im[a + q] - im[b + q];
            toRe[to + q] = dr * wr - di * wi;
            toIm[to + q] = dr * wi + di * wr;
        }
    }

    private void pass4(int parts, int done, int lanes, double[] re, double[] im, double[] toRe, double[] toIm) {
        int stride = done * lanes;
        for (int p = 0; p < parts; p++) {
            int first = p * done;
            even(re, im, stride * p, stride * parts, cosines[2 * first], sines[2 * first], toRe, toIm, stride * 4 * p,
                    stride);
            odd(re, im, stride * p, stride * parts, cosines[first], sines[first], cosines[3 * first], sines[3 * first],
                    toRe, toIm, stride * 4 * p + stride, stride);
        }
    }

    /** The outputs 0 and 2 of a transform of four. */
    private static void even(double[] re, double[] im, int a, int apart, double wr, double wi, double[] toRe,
            double[] toIm, int to, int count) {
        int b = a + apart;
        int c = b + apart;
        int d = c + apart;
        int other = to + 2 * count;
        for (int q = 0; q < count; q++) {
            double acr = re[a + q] + re[c + q];
            double aci = im[a + q] + im[c + q];
            double bdr = re[b + q] + re[d + q];
            double bdi = im[b + q] + im[d + q];
            toRe[to + q] = acr + bdr;
            toIm[to + q] = aci + bdi;
            toRe[other + q] = (acr - bdr) * wr - (aci - bdi) * wi;
            toIm[other + q] = (acr - bdr) * wi + (aci - bdi) * wr;
        }
    }

    /** The outputs 1 and 3 of a transform of four. */
    private static void odd(double[] re, double[] im, int a, int apart, double w1r, double w1i, double w3r, double w3i,
            double[] toRe, double[] toIm, int to, int count) {
        int b = a + apart;
        int c = b + apart;
        int d = c + apart;
        int other = to + 2 * count;
        for (int q = 0; q < count; q++) {
            double amr = re[a + q] - re[c + q];
            double ami = im[a + q] - im[c + q];
            double bmr = -(im[b + q] - im[d + q]);
            double bmi = re[b + q] - re[d + q];
            toRe[to + q] = (amr + bmr) * w1r - (ami + bmi) * w1i;
            toIm[to + q] = (amr + bmr) * w1i + (ami + bmi) * w1r;
            toRe[other + q] = (amr - bmr) * w3r - (ami - bmi) * w3i;
            toIm[other + q] = (amr - bmr) * w3i + (ami - bmi) * w3r;
        }
    }

    private void pass(int factor, int parts, int done, int lanes, double[] re, double[] im, double[] toRe,
            double[] toIm) {
        int stride = done * lanes;
        int turn = length / factor;
        for (int p = 0; p < parts; p++) {
            for (int k = 0; k < factor; k++) {
                int to = stride * (factor * p + k);
                Arrays.fill(toRe, to, to + stride, 0);
                Arrays.fill(toIm, to, to + stride, 0);
                for (int i = 0; i < factor; i++) {
                    int angle = i * k % factor * turn;
                    addTurned(re, im, stride * (p + i * parts), cosines[angle], sines[angle], toRe, toIm, to, stride);
                }
                int twiddle = (int) ((long) p * k * done % length);
                turn(toRe, toIm, to, cosines[twiddle], sines[twiddle], stride);
            }
        }
    }

    private static void addTurned(double[] re, double[] im, int from, double wr, double wi, double[] toRe, double[] toIm,
            int to, int count) {
        for (int q = 0; q < count; q++) {
            toRe[to + q] += re[from + q] * wr - im[from + q] * wi;
            toIm[to + q] += re[from + q] * wi + im[from + q] * wr;
        }
    }

    private static void turn(double[] re, double[] im, int at, double wr, double wi, int count) {
        for (int q = at; q < at + count; q++) {
            double turned = re[q] * wr - im[q] * wi;
            im[q] = re[q] * wi + im[q] * wr;
            re[q] = turned;
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
        private final int padded;
        private final ComplexFourier power;
        private final double[] chirpRe;
        private final double[] chirpIm;
        private final double[] filterRe;
        private final double[] filterIm;
        private double[] roomRe = new double[0];
        private double[] roomIm = roomRe;

        Chirp(int length) {
            this.length = length;
            padded = Integer.highestOneBit(2 * length) * 2;
            power = new ComplexFourier(padded);
            chirpRe = new double[length];
            chirpIm = new double[length];
            filterRe = new double[padded];
            filterIm = new double[padded];
            for (int n = 0; n < length; n++) {
                double angle = Math.PI * ((long) n * n % (2L * length)) / length;
                chirpRe[n] = StrictMath.cos(angle);
                chirpIm[n] = StrictMath.sin(angle);
                int mirror = (padded - n) % padded;
                filterRe[n] = filterRe[mirror] = chirpRe[n];
                filterIm[n] = filterIm[mirror] = -chirpIm[n];
            }
            power.forward(filterRe, filterIm, 1);
        }

        void inverse(double[] real, double[] imaginary, int lanes) {
            if (roomRe.length < padded * lanes) {
                roomRe = new double[padded * lanes];
                roomIm = new double[padded * lanes];
            }
            double[] re = roomRe;
            double[] im = roomIm;
            int used = length * lanes;
            System.arraycopy(real, 0, re, 0, used);
            System.arraycopy(imaginary, 0, im, 0, used);
            Arrays.fill(re, used, padded * lanes, 0);
            Arrays.fill(im, used, padded * lanes, 0);
            for (int n = 0; n < length; n++) {
                turn(re, im, n * lanes, chirpRe[n], chirpIm[n], lanes);
            }
            power.forward(re, im, lanes);
            for (int n = 0; n < padded; n++) {
                turn(re, im, n * lanes, filterRe[n], filterIm[n], lanes);
            }
            power.inverse(re, im, lanes);
            for (int n = 0; n < length; n++) {
                turn(re, im, n * lanes, chirpRe[n], chirpIm[n], lanes);
            }
            for (int i = 0; i < used; i++) {
                real[i] = re[i] / padded;
                imaginary[i] = im[i] / padded;
            }
        }
    }
}
