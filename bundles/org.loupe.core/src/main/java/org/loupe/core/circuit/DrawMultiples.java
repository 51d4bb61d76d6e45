package org.loupe.core.circuit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;

/**
 * All kernels between two layers side by side, and what they have in common: the built-in analysis {@code multiples}.
 */
public final class DrawMultiples implements Analysis<DrawMultiples.Arguments, Multiples> {

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Layers", help = "The layer below and the layer above that reads it, such as mixed3b mixed4a; input"
                    + " is the picture.") List<String> layers,
            @Argument(label = "Units", help = "At most how many units above are shown, those with the strongest kernels.",
                    standard = "16", least = 1, greatest = 64) int units,
            @Argument(label = "Inputs", help = "At most how many units below are shown, those with the strongest kernels.",
                    standard = "24", least = 1, greatest = 512) int inputs,
            @Argument(label = "Seed", help = "Where the search for the three colours starts.", standard = "0") long seed) {
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Multiples run(Material material, Arguments arguments, Observer<? super Multiples> observer) {
        Network network = material.network();
        if (arguments.layers.size() != 2) {
            throw new IllegalArgumentException("Kernels lie between two layers, such as mixed3b mixed4a; these are "
                    + arguments.layers.size() + ".");
        }
        String below = arguments.layers.get(0);
        if (!below.equals(Network.INPUT)) {
            network.layer(below);
        }
        Layer above = network.layer(arguments.layers.get(1));
        Wiring wiring = Wiring.of(network);
        int channels = network.shape(above).channels();
        Set<String> remarks = new LinkedHashSet<>();
        Set<String> read = new LinkedHashSet<>();
        List<Connection> all = new ArrayList<>();
        int done = 0;
        while (done < channels && observer.report(done, channels, "Reading weights")) {
            Connections inputs = wiring.inputs(new Unit(above.name(), done));
            remarks.addAll(inputs.remarks());
            inputs.all().forEach(one -> read.add(one.from().layer()));
            all.addAll(strongest(inputs, below, remarks));
            done++;
        }
        if (all.isEmpty() && done == channels) {
            throw new IllegalArgumentException("No weights lie between " + below + " and " + above.name() + ". "
                    + (read.isEmpty() ? above.name() + " reads no layer." : above.name() + " reads " + String.join(", ", read) + "."));
        }
        return between(network, above.name(), all, arguments, done < channels).remarking(List.copyOf(remarks));
    }

    /** One connection for each unit below, the strongest where there are several ways. */
    private static List<Connection> strongest(Connections inputs, String below, Set<String> remarks) {
        Map<Unit, Connection> first = new LinkedHashMap<>();
        for (Connection one : inputs.all()) {
            if (!one.from().layer().equals(below)) {
                continue;
            }
            if (one.kernel().shortcut() != 0) {
                remarks.add("Shortcuts past all weights, such as the identity of a residual block, are left out: what is shown was"
                        + " learned.");
            }
            if (!one.kernel().isShortcut() && first.putIfAbsent(one.from(), new Connection(one.from(), one.to(),
                    one.kernel().learned(), one.pooling())) != null) {
                remarks.add("Some units are read both directly and through a pooling; only the stronger way is shown.");
            }
        }
        return List.copyOf(first.values());
    }

    private static Multiples between(Network network, String above, List<Connection> all, Arguments arguments, boolean isPartial) {
        List<Unit> upper = ranked(all, true);
        List<Unit> lower = ranked(all, false);
        List<Unit> rows = upper.subList(0, Math.min(arguments.units, upper.size()));
        List<Unit> columns = lower.subList(0, Math.min(arguments.inputs, lower.size()));
        List<Connection> tall = all.stream().filter(one -> rows.contains(one.to())).toList();
        List<Connection> shown = tall.stream().filter(one -> columns.contains(one.from())).toList();
        Optional<WeightColours> colours = isPartial || tall.isEmpty() ? Optional.empty()
                : Optional.of(WeightColours.of(tall, rows, lower, new Draws(arguments.seed)));
        return new Multiples(network.name(), arguments.layers.get(0), above, rows, columns, shown,
                new Multiples.Extent(upper.size(), lower.size(), norms(shown) / Math.max(Float.MIN_NORMAL, norms(all))), colours,
                List.of(), isPartial);
    }

    /** Units on one side, those with the largest sum of squares first. */
    private static List<Unit> ranked(List<Connection> all, boolean above) {
        Map<Unit, Double> squares = all.stream().collect(Collectors.groupingBy(one -> above ? one.to() : one.from(),
                Collectors.summingDouble(one -> one.strength() * one.strength())));
        return squares.keySet().stream().sorted(Comparator.comparingDouble((Unit unit) -> -squares.get(unit))
                .thenComparing(Comparator.naturalOrder())).toList();
    }

    private static double norms(List<Connection> connections) {
        return connections.stream().mapToDouble(Connection::strength).sum();
    }

    @Override
    public Multiples load(ResultFiles files) throws IOException {
        return Multiples.load(files);
    }
}
