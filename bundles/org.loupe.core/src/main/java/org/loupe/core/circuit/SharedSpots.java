package org.loupe.core.circuit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How likely each unit of a layer reads each input, by kernels, pictures, and what the other units of the layer read.
 *
 * <p>As for {@link Spots}, the kernel of an input that is read is one smooth spot in white noise, and that of another is noise
 * alone. Beyond that, empirical Bayes: where in their kernels the other units have their spots tells where to expect this
 * one's; which inputs the other units read, and inputs of what kind, tells which this one may read; and pictures are chosen a second
 * time by what the kernels see when they are freed from noise (the posterior mean), because noise in the weights has a say
 * in which pictures excite a unit first ({@link SpotLooks}). A unit's own kernels have no part in what it is told of the others.
 */
final class SharedSpots {

    private static final double[] RADII = {.6, 1};
    private static final double VARIANCE = 16;
    private static final double SHRINKING = VARIANCE / (1 + VARIANCE);
    private static final int ROUNDS = 10;

    /** The share of inputs that are read, before anything is known, and how many units' word that is worth. */
    private static final double READ = .1;
    private static final double WORTH = 10;

    /** The same for inputs of a kind, in pairs of an input and a unit; and how far in the order of all inputs a kind reaches. */
    private static final double KIND_WORTH = 20;
    private static final double NEAR = .12;

    /** How many spots anywhere the places of the other units' spots are worth. */
    private static final double ANYWHERE = 3;
    private static final double LEAST = 1e-6;

    private final int rows;
    private final int columns;
    private final float[][][] kernels;
    private final double[] noise;
    private final double[][][] bumps;
    private final double[][][] ratios;
    private final double[][] places;
    private final double[][] alike;

    /**
     * Looks at the kernels of some units that read the same inputs.
     *
     * @param kernels (unit, input, cell), row by row
     * @param rows    of each kernel
     * @param columns of each kernel
     * @param kinds   a number for each input, such that inputs with near numbers are of one kind, or none; only the order counts
     */
    SharedSpots(float[][][] kernels, int rows, int columns, double... kinds) {
        this.rows = rows;
        this.columns = columns;
        this.kernels = kernels;
        this.noise = Arrays.stream(kernels).mapToDouble(Spots::noise).toArray();
        this.bumps = Arrays.stream(RADII).mapToObj(radius -> Spots.bumps(rows, columns, radius))
                .toArray(double[][][]::new);
        this.ratios = new double[kernels.length][kernels[0].length][];
        for (int unit = 0; unit < kernels.length; unit++) {
            for (int input = 0; input < ratios[unit].length; input++) {
                ratios[unit][input] = ratios(unit, input);
            }
        }
        this.places = places();
        this.alike = alike(kinds);
    }

    /**
     * What a unit's inputs are on the pictures that excite it most.
     *
     * @param means    (input, cell)
     * @param expected how a spot is spread over the cells by where the input is more than usual when the unit is excited or
     *                 inhibited, (input, cell)
     */
    record Look(double[][] means, double[][] expected) {
    }

    private double strength(int unit, int input, int radius, int cell) {
        double sum = 0;
        float[] kernel = kernels[unit][input];
        for (int i = 0; i < kernel.length; i++) {
            sum += bumps[radius][cell][i] * kernel[i];
        }
        return sum / noise[unit];
    }

    private static double ratio(double strength) {
        return strength * strength * SHRINKING / 2 - Math.log(1 + VARIANCE) / 2 - Math.log(RADII.length);
    }

    /** For each cell, how much likelier the kernel is with a spot there, of either radius. */
    private double[] ratios(int unit, int input) {
        return IntStream.range(0, kernels[unit][input].length).mapToDouble(cell -> Spots.logarithmOfSum(IntStream
                .range(0, RADII.length).mapToDouble(radius -> ratio(strength(unit, input, radius, cell))).toArray())).toArray();
    }

    /** For each unit, how the other units' spots are spread over the cells. */
    private double[][] places() {
        int cells = kernels[0][0].length;
        double[][] places = new double[kernels.length][cells];
        for (double[] each : places) {
            Arrays.fill(each, 1.0 / cells);
        }
        for (int round = 0; round < ROUNDS; round++) {
            double[][] found = new double[kernels.length][];
            for (int unit = 0; unit < kernels.length; unit++) {
                found[unit] = found(unit, places[unit]);
            }
            double[] all = new double[cells];
            Arrays.setAll(all, cell -> Arrays.stream(found).mapToDouble(one -> one[cell]).sum());
            for (int unit = 0; unit < kernels.length; unit++) {
                double[] own = found[unit];
                double[] others = spread(IntStream.range(0, cells).mapToDouble(cell -> all[cell] - own[cell]).toArray());
                places[unit] = shares(Arrays.stream(others).map(one -> Math.max(0, one) + ANYWHERE / cells).toArray());
            }
        }
        return places;
    }

    /** How many spots are expected at each cell of a unit's kernels. */
    private double[] found(int unit, double[] expected) {
        double[] found = new double[expected.length];
        for (double[] ratio : ratios[unit]) {
            double[] joint = joint(ratio, expected);
            double whole = Spots.logarithmOfSum(joint);
            double read = probability(whole + Math.log(READ / (1 - READ)));
            for (int cell = 0; cell < found.length; cell++) {
                found[cell] += read * Math.exp(joint[cell] - whole);
            }
        }
        return found;
    }

    private double[] spread(double[] cells) {
        double[] spread = new double[cells.length];
        for (int middle = 0; middle < cells.length; middle++) {
            double[] bump = shares(bumps[0][middle]);
            for (int cell = 0; cell < cells.length; cell++) {
                spread[cell] += cells[middle] * bump[cell];
            }
        }
        return spread;
    }

    private static double[] joint(double[] ratios, double[] expected) {
        return IntStream.range(0, ratios.length).mapToDouble(cell -> ratios[cell] + Math.log(expected[cell])).toArray();
    }

    /** Half of the time as the other units' spots are, half of the time where pictures, if there are any, make one likely. */
    private double[] expected(int unit, int input, List<List<Look>> looks) {
        if (looks.isEmpty()) {
            return places[unit];
        }
        double[] expected = places[unit].clone();
        Arrays.setAll(expected, cell -> expected[cell] / 2 + looks.stream().mapToDouble(look -> look.get(unit)
                .expected()[input][cell]).sum() / looks.size() / 2);
        return expected;
    }

    /**
     * The logarithm of the odds that an input is read, for each unit and input.
     *
     * @param looks for each look at pictures, what was seen for each unit; none where there are no pictures
     */
    double[][] odds(List<List<Look>> looks) {
        double[][] own = new double[kernels.length][kernels[0].length];
        for (int unit = 0; unit < own.length; unit++) {
            for (int input = 0; input < own[unit].length; input++) {
                own[unit][input] = Spots.logarithmOfSum(joint(ratios[unit][input], expected(unit, input, looks)));
            }
            for (List<Look> look : looks) {
                double[] peaks = Finder.peaks(kernels[unit], look.get(unit).means(), rows, columns);
                double middle = Spots.median(peaks);
                double usually = Finder.LEAST_PEAK * middle + LEAST * Arrays.stream(peaks).max().orElse(0) + Double.MIN_NORMAL;
                for (int input = 0; input < peaks.length; input++) {
                    own[unit][input] += Math.log((peaks[input] + usually) / (middle + usually)) / 2 / looks.size();
                }
            }
        }
        return shared(own);
    }

    /** Adds what the other units tell: an input that many of them read, or of whose kind they read many, is likelier read. */
    private double[][] shared(double[][] own) {
        double[][] odds = new double[own.length][];
        Arrays.setAll(odds, unit -> Arrays.stream(own[unit]).map(one -> one + Math.log(READ / (1 - READ))).toArray());
        for (int round = 0; round < ROUNDS; round++) {
            double[][] before = odds;
            double[] readers = IntStream.range(0, own[0].length).mapToDouble(input -> Arrays.stream(before)
                    .mapToDouble(unit -> probability(unit[input])).sum()).toArray();
            odds = new double[own.length][];
            for (int unit = 0; unit < own.length; unit++) {
                double[] others = readers.clone();
                for (int input = 0; input < others.length; input++) {
                    others[input] = Math.max(0, others[input] - probability(before[unit][input]));
                }
                odds[unit] = shared(own[unit], others, own.length - 1);
            }
        }
        return odds;
    }

    private double[] shared(double[] own, double[] others, int units) {
        return IntStream.range(0, own.length).mapToDouble(input -> {
            double usual = READ;
            if (alike.length > 0) {
                double like = 0;
                double all = 0;
                for (int other = 0; other < others.length; other++) {
                    like += alike[input][other] * others[other];
                    all += alike[input][other];
                }
                usual = (KIND_WORTH * READ + like) / (KIND_WORTH + units * all);
            }
            double read = (WORTH * usual + others[input]) / (WORTH + units);
            return own[input] + Math.log(read / (1 - read));
        }).toArray();
    }

    /** How much inputs are of one kind: 1 for the same one, less with their distance in the order, as a Gaussian. */
    private static double[][] alike(double[] kinds) {
        Integer[] order = IntStream.range(0, kinds.length).boxed().sorted(Comparator.comparingDouble(input -> kinds[input]))
                .toArray(Integer[]::new);
        double[][] alike = new double[kinds.length][kinds.length];
        for (int first = 0; first < order.length; first++) {
            for (int second = 0; second < order.length; second++) {
                double apart = (double) (first - second) / Math.max(1, order.length - 1) / NEAR;
                alike[order[first]][order[second]] = Math.exp(-apart * apart / 2);
            }
        }
        return alike;
    }

    /** All kernels freed from noise, in the order (unit, input, cell). */
    float[] freed(double[][] odds, List<List<Look>> looks) {
        int cells = rows * columns;
        float[] weights = new float[kernels.length * kernels[0].length * cells];
        for (int unit = 0; unit < kernels.length; unit++) {
            for (int input = 0; input < kernels[unit].length; input++) {
                double[] freed = freed(unit, input, probability(odds[unit][input]), expected(unit, input, looks));
                for (int cell = 0; cell < cells; cell++) {
                    weights[(unit * kernels[unit].length + input) * cells + cell] = (float) freed[cell];
                }
            }
        }
        return weights;
    }

    /** The mean of what a kernel may be without noise, row by row. */
    private double[] freed(int unit, int input, double read, double[] expected) {
        double whole = Spots.logarithmOfSum(joint(ratios[unit][input], expected));
        double[] freed = new double[expected.length];
        for (int radius = 0; radius < RADII.length; radius++) {
            for (int middle = 0; middle < expected.length; middle++) {
                double strength = strength(unit, input, radius, middle);
                double factor = read * Math.exp(ratio(strength) + Math.log(expected[middle]) - whole) * strength * SHRINKING
                        * noise[unit];
                for (int cell = 0; cell < freed.length; cell++) {
                    freed[cell] += factor * bumps[radius][middle][cell];
                }
            }
        }
        return freed;
    }

    private static double probability(double odds) {
        return 1 / (1 + Math.exp(-odds));
    }

    /** Divides by the sum; where that is 0, all are the same. */
    static double[] shares(double[] parts) {
        double sum = Arrays.stream(parts).sum();
        return Arrays.stream(parts).map(part -> sum == 0 ? 1.0 / parts.length : part / sum).toArray();
    }
}
