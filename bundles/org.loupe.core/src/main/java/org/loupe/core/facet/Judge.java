package org.loupe.core.facet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.engine.Session;
import org.loupe.core.factor.Clusters;
import org.loupe.core.factor.GroupChoice;
import org.loupe.core.factor.Matrix;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.ChannelScan;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.Groups;
import org.loupe.core.scan.KnownScans;
import org.loupe.core.scan.Scanned;
import org.loupe.core.structure.Blocks;
import org.loupe.core.train.StartingWeights;

/**
 * Which units of a layer, or of a network, are several things, by two criteria, each against the same network with random
 * weights: the built-in analysis {@code polysemantic}. What the criteria are is told at {@link Judged.Verdict}.
 */
public final class Judge implements Analysis<Judge.Arguments, Judged> {

    private static final String ALL = "all";
    private static final int MOST = 3;
    private static final int LEAST_EXAMPLES = 12;
    private static final double LEAST_SHARE = .4;

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Layers", help = "Names of layers, or all: those that people look at, without what lies inside of"
                    + " blocks.", standard = ALL) List<String> layers,
            @Argument(label = "Examples", help = "How many of the strongest pictures of each unit count for the criterion that"
                    + " needs labels.", standard = "40", least = 12, greatest = 1000) int examples,
            @Argument(label = "Spread", help = "How many pictures, spread over those that excite the unit by at least 0.4 of the"
                    + " most that any does, count for the criterion that needs none.", standard = "60", least = 12,
                    greatest = 1000) int spread,
            @Argument(label = "Null", help = "Also judge the same network with random weights.", standard = "true")
            boolean control,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting,
            @Argument(label = "Seed", help = "Decides the random weights and where groups are started.", standard = "0")
            long seed) {

        private List<Layer> layers(Network network) {
            if (!layers.equals(List.of(ALL))) {
                return layers.stream().map(network::layer).toList();
            }
            Blocks blocks = Blocks.of(network);
            List<Layer> all = network.layers().stream().filter(layer -> blocks.block(layer).map(blocks::layers)
                    .map(inside -> inside.get(inside.size() - 1).equals(layer)).orElse(true)).toList();
            return all.stream().filter(layer -> hasBelow(network, layer)).toList();
        }

        private static boolean hasBelow(Network network, Layer layer) {
            try {
                return Below.of(network, layer.name(), "") != null;
            } catch (NetworkException lowest) {
                return false;
            }
        }
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean needsPictures() {
        return true;
    }

    @Override
    public Judged run(Material material, Arguments arguments, Observer<? super Judged> observer) {
        Network network = material.network();
        List<Layer> layers = arguments.layers(network);
        List<String> names = layers.stream().map(Layer::name).toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("No layer of " + network + " has another below it that it is computed from.");
        }
        PictureSet set = material.requirePictures().set();
        List<Judged.Verdict> own = new ArrayList<>();
        List<Judged.Verdict> random = new ArrayList<>();
        Scanned scanned = KnownScans.of(material, names, arguments.fitting(), observer);
        boolean partial = scanned.isPartial() || !judge(material.session(), scanned, set, names, arguments, own, observer);
        if (arguments.control() && !partial) {
            Network drawn = StartingWeights.draw(network, arguments.seed());
            try (Session session = material.session().engine().open(drawn)) {
                Scanned other = KnownScans.now(session, material, names, arguments.fitting(), "random", observer);
                partial = other.isPartial() || !judge(session, other, set, names, arguments, random, observer);
            }
        }
        return new Judged(network.name(), set.name(), arguments.examples(), own, random, partial);
    }

    /** Judges all units of some layers; returns whether nobody stopped it. */
    private static boolean judge(Session session, Scanned scanned, PictureSet set, List<String> layers, Arguments arguments,
            List<Judged.Verdict> into, Progress progress) {
        Frame frame = Frame.of(session.network().input().shape(), arguments.fitting());
        Draws draws = new Draws(arguments.seed());
        for (String layer : layers) {
            Below below = Below.of(session.network(), layer, "");
            Map<Integer, List<Example>> strongest = examples(scanned, layer, arguments, false);
            Map<Integer, List<Example>> byChannel = examples(scanned, layer, arguments, true);
            Map<Integer, List<Example>> judged = new TreeMap<>(byChannel);
            judged.values().removeIf(examples -> examples.size() < LEAST_EXAMPLES);
            Optional<Map<Integer, Surroundings>> read = judged.isEmpty() ? Optional.of(Map.of())
                    : Surroundings.read(session, below, layer, judged, set, frame, progress);
            if (read.isEmpty()) {
                return false;
            }
            for (int channel : byChannel.keySet()) {
                if (!progress.report(channel, byChannel.size(), "Grouping examples of " + layer)) {
                    return false;
                }
                Unit unit = new Unit(layer, channel);
                into.add(judged.containsKey(channel)
                        ? judge(unit, strongest.get(channel), read.get().get(channel), set, draws.split(channel))
                        : Judged.Verdict.silent(unit, byChannel.get(channel).size()));
            }
        }
        return true;
    }

    private static Map<Integer, List<Example>> examples(Scanned scanned, String layer, Arguments arguments, boolean isSpread) {
        try {
            Map<Integer, List<Example>> examples = new TreeMap<>();
            int channels = scanned.shape(Tap.after(layer)).channels();
            for (int channel = 0; channel < channels; channel++) {
                ChannelScan found = scanned.channel(Tap.after(layer), channel);
                examples.put(channel, isSpread ? ChosenExamples.spread(found, arguments.spread(), LEAST_SHARE)
                        : ChosenExamples.strongest(found, arguments.examples()));
            }
            return examples;
        } catch (IOException damaged) {
            throw new UncheckedIOException("The scan of " + scanned.set() + " cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    private static Judged.Verdict judge(Unit unit, List<Example> strongest, Surroundings around, PictureSet set,
            Draws random) {
        List<Groups.Share> groups = Groups.of(strongest.stream().map(example -> set.group(example.picture())).toList(), MOST);
        GroupChoice choice = FindFacets.choose(around, FindFacets.By.CONTRIBUTIONS, MOST, random);
        Clusters halves = Clusters.of(around.contributions(), 2, Clusters.Measure.DIRECTION, random.split(-7));
        GroupChoice.Tried two = choice.tried().isEmpty() ? new GroupChoice.Tried(2, 0, 1, 1, 0, 1) : choice.tried().get(0);
        return new Judged.Verdict(unit, strongest.size(), groups, choice.clusters().count(),
                apart(around.contributions(), choice.clusters()), apart(around.contributions(), halves), two.strength(),
                two.excess());
    }

    /**
     * How little the two groups that differ most have in common in what carries them: 1 less the cosine between their mean
     * contributions above 0. Groups of less than a tenth of the points do not count.
     */
    static double apart(Matrix contributions, Clusters clusters) {
        List<Integer> large = IntStream.range(0, clusters.count())
                .filter(group -> 10 * clusters.members(group).size() >= contributions.rows()).boxed().toList();
        if (large.size() < 2) {
            return 0;
        }
        Matrix centres = Matrix.of(large.stream().map(group -> positive(contributions.rows(clusters.members(group))
                .meanRow())).toArray(double[][]::new));
        Matrix cosines = centres.cosines(centres);
        double least = 1;
        for (double cosine : cosines.values()) {
            least = Math.min(least, cosine);
        }
        return 1 - least;
    }

    private static double[] positive(double[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> Math.max(0, values[i])).toArray();
    }

    @Override
    public Judged load(ResultFiles files) throws IOException {
        return Judged.load(files);
    }
}
