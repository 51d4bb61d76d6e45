package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;

/**
 * How far the kernels of one unit are from luck, corrected for how many of them were looked at: each is compared with the best
 * of all kernels of a random draw (the largest statistic of Westfall and Young 1993). What a {@linkplain Kernel#shortcut shortcut}
 * adds to a kernel was not learned, so it is left out.
 *
 * @param unit        whose kernels these are
 * @param byConnection for each connection into the unit that is more than a shortcut
 * @param kernels     how many kernels were looked at
 * @param draws       how often weights were permuted
 * @param others      how many other units of the layer were looked at
 */
public record Chances(Unit unit, Map<Connection, Chance> byConnection, int kernels, int draws, int others) {

    /** How often weights are permuted. */
    public static final int DRAWS = 499;

    private static final int OTHERS = 60;
    private static final Chance UNKNOWN = new Chance(Double.NaN, Double.NaN, Double.NaN);

    public Chances {
        byConnection = Map.copyOf(byConnection);
    }

    /**
     * Probabilities under three kinds of luck, each from just above 0 to 1, each for the best of all kernels of the unit;
     * {@link Double#NaN} where there is nothing to compare with.
     *
     * @param permuted that some kernel would be as strong if the unit's own weights were dealt out to its inputs at random;
     *                 NaN for kernels that are one number
     * @param units    that the strongest kernel of a random unit of the layer is as strong, measured by what that unit reads in
     *                 all
     * @param pattern  that some kernel would be as smooth (Moran's I of neighbouring weights) if each kernel's weights were
     *                 dealt out to its cells at random
     */
    public record Chance(double permuted, double units, double pattern) {

        /**
         * The chance that luck does as well in strength or in pattern, whichever is less likely: twice the smaller of the two,
         * for two looks. Of a kernel that is one number, the share of other units.
         */
        public double luck() {
            return Double.isNaN(permuted) ? units : Math.min(1, 2 * Math.min(permuted, pattern));
        }
    }

    /** Looks at the kernels that a unit reads by. */
    public static Chances of(Network network, Wiring wiring, Unit unit) {
        return of(network, wiring, unit, wiring.inputs(unit), 0);
    }

    /**
     * The same with what is known.
     *
     * @param inputs of the unit
     * @param seed   decides how weights are permuted and which other units are looked at
     */
    public static Chances of(Network network, Wiring wiring, Unit unit, Connections inputs, long seed) {
        Draws random = new Draws(seed);
        List<Connection> all = inputs.all().stream().filter(one -> !one.kernel().isShortcut()).toList();
        List<Kernel> kernels = all.stream().map(one -> one.kernel().learned()).toList();
        double[] own = kernels.stream().mapToDouble(Kernel::norm).toArray();
        int unread = unread(network, all);
        double[] permuted = largestPermuted(kernels, unread, random.split(0));
        double[] smoothest = smoothestPermuted(kernels, random.split(1));
        double[] others = strongestOfOthers(network, wiring, unit, random.split(2));
        double size = length(own);
        Map<Connection, Chance> chances = new HashMap<>();
        for (int i = 0; i < own.length; i++) {
            Kernel kernel = kernels.get(i);
            chances.put(all.get(i), new Chance(isFlat(kernel) ? Double.NaN : chance(own[i], permuted),
                    chance(size == 0 ? 0 : own[i] / size, others), isFlat(kernel) ? Double.NaN
                            : chance(smoothness(kernel.values(), kernel.columns()), smoothest)));
        }
        return new Chances(unit, chances, own.length + unread, DRAWS, others.length);
    }

    /** How many channels could be read, of the layers that are, and are not at all. */
    private static int unread(Network network, List<Connection> all) {
        Map<String, Long> read = all.stream().collect(Collectors.groupingBy(one -> one.from().layer() + " " + one.pooling(),
                TreeMap::new, Collectors.counting()));
        Map<String, Integer> channels = new HashMap<>();
        all.forEach(one -> channels.put(one.from().layer() + " " + one.pooling(), one.from().layer().equals(Network.INPUT)
                ? network.input().shape().channels() : network.shape(network.layer(one.from().layer())).channels()));
        return read.keySet().stream().mapToInt(key -> (int) (channels.get(key) - read.get(key))).sum();
    }

    /** The chance of a connection; all NaN where it is not one of the unit's, or all of it is a shortcut. */
    public Chance of(Connection connection) {
        return byConnection.getOrDefault(connection, UNKNOWN);
    }

    /** How many kernels are more than luck explains, at a level such as 0.05 for the whole unit. */
    public int beyond(double level) {
        return (int) byConnection.values().stream().filter(chance -> chance.luck() <= level).count();
    }

    /** One sentence on what was compared with what. */
    public String about() {
        return "p: the chance that the best of all " + kernels + " kernels is as strong with the unit's own weights dealt out at"
                + " random, or as smooth with each kernel's in random order (" + draws + " draws each, counted twice); for"
                + " kernels of one number, the share of " + others + " other units whose strongest kernel is as strong"
                + ", for what they read in all.";
    }

    /** The share of draws, the observed one among them, that reach a value; NaN without draws. */
    private static double chance(double value, double[] draws) {
        if (draws.length == 0) {
            return Double.NaN;
        }
        double tolerance = 1e-9 * Math.abs(value);
        return (1.0 + Arrays.stream(draws).filter(draw -> draw >= value - tolerance).count()) / (1 + draws.length);
    }

    /** For each draw, the largest norm when all weights are dealt out to all cells of all kernels, those of zeros too. */
    private static double[] largestPermuted(List<Kernel> all, int unread, Draws random) {
        List<float[]> kernels = all.stream().filter(kernel -> !isFlat(kernel)).map(Kernel::values).toList();
        int cells = kernels.stream().mapToInt(kernel -> kernel.length).max().orElse(0);
        float[] weights = Arrays.copyOf(joined(kernels), kernels.stream().mapToInt(kernel -> kernel.length).sum() + unread * cells);
        return IntStream.range(0, weights.length == 0 ? 0 : DRAWS).mapToDouble(draw -> {
            shuffle(weights, random);
            double largest = 0;
            int at = 0;
            for (float[] kernel : kernels) {
                double sum = 0;
                for (int i = 0; i < kernel.length; i++, at++) {
                    sum += (double) weights[at] * weights[at];
                }
                largest = Math.max(largest, sum);
            }
            for (; cells > 0 && at + cells <= weights.length; at += cells) {
                double sum = 0;
                for (int i = at; i < at + cells; i++) {
                    sum += (double) weights[i] * weights[i];
                }
                largest = Math.max(largest, sum);
            }
            return Math.sqrt(largest);
        }).toArray();
    }

    /** For each draw, the smoothness of the smoothest kernel when each kernel's weights are dealt out to its cells. */
    private static double[] smoothestPermuted(List<Kernel> all, Draws random) {
        List<Kernel> kernels = all.stream().filter(kernel -> !isFlat(kernel)).toList();
        List<float[]> values = kernels.stream().map(kernel -> kernel.values().clone()).toList();
        return IntStream.range(0, kernels.isEmpty() ? 0 : DRAWS).mapToDouble(draw -> {
            double smoothest = -1;
            for (int i = 0; i < kernels.size(); i++) {
                shuffle(values.get(i), random);
                smoothest = Math.max(smoothest, smoothness(values.get(i), kernels.get(i).columns()));
            }
            return smoothest;
        }).toArray();
    }

    /** The norm of the strongest kernel of other units, as a share of the length of all norms that the unit reads by. */
    private static double[] strongestOfOthers(Network network, Wiring wiring, Unit unit, Draws random) {
        Layer layer = network.layer(unit.layer());
        List<Integer> channels = new ArrayList<>(IntStream.range(0, network.shape(layer).channels())
                .filter(channel -> channel != unit.channel()).boxed().toList());
        List<Double> found = new ArrayList<>();
        while (found.size() < OTHERS && !channels.isEmpty()) {
            Unit other = new Unit(unit.layer(), channels.remove(random.below(channels.size())));
            double[] norms = wiring.inputs(other).all().stream().mapToDouble(one -> one.kernel().learned().norm()).toArray();
            double largest = Arrays.stream(norms).max().orElse(0);
            if (largest > 0) {
                found.add(largest / length(norms));
            }
        }
        return found.stream().mapToDouble(one -> one).toArray();
    }

    /** Whether a kernel has but one weight, or the same one everywhere, as behind a mean over the map. */
    private static boolean isFlat(Kernel kernel) {
        float[] values = kernel.values();
        for (float value : values) {
            if (Math.abs(value - values[0]) > 1e-6 * Math.abs(values[0])) {
                return false;
            }
        }
        return true;
    }

    /** Moran's I with the nearest neighbours in rows and columns: near 1 where weights change slowly, near 0 at random. */
    static double smoothness(float[] values, int columns) {
        double mean = 0;
        for (float value : values) {
            mean += value / (double) values.length;
        }
        double squares = 0;
        double products = 0;
        int pairs = 0;
        for (int i = 0; i < values.length; i++) {
            double here = values[i] - mean;
            squares += here * here;
            if ((i + 1) % columns != 0) {
                products += here * (values[i + 1] - mean);
                pairs++;
            }
            if (i + columns < values.length) {
                products += here * (values[i + columns] - mean);
                pairs++;
            }
        }
        return squares == 0 || pairs == 0 ? 0 : products / pairs / (squares / values.length);
    }

    private static float[] joined(List<float[]> kernels) {
        float[] joined = new float[kernels.stream().mapToInt(kernel -> kernel.length).sum()];
        int at = 0;
        for (float[] kernel : kernels) {
            System.arraycopy(kernel, 0, joined, at, kernel.length);
            at += kernel.length;
        }
        return joined;
    }

    private static void shuffle(float[] values, Draws random) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.below(i + 1);
            float kept = values[i];
            values[i] = values[other];
            values[other] = kept;
        }
    }

    private static double length(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
    }
}
