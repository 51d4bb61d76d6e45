package org.loupe.core.circuit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.ProposedGroups.Kind;
import org.loupe.core.circuit.ProposedGroups.Proposal;
import org.loupe.core.network.Network;

/**
 * Which units of a circuit may be drawn as one node, by their weights: those that see in a mirror what others see, and those
 * that a unit above unites. The built-in analysis {@code grouping}.
 *
 * <p>Two units are compared with the best of all pairs of their layer when the kernels of each are dealt out to other
 * channels, corrected for the number of layers. A union is over units that are mirrored, alike or opposite beyond luck, each
 * of which excites the unit above: compared with all other pairs that it reads, corrected for all that were tried.
 */
public final class ProposeGroups implements Analysis<ProposeGroups.Arguments, ProposedGroups> {

    /** Fewer can be dealt out in less than 720 ways. */
    private static final int FEWEST_CHANNELS = 6;

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "The units of the circuit, such as mixed4a:3 mixed4a:7 mixed4b:12; a unit that is"
                    + " to unite others is among them.") List<String> units,
            @Argument(label = "Level", help = "The greatest chance, corrected for all that is looked at, of what is proposed.",
                    standard = "0.05", least = 0.001, greatest = 1) double level,
            @Argument(label = "Draws", help = "How often the kernels of every unit are dealt out to other channels for"
                    + " comparison.", standard = "199", least = 19, greatest = 10000) int draws,
            @Argument(label = "Seed", help = "Decides how they are dealt out.", standard = "0") long seed) {

        /** The standard question about some units. */
        public static Arguments of(List<Unit> units) {
            return new Arguments(units.stream().map(Unit::toString).sorted().toList(), .05, 199, 0);
        }
    }

    /** Two units of one layer, and how they were found to belong together. */
    private record Pair(List<Unit> units, boolean isMirrored, double value, double chance) {
    }

    /** How alike two units are, as they are and in the mirror. */
    private record Likeness(double plain, double mirrored) {
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public ProposedGroups run(Material material, Arguments arguments, Observer<? super ProposedGroups> observer) {
        Network network = material.network();
        Map<String, TreeSet<Unit>> layers = layers(network, arguments.units());
        Wiring wiring = Wiring.of(network);
        Mirror mirror = new Mirror(network, wiring, observer);
        Draws random = new Draws(arguments.seed());
        List<Pair> pairs = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        List<String> compared = layers.keySet().stream().filter(layer -> layers.get(layer).size() > 1).toList();
        int looked = 0;
        for (String layer : compared) {
            List<Unit> units = List.copyOf(layers.get(layer));
            Readings readings = mirror.readings(units);
            if (!mirror.isStopped() && readings.channels() < FEWEST_CHANNELS) {
                remarks.add("Of " + layer + " nothing is said: it reads " + readings.channels() + " channels, too few to deal"
                        + " kernels out.");
                continue;
            }
            List<Pair> found = pairs(mirror, readings, units, arguments, compared.size(), random.split(layer.hashCode()), observer);
            if (found == null) {
                return new ProposedGroups(network.name(), List.of(), 0, arguments.draws(), List.of(), true);
            }
            pairs.addAll(found);
            looked += units.size() * (units.size() - 1) / 2;
        }
        List<Proposal> groups = new ArrayList<>(apart(pairs));
        groups.addAll(unions(network, wiring, pairs, layers, arguments.level()));
        groups.sort(Comparator.comparing(Proposal::kind).thenComparing(Proposal::chance)
                .thenComparing(Comparator.comparingDouble(Proposal::value).reversed()));
        remarks.addAll(mirror.remarks());
        return new ProposedGroups(network.name(), groups, looked, arguments.draws(), remarks, false);
    }

    private static Map<String, TreeSet<Unit>> layers(Network network, List<String> names) {
        Map<String, TreeSet<Unit>> layers = new TreeMap<>();
        for (String name : names) {
            Unit unit = Unit.parse(name).at(Unit.EVERYWHERE);
            network.require(unit);
            layers.computeIfAbsent(unit.layer(), any -> new TreeSet<>()).add(unit);
        }
        if (layers.values().stream().mapToInt(TreeSet::size).sum() < 2) {
            throw new IllegalArgumentException("Groups are looked for among several units. Name at least two, such as mixed4a:3"
                    + " mixed4a:7.");
        }
        return layers;
    }

    /** Pairs of units of one layer that belong together; nothing where somebody did not want to wait. */
    private static List<Pair> pairs(Mirror mirror, Readings readings, List<Unit> units, Arguments arguments, int layers,
            Draws random, Observer<?> observer) {
        List<float[]> vectors = IntStream.range(0, units.size()).mapToObj(readings::vector).toList();
        List<float[]> mirrored = IntStream.range(0, units.size()).mapToObj(readings::mirrored).toList();
        Likeness[][] found = likeness(vectors, mirrored);
        double[] alike = new double[arguments.draws()];
        double[] opposite = new double[arguments.draws()];
        double[] inMirror = new double[arguments.draws()];
        for (int draw = 0; draw < arguments.draws(); draw++) {
            if (mirror.isStopped() || !observer.report(draw, arguments.draws(), "Dealing kernels of " + units.get(0).layer()
                    + " out to other channels")) {
                return null;
            }
            Draws own = random.split(draw);
            Likeness[][] dealt = likeness(dealt(readings, vectors, own.split(0)), dealt(readings, mirrored, own.split(1)));
            alike[draw] = largest(dealt, Likeness::plain);
            opposite[draw] = largest(dealt, likeness -> -likeness.plain());
            inMirror[draw] = largest(dealt, Likeness::mirrored);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int a = 0; a < units.size(); a++) {
            for (int b = a + 1; b < units.size(); b++) {
                Likeness one = found[a][b];
                List<Unit> both = List.of(units.get(a), units.get(b));
                if (one.mirrored > one.plain) {
                    pairs.add(new Pair(both, true, one.mirrored, layers * chance(one.mirrored, inMirror)));
                }
                pairs.add(new Pair(both, false, one.plain, layers * chance(Math.abs(one.plain), one.plain > 0 ? alike : opposite)));
            }
        }
        return pairs.stream().filter(pair -> pair.chance() <= arguments.level()).toList();
    }

    private static List<float[]> dealt(Readings readings, List<float[]> vectors, Draws random) {
        return IntStream.range(0, vectors.size()).mapToObj(unit -> readings.dealt(vectors.get(unit), random.split(unit))).toList();
    }

    private static Likeness[][] likeness(List<float[]> vectors, List<float[]> mirrored) {
        Likeness[][] likeness = new Likeness[vectors.size()][vectors.size()];
        for (int a = 0; a < vectors.size(); a++) {
            for (int b = a + 1; b < vectors.size(); b++) {
                likeness[a][b] = new Likeness(Readings.product(vectors.get(a), vectors.get(b)),
                        Readings.product(mirrored.get(a), vectors.get(b)));
            }
        }
        return likeness;
    }

    private static double largest(Likeness[][] all, ToDoubleFunction<Likeness> of) {
        return Arrays.stream(all).flatMap(Arrays::stream).filter(one -> one != null).mapToDouble(of).max().orElse(0);
    }

    private static double chance(double value, double[] draws) {
        return (1.0 + Arrays.stream(draws).filter(draw -> draw >= value - 1e-9).count()) / (1 + draws.length);
    }

    /** Mirrored pairs, each unit in the one of them that is most alike. */
    private static List<Proposal> apart(List<Pair> pairs) {
        List<Proposal> apart = new ArrayList<>();
        TreeSet<Unit> taken = new TreeSet<>();
        pairs.stream().filter(Pair::isMirrored).sorted(Comparator.comparingDouble(Pair::value).reversed()).forEach(pair -> {
            if (pair.units().stream().noneMatch(taken::contains)) {
                taken.addAll(pair.units());
                apart.add(new Proposal(Kind.MIRRORED, pair.units(), pair.units().get(0), pair.value(), pair.chance()));
            }
        });
        return apart;
    }

    private static List<Proposal> unions(Network network, Wiring wiring, List<Pair> pairs, Map<String, TreeSet<Unit>> layers,
            double level) {
        List<Proposal> tried = new ArrayList<>();
        for (Unit above : layers.values().stream().flatMap(TreeSet::stream).toList()) {
            Map<Unit, Double> nets = nets(wiring, above);
            double largest = nets.values().stream().mapToDouble(Math::abs).max().orElse(1);
            for (List<Unit> cases : pairs.stream().map(Pair::units).distinct().toList()) {
                double least = cases.stream().mapToDouble(unit -> nets.getOrDefault(unit, 0.0)).min().orElse(0);
                if (least > 0) {
                    String layer = cases.get(0).layer();
                    double channels = network.shape(network.layer(layer)).channels();
                    double as = nets.entrySet().stream().filter(net -> net.getKey().layer().equals(layer)
                            && net.getValue() >= least - 1e-9).count();
                    tried.add(new Proposal(Kind.UNION, cases, above, least / largest, as * (as - 1) / (channels * (channels - 1))));
                }
            }
        }
        return joined(tried.stream().map(one -> new Proposal(one.kind(), one.units(), one.above(), one.value(),
                Math.min(1, one.chance() * tried.size()))).filter(one -> one.chance() <= level).toList());
    }

    private static Map<Unit, Double> nets(Wiring wiring, Unit above) {
        Map<Unit, Double> nets = new LinkedHashMap<>();
        wiring.inputs(above).all().stream().filter(one -> !one.from().layer().equals(Network.INPUT))
                .forEach(one -> nets.putIfAbsent(one.from(), one.kernel().net()));
        return nets;
    }

    /** Pairs of one layer that the same unit unites are one union. */
    private static List<Proposal> joined(List<Proposal> pairs) {
        Map<List<String>, List<Proposal>> together = pairs.stream().collect(Collectors.groupingBy(pair ->
                List.of(pair.above().toString(), pair.units().get(0).layer()), LinkedHashMap::new, Collectors.toList()));
        return together.values().stream().map(some -> new Proposal(Kind.UNION,
                some.stream().flatMap(pair -> pair.units().stream()).distinct().sorted().toList(), some.get(0).above(),
                some.stream().mapToDouble(Proposal::value).min().orElseThrow(),
                some.stream().mapToDouble(Proposal::chance).max().orElseThrow())).toList();
    }

    @Override
    public ProposedGroups load(ResultFiles files) throws IOException {
        return ProposedGroups.load(files);
    }
}
