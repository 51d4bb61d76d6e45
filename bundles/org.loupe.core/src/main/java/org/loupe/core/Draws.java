package org.loupe.core;

/**
 * A stream of pseudo-random numbers that is the same on every machine and every Java version.
 *
 * <p>Results are reproduced from their seed, so the sequence is part of Loupe's promise; the JDK fixes the
 * sequence of its integers but not of its Gaussian numbers. The generator is SplitMix64 (Steele, Lea and
 * Flood 2014); Gaussian numbers come from the polar method with {@link StrictMath}. Not for several threads
 * at once: give each its own {@link #split(long)}.
 */
public final class Draws {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long seed;
    private long state;
    private double spare = Double.NaN;

    /** Starts the stream that belongs to {@code seed}. */
    public Draws(long seed) {
        this.seed = mix(seed + GOLDEN);
        this.state = this.seed;
    }

    /**
     * Returns a stream of its own for part {@code index} of the work, independent of how much was drawn from
     * this one, so that results do not depend on the order in which parts are done.
     */
    public Draws split(long index) {
        return new Draws(seed ^ mix(index * GOLDEN + 1));
    }

    /** The next 64 random bits. */
    public long bits() {
        state += GOLDEN;
        return mix(state);
    }

    /** A number in [0, 1). */
    public double uniform() {
        return (bits() >>> 11) * 0x1p-53;
    }

    /** A number in [from, to). */
    public double uniform(double from, double to) {
        return from + (to - from) * uniform();
    }

    /** A whole number in [0, bound); {@code bound} is at least 1. */
    public int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("below(" + bound + ") has no number to draw");
        }
        return (int) Math.floor(uniform() * bound);
    }

    /** True with the given probability. */
    public boolean chance(double probability) {
        return uniform() < probability;
    }

    /** The index of one of {@code weights}, drawn in proportion to them; they need not add up to 1. */
    public int pick(double... weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double mark = uniform() * total;
        for (int i = 0; i < weights.length - 1; i++) {
            mark -= weights[i];
            if (mark < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /** A number from the normal distribution with mean 0 and standard deviation 1. */
    public double gaussian() {
        if (!Double.isNaN(spare)) {
            double kept = spare;
            spare = Double.NaN;
            return kept;
        }
        while (true) {
            double a = 2 * uniform() - 1;
            double b = 2 * uniform() - 1;
            double square = a * a + b * b;
            if (square > 0 && square < 1) {
                double scale = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
                spare = b * scale;
                return a * scale;
            }
        }
    }

    /** A number from the normal distribution with the given mean and standard deviation. */
    public double gaussian(double mean, double deviation) {
        return mean + deviation * gaussian();
    }

    private static long mix(long bits) {
        bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
        return bits ^ (bits >>> 31);
    }
}
