package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;

/**
 * Whether the weights of channels of a layer are the same once those of one are moved: each kernel turned, mirrored or made larger
 * about the unit, and given to the counterpart of the channel that it reads. (Olah and others 2020, “Naturally Occurring
 * Equivariance in Neural Networks”, call such weights equivariant.) Controls give them to other channels of the same layers.
 */
public final class KinWeights {

    /** Of a unit that reads fewer channels, in effect, there are too few ways to deal kernels out. */
    private static final double FEWEST_CHANNELS = 4;

    private final Network network;
    private final Wiring wiring;
    private final String layer;
    private final Map<Integer, Map<Unit, Kernel>> known = new HashMap<>();

    /** Looks at the weights of one layer. */
    public KinWeights(Network network, String layer) {
        this.network = network;
        this.wiring = Wiring.of(network);
        this.layer = layer;
    }

    /**
     * A channel that may be another one moved.
     *
     * @param counterparts for what is read: which unit is to the one what the key is to the other; what is not among the keys is its
     *                     own
     */
    public record Kin(int channel, Move move, Map<Unit, Unit> counterparts) {
        public Kin {
            counterparts = Map.copyOf(counterparts);
        }
    }

    /**
     * How alike the weights are.
     *
     * @param cosines of the moved weights of the first channel with those of each of the others, from -1 to 1
     * @param chance  that their mean is as large when the kernels are given to other channels; NaN where too few channels are
     *                read to tell
     */
    public record Likeness(double[] cosines, double chance) {
        /** The mean of the cosines. */
        public double mean() {
            return Arrays.stream(cosines).average().orElse(Double.NaN);
        }
    }

    /** The layers that the channels read, the picture left out. */
    public List<String> read(List<Integer> channels) {
        return channels.stream().flatMap(channel -> kernels(channel).keySet().stream()).map(Unit::layer).distinct()
                .filter(name -> !name.equals(Network.INPUT)).sorted().toList();
    }

    private Map<Unit, Kernel> kernels(int channel) {
        return known.computeIfAbsent(channel, one -> {
            Map<Unit, Kernel> own = new LinkedHashMap<>();
            wiring.inputs(new Unit(layer, one)).all().stream().sorted((a, b) -> a.from().compareTo(b.from()))
                    .forEach(connection -> own.putIfAbsent(connection.from(), connection.kernel()));
            return own;
        });
    }

    /**
     * Compares one channel's weights with those of its kin. Of channels that read a whole map at once nothing is known: they have no
     * middle about which kernels could be moved.
     *
     * @param others at least one
     * @param draws  how often kernels are dealt out to other channels
     */
    public Likeness compare(int channel, List<Kin> others, int draws, Draws random) {
        if (network.shape(network.layer(layer)).area() == 1 && reach(kernels(channel)) > 0) {
            double[] unknown = new double[others.size()];
            Arrays.fill(unknown, Double.NaN);
            return new Likeness(unknown, Double.NaN);
        }
        boolean isSpread = IntStream.concat(IntStream.of(channel), others.stream().mapToInt(Kin::channel))
                .allMatch(one -> effective(kernels(one)) >= FEWEST_CHANNELS);
        double[] cosines = new double[others.size()];
        double[] dealt = new double[isSpread ? draws : 0];
        for (int other = 0; other < cosines.length; other++) {
            Compared compared = new Compared(kernels(channel), kernels(others.get(other).channel), others.get(other));
            cosines[other] = compared.cosine(IntStream.range(0, compared.inputs.size()).toArray());
            Draws own = random.split(other);
            for (int draw = 0; draw < dealt.length; draw++) {
                dealt[draw] += compared.cosine(compared.dealt(own.split(draw)));
            }
        }
        double sum = Arrays.stream(cosines).sum();
        return new Likeness(cosines, isSpread
                ? (1.0 + Arrays.stream(dealt).filter(one -> one >= sum - 1e-9).count()) / (1 + draws) : Double.NaN);
    }

    /** The inverse of the sum of the squared shares of the weights' energy: how many channels are read, in effect. */
    private static double effective(Map<Unit, Kernel> kernels) {
        double[] energies = kernels.values().stream().mapToDouble(kernel -> kernel.norm() * kernel.norm()).toArray();
        double sum = Arrays.stream(energies).sum();
        return sum == 0 ? 0 : sum * sum / Arrays.stream(energies).map(energy -> energy * energy).sum();
    }

    /** Two channels: the products of each moved kernel of one with each kernel of the other. */
    private final class Compared {
        private final List<Unit> inputs;
        private final double[][] products;
        private final double lengths;

        Compared(Map<Unit, Kernel> one, Map<Unit, Kernel> other, Kin kin) {
            this.inputs = inputs(one, other);
            int reach = Math.max(reach(one), reach(other));
            Map<Unit, Integer> index = new HashMap<>();
            inputs.forEach(input -> index.put(input, index.size()));
            float[][] placed = new float[inputs.size()][];
            one.forEach((input, kernel) -> {
                Integer place = index.get(kin.counterparts.getOrDefault(input, input));
                float[] moved = kin.move.moved(framed(kernel, reach), 0, 2 * reach + 1, 2 * reach + 1, reach, reach, false);
                if (place != null) {
                    placed[place] = sum(placed[place], moved);
                }
            });
            float[][] own = new float[inputs.size()][];
            other.forEach((input, kernel) -> own[index.get(input)] = framed(kernel, reach));
            this.lengths = length(placed) * length(own);
            this.products = new double[inputs.size()][inputs.size()];
            for (int i = 0; i < placed.length; i++) {
                for (int j = 0; placed[i] != null && j < own.length; j++) {
                    products[i][j] = own[j] == null ? 0 : product(placed[i], own[j]);
                }
            }
        }

        /** All channels of the layers that one of the two reads. */
        private List<Unit> inputs(Map<Unit, Kernel> one, Map<Unit, Kernel> other) {
            List<Unit> all = new ArrayList<>();
            Stream.of(one, other).flatMap(each -> each.keySet().stream()).map(Unit::layer).distinct().sorted()
                    .forEach(name -> IntStream.range(0, channels(name)).forEach(channel -> all.add(new Unit(name, channel))));
            return all;
        }

        private int channels(String name) {
            return network.layers().stream().anyMatch(one -> one.name().equals(name))
                    ? network.shape(network.layer(name)).channels() : network.input().shape().channels();
        }

        double cosine(int[] order) {
            double sum = 0;
            for (int i = 0; i < products.length; i++) {
                sum += products[i][order[i]];
            }
            return lengths == 0 ? 0 : sum / lengths;
        }

        /** Another order of the channels of each layer. */
        int[] dealt(Draws random) {
            int[] order = IntStream.range(0, inputs.size()).toArray();
            int first = 0;
            for (int i = 0; i < order.length; i++) {
                first = inputs.get(i).layer().equals(inputs.get(first).layer()) ? first : i;
                int other = first + random.below(i - first + 1);
                int kept = order[i];
                order[i] = order[other];
                order[other] = kept;
            }
            return order;
        }
    }

    private static int reach(Map<Unit, Kernel> kernels) {
        return kernels.values().stream().mapToInt(kernel -> Math.max(
                Math.max(Math.abs(kernel.top()), Math.abs(kernel.top() + kernel.rows() - 1)),
                Math.max(Math.abs(kernel.left()), Math.abs(kernel.left() + kernel.columns() - 1)))).max().orElse(0);
    }

    /** A kernel in a square around its unit. */
    private static float[] framed(Kernel kernel, int reach) {
        int side = 2 * reach + 1;
        float[] framed = new float[side * side];
        for (int row = 0; row < kernel.rows(); row++) {
            for (int column = 0; column < kernel.columns(); column++) {
                framed[(row + kernel.top() + reach) * side + column + kernel.left() + reach] = kernel.at(row, column);
            }
        }
        return framed;
    }

    private static float[] sum(float[] one, float[] other) {
        if (one == null) {
            return other;
        }
        float[] sum = new float[one.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = one[i] + other[i];
        }
        return sum;
    }

    private static double length(float[][] kernels) {
        return Math.sqrt(Arrays.stream(kernels).filter(kernel -> kernel != null).mapToDouble(kernel -> product(kernel, kernel)).sum());
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
