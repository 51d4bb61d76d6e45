package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Motifs.Motif;

/**
 * How alike the units of a layer are once the weights of one are moved: each kernel mirrored or turned, and put in the place of
 * the kernel from its channel's counterpart. Weights of which this is true are equivariant (Olah and others 2020, “Naturally
 * Occurring Equivariance in Neural Networks”). Units that read no more than two channels, in effect, are left out: any two kernels
 * are alike in one place or the other.
 */
final class MovedCosines {

    private static final double CHANNELS = 2.05;

    private final Counterparts counterparts;
    private final List<Unit> inputs;
    private final int[] places;
    private final List<float[][]> units;
    private final List<float[][]> moved;
    private final List<Double> best = new ArrayList<>();
    private final List<Double> bestAlone = new ArrayList<>();

    /**
     * @param inputs  all units that are read
     * @param kernels for each unit of the layer, its kernels by input
     */
    MovedCosines(Counterparts counterparts, List<Unit> inputs, List<Map<Unit, Kernel>> kernels) {
        this.counterparts = counterparts;
        this.inputs = inputs;
        Map<Unit, Integer> index = new HashMap<>();
        inputs.forEach(input -> index.put(input, index.size()));
        this.places = inputs.stream().mapToInt(input -> index.getOrDefault(counterparts.of().getOrDefault(input, input), -1)).toArray();
        this.units = kernels.stream().map(own -> inputs.stream().map(own::get)
                .map(kernel -> kernel == null ? new float[0] : kernel.values()).toArray(float[][]::new)).toList();
        this.moved = kernels.stream().map(own -> inputs.stream().map(own::get)
                .map(kernel -> kernel == null ? new float[0] : counterparts.turn().moved(kernel)).toArray(float[][]::new)).toList();
    }

    /** Deals the kernels of every unit out to other channels, and keeps the best cosine of all pairs. */
    void draw(Draws random) {
        List<float[][]> dealt = new ArrayList<>();
        List<float[][]> dealtMoved = new ArrayList<>();
        for (int unit = 0; unit < units.size(); unit++) {
            int[] order = shuffled(inputs.size(), random);
            dealt.add(dealt(units.get(unit), order));
            dealtMoved.add(dealt(moved.get(unit), order));
        }
        double[][] cosines = cosines(dealt, dealtMoved);
        best.add(IntStream.range(0, cosines.length).flatMap(a -> IntStream.range(0, cosines.length).filter(b -> b != a)
                .map(b -> a * cosines.length + b)).mapToDouble(at -> cosines[at / cosines.length][at % cosines.length]).max()
                .orElse(0));
        bestAlone.add(IntStream.range(0, cosines.length).mapToDouble(unit -> cosines[unit][unit]).max().orElse(0));
    }

    /**
     * The pairs that are better than the best of all when kernels are dealt out, and the units with themselves than the best of
     * all units; of a mirrored pair, one order.
     */
    List<Motif> beyond(String layer, double level) {
        double[][] cosines = cosines(units, moved);
        List<Motif> motifs = new ArrayList<>();
        for (int a = 0; a < cosines.length; a++) {
            for (int b = counterparts.turn() == Turn.MIRROR ? a : 0; b < cosines.length; b++) {
                double cosine = cosines[a][b];
                double chance = (1.0 + (a == b ? bestAlone : best).stream().filter(one -> one >= cosine - 1e-9).count())
                        / (1 + best.size());
                if (cosine > 0 && chance <= level) {
                    motifs.add(new Motif(counterparts.turn().kind(), List.of(new Unit(layer, a), new Unit(layer, b)), cosine,
                            chance));
                }
            }
        }
        return motifs;
    }

    private static float[][] dealt(float[][] kernels, int[] order) {
        return Arrays.stream(order).mapToObj(input -> kernels[input]).toArray(float[][]::new);
    }

    private static int[] shuffled(int count, Draws random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.below(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    private double[][] cosines(List<float[][]> as, List<float[][]> moved) {
        List<float[][]> placed = moved.stream().map(this::placed).toList();
        double[] lengths = as.stream().mapToDouble(unit -> Math.sqrt(FindMotifs.product(unit, unit))).toArray();
        double[] placedLengths = placed.stream().mapToDouble(unit -> Math.sqrt(FindMotifs.product(unit, unit))).toArray();
        double[][] cosines = new double[lengths.length][lengths.length];
        for (int a = 0; a < lengths.length; a++) {
            for (int b = 0; b < lengths.length; b++) {
                double scale = isSpread(as.get(a)) && isSpread(as.get(b)) ? placedLengths[a] * lengths[b] : 0;
                cosines[a][b] = scale == 0 ? 0 : FindMotifs.product(placed.get(a), as.get(b)) / scale;
            }
        }
        return cosines;
    }

    /** Whether a unit reads more than two channels, in effect: the inverse of the sum of the squared shares of its weights' energy. */
    private static boolean isSpread(float[][] kernels) {
        double sum = 0;
        double squares = 0;
        for (float[] kernel : kernels) {
            double energy = 0;
            for (float weight : kernel) {
                energy += (double) weight * weight;
            }
            sum += energy;
            squares += energy * energy;
        }
        return sum * sum > CHANNELS * squares;
    }

    /** Moved kernels in the places of the counterparts; where several channels have the same, their sum. */
    private float[][] placed(float[][] moved) {
        float[][] placed = new float[moved.length][0];
        for (int input = 0; input < moved.length; input++) {
            int place = places[input];
            if (place >= 0 && moved[input].length > 0) {
                float[] sum = placed[place].length == moved[input].length ? placed[place] : new float[moved[input].length];
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += moved[input][i];
                }
                placed[place] = sum;
            }
        }
        return placed;
    }
}
