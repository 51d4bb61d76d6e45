package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.network.Window;

/**
 * A way of telling which of the units below a unit is built from: each gives every input a score, and inputs that it
 * gives the same score count as found in their own order.
 */
public enum Finder {

    /** The length (L2 norm) of the kernel. Needs no pictures. */
    WEIGHT("weight norm") {
        @Override
        double score(Evidence evidence, int input) {
            return Math.sqrt(energy(evidence.kernels()[input]));
        }
    },

    /** The size of the largest weight of the kernel. Needs no pictures. */
    LARGEST_WEIGHT("largest weight") {
        @Override
        double score(Evidence evidence, int input) {
            double largest = 0;
            for (float weight : evidence.kernels()[input]) {
                largest = Math.max(largest, Math.abs(weight));
            }
            return largest;
        }
    },

    /** Weights times activations, on average over the pictures that excite the unit. */
    ATTRIBUTION("attribution") {
        @Override
        double score(Evidence evidence, int input) {
            return mean(evidence, input, evidence.excited());
        }
    },

    /**
     * How much more an input contributes on the pictures that excite the unit than on those that do not, as attribution
     * patching compares a clean run with a corrupted one (Nanda 2023). What an input contributes everywhere, such as a
     * channel that answers any background, does not count.
     */
    CONTRAST("contrast") {
        @Override
        double score(Evidence evidence, int input) {
            return mean(evidence, input, evidence.excited()) - mean(evidence, input, evidence.others());
        }
    },

    /**
     * How much of the unit's sum depends on one input at neighbouring places of the kernel: the energy of the map of
     * mean contributions, smoothed over its cells by a Gaussian of 0.6 cells. Excitation at one place does not cancel
     * against inhibition at another, and weights that change from cell to cell without pattern lose.
     */
    ATTRIBUTION_MAP("attribution map") {
        @Override
        double score(Evidence evidence, int input) {
            float[] kernel = evidence.kernels()[input];
            double[] contributions = activations(evidence, input);
            Arrays.setAll(contributions, cell -> kernel[cell] * contributions[cell]);
            double energy = 0;
            for (double value : smoothed(contributions, evidence.window().rows(), evidence.window().columns())) {
                energy += value * value;
            }
            return energy;
        }
    },

    /**
     * Where an input contributes more to the unit than weights of the same size in a random order would: the fourth powers
     * of the cells of the {@linkplain #ATTRIBUTION_MAP map of mean contributions}, smoothed in the same way, so that one
     * strong place counts more than many weak ones, over the third power of the length of the input's mean activations. The
     * fourth power of that length would be the ratio to random weights, which forgets how much an input is there at all.
     */
    ATTRIBUTION_PEAKS("attribution peaks") {
        @Override
        double score(Evidence evidence, int input) {
            return peakiness(evidence.kernels()[input], activations(evidence, input), evidence.window().rows(),
                    evidence.window().columns());
        }
    },

    /**
     * How much likelier the kernel is as one smooth spot in noise than as noise alone, with the spot expected where the input
     * is more than usual when the unit is excited or inhibited ({@link Spots}): the logarithm of that ratio, to which half the
     * logarithm of the {@linkplain #ATTRIBUTION_PEAKS attribution peaks} is added.
     */
    SPOTS("spots in noise") {
        @Override
        double score(Evidence evidence, int input) {
            throw new UnsupportedOperationException("The noise is known from all inputs together");
        }

        @Override
        public double[] scores(Evidence evidence) {
            double[] peaks = ATTRIBUTION_PEAKS.scores(evidence);
            double usual = LEAST_PEAK * Spots.median(peaks) + Double.MIN_NORMAL;
            double[] scores = Spots.evidence(evidence);
            Arrays.setAll(scores, input -> scores[input] + Math.log(peaks[input] + usual) / 2);
            return scores;
        }
    },

    /**
     * The odds that the unit reads the input, as all units of its layer tell together ({@link SharedSpots}): a spot in noise,
     * as {@link #SPOTS} says it, expected where the other units have theirs as well, in an input that other units read as well, on
     * pictures that are chosen a second time by the kernels freed from noise. Assumes that the units of a layer have something
     * in common; where each reads inputs of its own, it is hardly better than {@link #SPOTS}.
     */
    SHARED_SPOTS("shared spots") {
        @Override
        double score(Evidence evidence, int input) {
            return evidence.together()[input];
        }
    },

    /**
     * How much more an input contributes on a picture that excites the unit than, at the same place, on the picture most
     * like it that excites less: attribution patching between matched pictures, of which the unit's sum is linear, so that
     * it is exact.
     */
    PATCHING("patching") {
        @Override
        double score(Evidence evidence, int input) {
            return mean(evidence, input, evidence.excited()) - mean(evidence, input, evidence.matched());
        }
    },

    /** How much weaker the unit is without an input, on average, with the strongest place of each map counted anew. */
    ABLATION("ablation") {
        @Override
        double score(Evidence evidence, int input) {
            throw new UnsupportedOperationException("All inputs are ablated in one go");
        }

        @Override
        public double[] scores(Evidence evidence) {
            double[] scores = new double[evidence.inputs()];
            for (Batch maps : evidence.maps()) {
                double[][] contributions = IntStream.range(0, scores.length)
                        .mapToObj(input -> contributions(evidence, maps, input)).toArray(double[][]::new);
                double[] sums = new double[contributions[0].length];
                for (double[] contribution : contributions) {
                    Arrays.setAll(sums, position -> sums[position] + contribution[position]);
                }
                double whole = largest(sums, new double[sums.length]);
                for (int input = 0; input < scores.length; input++) {
                    scores[input] += (whole - largest(sums, contributions[input])) / evidence.maps().size();
                }
            }
            return scores;
        }
    },

    /**
     * Inputs are taken away one after the other, each time the one without which the unit changes least, as edges are in
     * automatic circuit discovery (ACDC, Conmy et al. 2023); the later, the better. In place of an input comes what it
     * contributes on the matched picture.
     */
    GREEDY_ABLATION("greedy ablation") {
        @Override
        double score(Evidence evidence, int input) {
            throw new UnsupportedOperationException("All inputs are ablated in one go");
        }

        @Override
        public double[] scores(Evidence evidence) {
            double[][] losses = IntStream.range(0, evidence.inputs()).mapToObj(input -> IntStream
                    .range(0, evidence.excited().length).mapToDouble(i -> evidence.contribution(input, evidence.excited()[i])
                            - evidence.contribution(input, evidence.matched()[i])).toArray()).toArray(double[][]::new);
            double[] lost = new double[evidence.excited().length];
            double[] scores = new double[losses.length];
            List<Integer> left = new ArrayList<>(IntStream.range(0, losses.length).boxed().toList());
            for (int step = 0; !left.isEmpty(); step++) {
                Integer next = left.stream().min(Comparator.comparingDouble(input -> change(lost, losses[input])))
                        .orElseThrow();
                left.remove(next);
                scores[next] = step;
                Arrays.setAll(lost, i -> lost[i] + losses[next][i]);
            }
            return scores;
        }
    };

    /** What is added to all peaks before their logarithm is taken, as a share of the median. */
    static final double LEAST_PEAK = .3;

    private static final int REACH = 2;
    private static final double[] SMOOTHING = {1, Math.exp(-1 / .72), Math.exp(-4 / .72)};

    private final String label;

    Finder(String label) {
        this.label = label;
    }

    /** What a person calls it. */
    public String label() {
        return label;
    }

    /** Such as {@code attribution-map}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A score for each input; more is more likely a part of what the unit is built from. */
    public double[] scores(Evidence evidence) {
        return IntStream.range(0, evidence.inputs()).mapToDouble(input -> score(evidence, input)).toArray();
    }

    abstract double score(Evidence evidence, int input);

    /** What an input is at each place of the kernel, on average over the pictures that excite the unit. */
    private static double[] activations(Evidence evidence, int input) {
        double[] means = new double[evidence.kernels()[input].length];
        for (float[][] seen : evidence.excited()) {
            for (int cell = 0; cell < means.length; cell++) {
                means[cell] += seen[input][cell] / evidence.excited().length;
            }
        }
        return means;
    }

    /** {@link #ATTRIBUTION_PEAKS} of kernels and what their inputs are on average, both (input, cell). */
    static double[] peaks(float[][] kernels, double[][] activations, int rows, int columns) {
        return IntStream.range(0, kernels.length).mapToDouble(input -> peakiness(kernels[input], activations[input], rows,
                columns)).toArray();
    }

    private static double peakiness(float[] kernel, double[] activations, int rows, int columns) {
        double[] contributions = new double[kernel.length];
        double energy = 0;
        for (int cell = 0; cell < kernel.length; cell++) {
            contributions[cell] = kernel[cell] * activations[cell];
            energy += activations[cell] * activations[cell];
        }
        double peaks = 0;
        for (double value : smoothed(contributions, rows, columns)) {
            peaks += value * value * value * value;
        }
        return energy == 0 ? 0 : peaks / Math.pow(energy, 1.5);
    }

    /** The mean size of what is lost on the pictures when more is lost. */
    private static double change(double[] lost, double[] more) {
        return IntStream.range(0, lost.length).mapToDouble(i -> Math.abs(lost[i] + more[i])).average().orElse(0);
    }

    private static double energy(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }

    private static double mean(Evidence evidence, int input, float[][][] windows) {
        return Arrays.stream(windows).mapToDouble(seen -> evidence.contribution(input, seen)).average().orElse(0);
    }

    private static double[] smoothed(double[] cells, int rows, int columns) {
        double[] smoothed = new double[cells.length];
        for (int cell = 0; cell < cells.length; cell++) {
            int row = cell / columns;
            int column = cell % columns;
            for (int r = Math.max(row - REACH, 0); r <= Math.min(row + REACH, rows - 1); r++) {
                for (int c = Math.max(column - REACH, 0); c <= Math.min(column + REACH, columns - 1); c++) {
                    smoothed[cell] += SMOOTHING[Math.abs(r - row)] * SMOOTHING[Math.abs(c - column)]
                            * cells[r * columns + c];
                }
            }
        }
        return smoothed;
    }

    /** What an input contributes to the unit at each position of its map, row by row. */
    private static double[] contributions(Evidence evidence, Batch maps, int input) {
        Window window = evidence.window();
        float[] kernel = evidence.kernels()[input];
        int rows = window.outputRows(maps.rows());
        int columns = window.outputColumns(maps.columns());
        double[] contributions = new double[rows * columns];
        int from = maps.offset(0, input);
        for (int cell = 0; cell < kernel.length; cell++) {
            int down = cell / window.columns() * window.rowDilation() - window.top();
            int right = cell % window.columns() * window.columnDilation() - window.left();
            for (int row = 0; row < rows; row++) {
                int r = row * window.rowStep() + down;
                for (int column = 0; r >= 0 && r < maps.rows() && column < columns; column++) {
                    int c = column * window.columnStep() + right;
                    if (c >= 0 && c < maps.columns()) {
                        contributions[row * columns + column] += (double) kernel[cell]
                                * maps.values()[from + r * maps.columns() + c];
                    }
                }
            }
        }
        return contributions;
    }

    private static double largest(double[] sums, double[] without) {
        return IntStream.range(0, sums.length).mapToDouble(position -> sums[position] - without[position]).max()
                .orElse(0);
    }
}
