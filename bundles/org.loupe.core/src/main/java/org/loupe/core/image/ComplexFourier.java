package org.loupe.core.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Fourier transform of one complex signal of a fixed length, not normalised.
 *
 * <p>A Stockham transform over the prime factors of the length, with 4 as one of them; lengths with a prime factor
 * above {@value #LARGEST_FACTOR} go through a convolution of a power of two (Bluestein 1970). It keeps room to work
 * in, so that nothing is allocated when it runs; not for several threads at once.
 */
final class ComplexFourier {

    private static final int LARGEST_FACTOR = 61;

    private final int length;
    private final int[] factors;
    private final double[] cosines;
    private final double[] sines;
    private final Chirp chirp;
    private final double[] spareRe;
    private final double[] spareIm;

    ComplexFourier(int length) {
        this.length = length;
        this.factors = factors(length);
        this.cosines = new double[length];
        this.sines = new double[length];
        for (int i = 0; i < length; i++) {
            cosines[i] = StrictMath.cos(2 * Math.PI * i / length);
            sines[i] = StrictMath.sin(2 * Math.PI * i / length);
        }
        this.spareRe = new double[length];
        this.spareIm = new double[length];
        this.chirp = factors.length > 0 && factors[factors.length - 1] > LARGEST_FACTOR ? new Chirp(length) : null;
    }

    /** {@code X[k] = sum x[n] exp(-2 pi i k n / length)}, in place. */
    void forward(double[] real, double[] imaginary) {
        // exp(-ix) and exp(ix) differ by swapping the real and imaginary parts before and after.
        inverse(imaginary, real);
    }

    /** {@code x[n] = sum X[k] exp(2 pi i k n / length)}, in place. */
    void inverse(double[] real, double[] imaginary) {
        if (chirp != null) {
            chirp.inverse(real, imaginary);
            return;
        }
        double[] re = real;
        double[] im = imaginary;
        double[] nextRe = spareRe;
        double[] nextIm = spareIm;
        int rest = length;
        int stride = 1;
        for (int factor : factors) {
            int parts = rest / factor;
            if (factor == 2) {
                pass2(parts, stride, re, im, nextRe, nextIm);
            } else if (factor == 4) {
                pass4(parts, stride, re, im, nextRe, nextIm);
            } else {
                pass(factor, parts, stride, re, im, nextRe, nextIm);
            }
            double[] keptRe = re;
            double[] keptIm = im;
            re = nextRe;
            im = nextIm;
            nextRe = keptRe;
            nextIm = keptIm;
            rest = parts;
            stride *= factor;
        }
        if (re != real) {
            System.arraycopy(re, 0, real, 0, length);
            System.arraycopy(im, 0, imaginary, 0, length);
        }
    }

    private void pass2(int parts, int stride, double[] re, double[] im, double[] toRe, double[] toIm) {
        for (int p = 0; p < parts; p++) {
            double wr = cosines[p * stride];
            double wi = sines[p * stride];
            for (int q = 0; q < stride; q++) {
                int a = q + stride * p;
                int b = q + stride * (p + parts);
                int to = q + stride * 2 * p;
                toRe[to] = re[a] + re[b];
                toIm[to] = im[a] + im[b];
                double dr = re[a] - re[b];
                double di = im[a] - im[b];
                toRe[to + stride] = dr * wr - di * wi;
                toIm[to + stride] = dr * wi + di * wr;
            }
        }
    }

    private void pass4(int parts, int stride, double[] re, double[] im, double[] toRe, double[] toIm) {
        for (int p = 0; p < parts; p++) {
            double w1r = cosines[p * stride];
            double w1i = sines[p * stride];
            double w2r = cosines[2 * p * stride];
            double w2i = sines[2 * p * stride];
            double w3r = cosines[3 * p * stride];
            double w3i = sines[3 * p * stride];
            for (int q = 0; q < stride; q++) {
                int a = q + stride * p;
                int b = a + stride * parts;
                int c = b + stride * parts;
                int d = c + stride * parts;
                double acr = re[a] + re[c];
                double aci = im[a] + im[c];
                double bdr = re[b] + re[d];
                double bdi = im[b] + im[d];
                double amr = re[a] - re[c];
                double ami = im[a] - im[c];
                double bmr = -(im[b] - im[d]);
                double bmi = re[b] - re[d];
                int to = q + stride * 4 * p;
                toRe[to] = acr + bdr;
                toIm[to] = aci + bdi;
                to += stride;
                toRe[to] = (amr + bmr) * w1r - (ami + bmi) * w1i;
                toIm[to] = (amr + bmr) * w1i + (ami + bmi) * w1r;
                to += stride;
                toRe[to] = (acr - bdr) * w2r - (aci - bdi) * w2i;
                toIm[to] = (acr - bdr) * w2i + (aci - bdi) * w2r;
                to += stride;
                toRe[to] = (amr - bmr) * w3r - (ami - bmi) * w3i;
                toIm[to] = (amr - bmr) * w3i + (ami - bmi) * w3r;
            }
        }
    }

    private void pass(int factor, int parts, int stride, double[] re, double[] im, double[] toRe, double[] toIm) {
        int turn = length / factor;
        for (int p = 0; p < parts; p++) {
            for (int k = 0; k < factor; k++) {
                int twiddle = (int) ((long) p * k * stride % length);
                double wr = cosines[twiddle];
                double wi = sines[twiddle];
                for (int q = 0; q < stride; q++) {
                    double sumRe = 0;
                    double sumIm = 0;
                    for (int i = 0; i < factor; i++) {
                        int from = q + stride * (p + i * parts);
                        int angle = i * k % factor * turn;
                        sumRe += re[from] * cosines[angle] - im[from] * sines[angle];
                        sumIm += re[from] * sines[angle] + im[from] * cosines[angle];
                    }
                    int to = q + stride * (factor * p + k);
                    toRe[to] = sumRe * wr - sumIm * wi;
                    toIm[to] = sumRe * wi + sumIm * wr;
                }
            }
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
        private final ComplexFourier power;
        private final double[] chirpRe;
        private final double[] chirpIm;
        private final double[] filterRe;
        private final double[] filterIm;
        private final double[] re;
        private final double[] im;

        Chirp(int length) {
            this.length = length;
            int padded = Integer.highestOneBit(2 * length) * 2;
            power = new ComplexFourier(padded);
            chirpRe = new double[length];
            chirpIm = new double[length];
            filterRe = new double[padded];
            filterIm = new double[padded];
            re = new double[padded];
            im = new double[padded];
            for (int n = 0; n < length; n++) {
                double angle = Math.PI * ((long) n * n % (2L * length)) / length;
                chirpRe[n] = StrictMath.cos(angle);
                chirpIm[n] = StrictMath.sin(angle);
                int mirror = (padded - n) % padded;
                filterRe[n] = filterRe[mirror] = chirpRe[n];
                filterIm[n] = filterIm[mirror] = -chirpIm[n];
            }
            power.forward(filterRe, filterIm);
        }

        void inverse(double[] real, double[] imaginary) {
            int padded = filterRe.length;
            Arrays.fill(re, length, padded, 0);
            Arrays.fill(im, length, padded, 0);
            for (int n = 0; n < length; n++) {
                re[n] = real[n] * chirpRe[n] - imaginary[n] * chirpIm[n];
                im[n] = real[n] * chirpIm[n] + imaginary[n] * chirpRe[n];
            }
            power.forward(re, im);
            for (int i = 0; i < padded; i++) {
                double product = re[i] * filterRe[i] - im[i] * filterIm[i];
                im[i] = re[i] * filterIm[i] + im[i] * filterRe[i];
                re[i] = product;
            }
            power.inverse(re, im);
            for (int n = 0; n < length; n++) {
                real[n] = (re[n] * chirpRe[n] - im[n] * chirpIm[n]) / padded;
                imaginary[n] = (re[n] * chirpIm[n] + im[n] * chirpRe[n]) / padded;
            }
        }
    }
}
