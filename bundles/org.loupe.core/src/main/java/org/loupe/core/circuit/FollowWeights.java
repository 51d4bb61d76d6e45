package org.loupe.core.circuit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.FollowedWeights.Sight;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Sample;

/**
 * Weights over several layers, and what arrives of them on pictures: the product of all weights on the way is what a unit
 * would read if everything between were linear; on a picture, the unit's gradient with respect to the layer below says what
 * it does read, with all gates as they are. The built-in analysis {@code through}.
 */
public final class FollowWeights implements Analysis<FollowWeights.Arguments, FollowedWeights> {

    private static final int TOGETHER = 16;

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "A unit such as mixed4b:12, and units several layers below it such as mixed3b:4;"
                    + " without these, those of the layer below with the strongest weights.") List<String> units,
            @Argument(label = "Through", help = "The layer several layers below, such as mixed3b; without it, that of the units"
                    + " below, or the one that is read by what the unit reads.") String through,
            @Argument(label = "Count", help = "How many units below are followed where none is named.", standard = "6", least = 1,
                    greatest = 64) int count,
            @Argument(label = "Sample", help = "How many pictures of the set are looked at, evenly spread over it.",
                    standard = "200", least = 4, greatest = 100000) int sample,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting) {

        /** The strongest ways from a layer to a unit, on as many pictures as usual. */
        public static Arguments of(Unit unit, String layer) {
            return new Arguments(List.of(unit.at(Unit.EVERYWHERE).toString()), layer, WAYS, SAMPLE, Fitting.COVER);
        }
    }

    /** How many ways are followed where none is named. */
    public static final int WAYS = 6;

    /** How many pictures are looked at. */
    public static final int SAMPLE = 200;

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean needsPictures() {
        return true;
    }

    @Override
    public FollowedWeights run(Material material, Arguments arguments, Observer<? super FollowedWeights> observer) {
        Network network = material.network();
        List<Unit> units = upwards(network, arguments.units);
        Unit unit = units.get(units.size() - 1);
        List<Unit> below = units.subList(0, units.size() - 1);
        String layer = layer(network, unit, below, arguments.through);
        Wiring.Expanded expanded = Wiring.expanded(network, unit, layer);
        Map<Unit, Connection> strongest = new HashMap<>();
        expanded.net().all().forEach(one -> strongest.putIfAbsent(one.from(), one));
        for (Unit one : below) {
            if (!strongest.containsKey(one)) {
                throw new IllegalArgumentException(unit + " reads nothing of " + one + " by any way. It reads most of "
                        + expanded.net().strongest(4).stream().map(way -> way.from().toString()).collect(Collectors.joining(", "))
                        + ".");
            }
        }
        List<Connection> followed = below.isEmpty() ? strongest(expanded, arguments.count) : below.stream().map(strongest::get).toList();
        try (GatedWeights gated = new GatedWeights(material.session(), unit, layer, followed, expanded)) {
            return followed(gated, material.requirePictures().set(), arguments, observer);
        }
    }

    /** The strongest expanded kernels, of each unit below one. */
    public static List<Connection> strongest(Wiring.Expanded expanded, int count) {
        Set<Unit> seen = new HashSet<>();
        return expanded.net().all().stream().filter(one -> seen.add(one.from())).limit(count).toList();
    }

    private static FollowedWeights followed(GatedWeights gated, PictureSet set, Arguments arguments,
            Observer<? super FollowedWeights> observer) {
        Frame frame = Frame.of(gated.network().input().shape(), arguments.fitting);
        int total = set.pictures().size();
        int wanted = Math.min(total, arguments.sample);
        List<Sight> sights = new ArrayList<>();
        int done = 0;
        while (done < wanted && observer.report(done, wanted, "Following weights from " + gated.layer() + " to " + gated.unit())) {
            List<Integer> indexes = new ArrayList<>();
            for (int i = done; i < Math.min(wanted, done + TOGETHER); i++) {
                indexes.add(Sample.index(i, wanted, total));
            }
            look(gated, set, frame, indexes, sights);
            done += indexes.size();
            if (done < wanted && !sights.isEmpty() && observer.wantsSnapshot()) {
                observer.snapshot(found(gated, set, sights, true));
            }
        }
        if (sights.isEmpty() && done == wanted) {
            throw new IllegalArgumentException("None of the pictures of " + set.name() + " can be read.");
        }
        return found(gated, set, sights, done < wanted);
    }

    /** Looks at those of some pictures that can be read. */
    private static void look(GatedWeights gated, PictureSet set, Frame frame, List<Integer> indexes, List<Sight> sights) {
        Batch batch = Batch.zeros(indexes.size(), frame.channels(), frame.rows(), frame.columns());
        List<String> names = new ArrayList<>();
        for (int index : indexes) {
            set.read(index, index + 1, frame).batch().ifPresent(one -> {
                System.arraycopy(one.values(), 0, batch.values(), batch.offset(names.size(), 0), batch.imageSize());
                names.add(set.pictures().get(index).name());
            });
        }
        if (!names.isEmpty()) {
            sights.addAll(gated.look(new Batch(names.size(), batch.channels(), batch.rows(), batch.columns(),
                    Arrays.copyOf(batch.values(), names.size() * batch.imageSize())), names));
        }
    }

    private static FollowedWeights found(GatedWeights gated, PictureSet set, List<Sight> sights, boolean isPartial) {
        return new FollowedWeights(gated.network().name(), gated.unit(), gated.layer(), set.name(), gated.ways(), sights,
                gated.share(), gated.remarks(), isPartial);
    }

    /** The units by the order of their layers; the last one is alone in its layer, the others are of one. */
    private static List<Unit> upwards(Network network, List<String> texts) {
        List<Unit> units = texts.stream().map(text -> ProposeCircuit.target(network, text).at(Unit.EVERYWHERE)).distinct()
                .collect(Collectors.toCollection(ArrayList::new));
        if (units.isEmpty()) {
            throw new IllegalArgumentException("Say whose weights are to be followed, such as mixed4b:12.");
        }
        List<String> order = network.layers().stream().map(Layer::name).toList();
        String top = order.get(units.stream().mapToInt(unit -> order.indexOf(unit.layer())).max().orElseThrow());
        List<Unit> upper = units.stream().filter(unit -> unit.layer().equals(top)).toList();
        units.removeAll(upper);
        List<String> layers = units.stream().map(Unit::layer).distinct().toList();
        if (upper.size() > 1 || layers.size() > 1) {
            throw new IllegalArgumentException(upper.size() > 1 ? "The weights of one unit are followed at a time; these are "
                    + upper.size() + " units of " + top + "."
                    : "Units below are of one layer at a time; these are of " + String.join(", ", layers) + ".");
        }
        units.addAll(upper);
        return units;
    }

    private static String layer(Network network, Unit unit, List<Unit> below, String through) {
        Optional<String> given = below.isEmpty() ? Optional.empty() : Optional.of(below.get(0).layer());
        if (!through.isBlank()) {
            String layer = network.layer(through.strip()).name();
            if (given.isPresent() && !given.get().equals(layer)) {
                throw new IllegalArgumentException("The units below are of " + given.get() + " and not of " + layer + ".");
            }
            return layer;
        }
        if (given.isPresent()) {
            return given.get();
        }
        return usual(network, unit).orElseThrow(() -> new IllegalArgumentException(
                unit + " reads no layer over another one. Choose a unit further up."));
    }

    /** The layer that is followed where none is named: the one that is read most by what the unit reads most. */
    public static Optional<String> usual(Network network, Unit unit) {
        Wiring wiring = Wiring.of(network);
        return read(wiring, unit).flatMap(first -> read(wiring, first.from())).map(second -> second.from().layer());
    }

    /**
     * The layers that a unit can read over several layers, the nearest first: those below the one that it reads most of. None
     * where it reads the picture, or the lowest layer.
     */
    public static List<String> layers(Network network, Unit unit) {
        Optional<Connection> first = read(Wiring.of(network), unit);
        List<String> order = network.layers().stream().map(Layer::name).toList();
        List<String> below = new ArrayList<>(first.isEmpty() ? List.of() : order.subList(0, order.indexOf(first.get().from().layer())));
        Collections.reverse(below);
        return below;
    }

    /** The strongest connection to a unit of a layer. */
    private static Optional<Connection> read(Wiring wiring, Unit unit) {
        return wiring.inputs(unit).all().stream().filter(one -> !one.from().layer().equals(Network.INPUT)).findFirst();
    }

    @Override
    public FollowedWeights load(ResultFiles files) throws IOException {
        return FollowedWeights.load(files);
    }
}
