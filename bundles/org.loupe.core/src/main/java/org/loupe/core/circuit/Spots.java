package org.loupe.core.circuit;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How much likelier kernels are as one smooth spot in noise than as noise alone.
 *
 * <p>The noise is white, and as strong as the median kernel of the unit. A spot is a Gaussian bump of .8 cells at one cell of
 * the kernel; how strong it is, in the measure of the noise, has a normal prior of deviation 4. It is expected half of the
 * time at any cell and half of the time where the input is there more than usual, on the pictures that excite the unit most or
 * inhibit it most.
 */
final class Spots {

    private static final double RADIUS = .8;
    private static final double STRENGTH = 4;

    /** The least noise, as a share of the strongest kernel: without it, weights that are zero would be certain. */
    private static final double LEAST = 1e-3;

    private final Evidence evidence;
    private final double[][] spots;
    private final double noise;

    private Spots(Evidence evidence, double noise) {
        this.evidence = evidence;
        this.noise = noise;
        this.spots = bumps(evidence.window().rows(), evidence.window().columns(), RADIUS);
    }

    /** For each input, the logarithm of the ratio of both likelihoods. */
    static double[] evidence(Evidence evidence) {
        if (Arrays.stream(evidence.kernels()).allMatch(kernel -> size(kernel) == 0)) {
            return new double[evidence.inputs()];
        }
        Spots spots = new Spots(evidence, noise(evidence.kernels()));
        return IntStream.range(0, evidence.inputs()).mapToDouble(spots::ratio).toArray();
    }

    /** How strong the noise of a unit's weights is: the size of its median kernel; 1 where all weights are 0. */
    static double noise(float[][] kernels) {
        double[] sizes = Arrays.stream(kernels).mapToDouble(Spots::size).toArray();
        double largest = Arrays.stream(sizes).max().orElse(0);
        return largest == 0 ? 1 : Math.max(median(sizes), LEAST * largest);
    }

    /** The middle of some numbers; the upper one of two. */
    static double median(double[] values) {
        return DoubleStream.of(values).sorted().toArray()[values.length / 2];
    }

    private static double size(float[] kernel) {
        double sum = 0;
        for (float weight : kernel) {
            sum += (double) weight * weight;
        }
        return Math.sqrt(sum / kernel.length);
    }

    private double ratio(int input) {
        double[] expected = expected(input);
        double variance = STRENGTH * STRENGTH;
        double[] logarithms = new double[spots.length];
        for (int cell = 0; cell < spots.length; cell++) {
            double found = 0;
            for (int i = 0; i < spots.length; i++) {
                found += spots[cell][i] * evidence.kernels()[input][i] / noise;
            }
            logarithms[cell] = found * found * variance / (1 + variance) / 2 - Math.log(1 + variance) / 2
                    + Math.log(expected[cell]);
        }
        return logarithmOfSum(logarithms);
    }

    /** The logarithm of the sum of what some numbers are the logarithms of. */
    static double logarithmOfSum(double[] logarithms) {
        double largest = Arrays.stream(logarithms).max().orElse(0);
        return largest + Math.log(Arrays.stream(logarithms).map(one -> Math.exp(one - largest)).sum());
    }

    /** How probable a spot at each cell is, if there is one. */
    private double[] expected(int input) {
        double[] excited = more(input, evidence.excited());
        double[] inhibited = more(input, evidence.inhibited());
        double[] more = IntStream.range(0, excited.length).mapToDouble(cell -> Math.max(excited[cell], inhibited[cell])).toArray();
        double sum = Arrays.stream(more).sum();
        return Arrays.stream(more).map(one -> (sum == 0 ? 1.0 / more.length : .5 * one / sum + .5 / more.length)).toArray();
    }

    /** How much more than usual an input is there, at each cell, on average; never less than none. */
    private double[] more(int input, float[][][] windows) {
        double[] means = new double[spots.length];
        for (float[][] seen : windows) {
            for (int cell = 0; cell < means.length; cell++) {
                means[cell] += seen[input][cell] / windows.length;
            }
        }
        return Arrays.stream(means).map(mean -> Math.max(0, mean - evidence.usual()[input])).toArray();
    }

    /** For each cell, a Gaussian bump around it, of length 1. */
    static double[][] bumps(int rows, int columns, double radius) {
        int cells = rows * columns;
        double[][] spots = new double[cells][cells];
        for (int middle = 0; middle < cells; middle++) {
            double sum = 0;
            for (int cell = 0; cell < cells; cell++) {
                double down = cell / columns - middle / columns;
                double right = cell % columns - middle % columns;
                spots[middle][cell] = Math.exp(-(down * down + right * right) / (2 * radius * radius));
                sum += spots[middle][cell] * spots[middle][cell];
            }
            for (int cell = 0; cell < cells; cell++) {
                spots[middle][cell] /= Math.sqrt(sum);
            }
        }
        return spots;
    }
}
