package org.loupe.core.circuit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Motifs.Kind;
import org.loupe.core.circuit.Motifs.Motif;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;

/**
 * Patterns of wiring among the units of a layer that recur in networks: pairs that want opposite things, features that are
 * spread over several units, and unions over such cases; with pictures, which tell what mirrored and turned channels are to
 * each other, weights that are the same once they are mirrored or turned. The built-in analysis {@code motifs}.
 */
public final class FindMotifs implements Analysis<FindMotifs.Arguments, Motifs> {

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Layer", help = "The layer whose units are compared, such as mixed4b.") List<String> layers,
            @Argument(label = "Level", help = "The greatest chance, corrected for all pairs, of what is reported.",
                    standard = "0.05", least = 0.001, greatest = 1) double level,
            @Argument(label = "Draws", help = "How often the kernels of every unit are dealt out to other channels for comparison.",
                    standard = "99", least = 19, greatest = 10000) int draws,
            @Argument(label = "Sample", help = "On how many pictures, where there are pictures, counterparts of channels in a"
                    + " mirror and after a turn are looked for.", standard = "100", least = 10, greatest = 5000) int sample,
            @Argument(label = "Seed", help = "Decides how they are dealt out.", standard = "0") long seed) {
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean takesPictures() {
        return true;
    }

    @Override
    public Motifs run(Material material, Arguments arguments, Observer<? super Motifs> observer) {
        Network network = material.network();
        if (arguments.layers.size() != 1) {
            throw new IllegalArgumentException("Motifs are looked for in one layer, such as mixed4b; these are "
                    + arguments.layers.size() + ".");
        }
        Layer layer = network.layer(arguments.layers.get(0));
        Wiring wiring = Wiring.of(network);
        int channels = network.shape(layer).channels();
        List<Map<Unit, Kernel>> kernels = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            Map<Unit, Kernel> own = new HashMap<>();
            wiring.inputs(new Unit(layer.name(), channel)).all().forEach(one -> own.putIfAbsent(one.from(), one.kernel()));
            kernels.add(own);
        }
        List<Unit> inputs = kernels.stream().flatMap(own -> own.keySet().stream()).distinct().sorted().toList();
        Optional<List<Counterparts>> counterparts = counterparts(material, inputs, arguments.sample, observer);
        if (counterparts.isEmpty()) {
            return stopped(network, layer, arguments);
        }
        List<MovedCosines> moved = counterparts.get().stream().map(one -> new MovedCosines(one, inputs, kernels)).toList();
        double[][] cosines = cosines(kernels.stream().map(own -> ordered(own, inputs)).toList());
        double[] most = new double[arguments.draws];
        double[] least = new double[arguments.draws];
        Draws random = new Draws(arguments.seed);
        for (int draw = 0; draw < arguments.draws; draw++) {
            if (!observer.report(draw, arguments.draws, "Dealing kernels out to other channels")) {
                return stopped(network, layer, arguments);
            }
            Draws own = random.split(draw);
            double[][] permuted = cosines(kernels.stream().map(one -> ordered(one, shuffled(inputs, own))).toList());
            most[draw] = extreme(permuted, 1);
            least[draw] = extreme(permuted, -1);
            moved.forEach(one -> one.draw(own));
        }
        List<Motif> motifs = new ArrayList<>(alike(layer.name(), cosines, most, least, arguments.level));
        motifs.addAll(unions(wiring, List.copyOf(motifs), layer.name(), channels, arguments.level));
        moved.forEach(one -> motifs.addAll(one.beyond(layer.name(), arguments.level)));
        motifs.sort(Comparator.comparing(Motif::kind).thenComparing(motif -> -Math.abs(motif.value())));
        return new Motifs(network.name(), layer.name(), motifs, channels * (channels - 1) / 2, arguments.draws,
                counterparts.get().stream().map(Counterparts::about).toList(), false);
    }

    private static Motifs stopped(Network network, Layer layer, Arguments arguments) {
        return new Motifs(network.name(), layer.name(), List.of(), 0, arguments.draws, List.of(), true);
    }

    /** For each way to move pictures, the counterparts of what is read; none without pictures, nothing when stopped. */
    private static Optional<List<Counterparts>> counterparts(Material material, List<Unit> inputs, int sample,
            Observer<? super Motifs> observer) {
        List<Counterparts> found = new ArrayList<>();
        Set<String> layers = inputs.stream().map(Unit::layer).filter(name -> !name.equals(Network.INPUT)).collect(Collectors.toSet());
        Shape input = material.network().input().shape();
        for (Turn turn : material.pictures().isEmpty() ? List.<Turn>of() : List.of(Turn.values())) {
            if (turn == Turn.MIRROR || input.rows() == input.columns()) {
                Optional<Counterparts> one = Counterparts.of(material.session(), material.requirePictures().set(), layers, turn,
                        sample, (done, total, what) -> observer.report(done, total, what));
                if (one.isEmpty()) {
                    return Optional.empty();
                }
                found.add(one.get());
            }
        }
        return Optional.of(found);
    }

    private static List<Motif> alike(String layer, double[][] cosines, double[] most, double[] least, double level) {
        List<Motif> motifs = new ArrayList<>();
        for (int a = 0; a < cosines.length; a++) {
            for (int b = a + 1; b < cosines.length; b++) {
                double cosine = cosines[a][b];
                double chance = chance(Math.abs(cosine), cosine > 0 ? most : least);
                if (chance <= level) {
                    motifs.add(new Motif(cosine > 0 ? Kind.SPREAD : Kind.OPPOSITE,
                            List.of(new Unit(layer, a), new Unit(layer, b)), cosine, chance));
                }
            }
        }
        return motifs;
    }

    private static float[][] ordered(Map<Unit, Kernel> kernels, List<Unit> order) {
        return order.stream().map(kernels::get).map(kernel -> kernel == null ? new float[0] : kernel.values())
                .toArray(float[][]::new);
    }

    private static List<Unit> shuffled(List<Unit> units, Draws own) {
        List<Unit> left = new ArrayList<>(units);
        for (int i = left.size() - 1; i > 0; i--) {
            int other = own.below(i + 1);
            Unit kept = left.get(i);
            left.set(i, left.get(other));
            left.set(other, kept);
        }
        return left;
    }

    /** Cosines of all weights of pairs of units; kernels of different sizes do not overlap. */
    private static double[][] cosines(List<float[][]> units) {
        double[] lengths = units.stream().mapToDouble(unit -> Math.sqrt(product(unit, unit))).toArray();
        double[][] cosines = new double[units.size()][units.size()];
        for (int a = 0; a < cosines.length; a++) {
            for (int b = a + 1; b < cosines.length; b++) {
                double scale = lengths[a] * lengths[b];
                cosines[a][b] = scale == 0 ? 0 : product(units.get(a), units.get(b)) / scale;
            }
        }
        return cosines;
    }

    static double product(float[][] first, float[][] second) {
        double sum = 0;
        for (int input = 0; input < first.length; input++) {
            if (first[input].length == second[input].length) {
                for (int i = 0; i < first[input].length; i++) {
                    sum += (double) first[input][i] * second[input][i];
                }
            }
        }
        return sum;
    }

    /** The largest cosine of a sign, without it. */
    private static double extreme(double[][] cosines, int sign) {
        return Arrays.stream(cosines).flatMapToDouble(Arrays::stream).map(cosine -> sign * cosine).max().orElse(0);
    }

    private static double chance(double value, double[] draws) {
        return (1.0 + Arrays.stream(draws).filter(draw -> draw >= value - 1e-9).count()) / (1 + draws.length);
    }

    /** Units above that each of a pair excites: held against all other pairs of what they read, corrected for all that are tried. */
    private static List<Motif> unions(Wiring wiring, List<Motif> pairs, String layer, int channels, double level) {
        List<Motif> tried = new ArrayList<>();
        for (Motif pair : pairs) {
            Map<Unit, Double> first = nets(wiring, pair.units().get(0));
            Map<Unit, Double> second = nets(wiring, pair.units().get(1));
            first.forEach((above, net) -> {
                double value = Math.min(net, second.getOrDefault(above, 0.0));
                if (value > 0) {
                    double[] nets = netsInto(wiring, above, layer, channels);
                    long as = Arrays.stream(nets).filter(one -> one >= value - 1e-9).count();
                    double chance = (double) as * (as - 1) / (channels * (channels - 1.0));
                    tried.add(new Motif(Kind.UNION, List.of(above, pair.units().get(0), pair.units().get(1)),
                            value / Arrays.stream(nets).map(Math::abs).max().orElse(1), chance));
                }
            });
        }
        return tried.stream().map(one -> new Motif(one.kind(), one.units(), one.value(),
                Math.min(1, one.chance() * tried.size()))).filter(one -> one.chance() <= level).toList();
    }

    private static Map<Unit, Double> nets(Wiring wiring, Unit unit) {
        Map<Unit, Double> nets = new HashMap<>();
        wiring.outputs(unit).all().forEach(one -> nets.putIfAbsent(one.to(), one.kernel().net()));
        return nets;
    }

    private static double[] netsInto(Wiring wiring, Unit above, String layer, int channels) {
        double[] nets = new double[channels];
        wiring.inputs(above).all().stream().filter(one -> one.from().layer().equals(layer))
                .forEach(one -> nets[one.from().channel()] = one.kernel().net());
        return IntStream.range(0, channels).mapToDouble(channel -> nets[channel]).toArray();
    }

    @Override
    public Motifs load(ResultFiles files) throws IOException {
        return Motifs.load(files);
    }
}
