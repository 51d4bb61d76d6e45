package org.loupe.core.facet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.engine.Session;
import org.loupe.core.factor.Clusters;
import org.loupe.core.factor.Matrix;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.KnownScans;
import org.loupe.core.scan.Scanned;
import org.loupe.core.visualize.DiversePictures;

/**
 * Several pictures of one unit that excite it and differ as much as they can in what carries it: the built-in analysis
 * {@code diversity}. How they are made is told at {@link DiversePictures}.
 */
public final class Diversify implements Analysis<Diversify.Arguments, Diversified> {

    /** What pictures start from. */
    public enum Start {
        /** Nearly grey noise. */
        NOISE,
        /** Natural pictures from the middles of the unit's facets. */
        FACETS,
        /** Natural pictures that excite the unit and differ most in what carries it. */
        EXAMPLES
    }

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Unit", help = "A channel or neuron, such as mixed4b:12; several are asked about one after the"
                    + " other.") List<String> units,
            @Argument(label = "Pictures", help = "How many pictures.", standard = "4", least = 2, greatest = 24) int count,
            @Argument(label = "Given up", help = "The share of the best single picture's activation that each picture may give up"
                    + " in order to differ from the others, from 0 to 1.", standard = "0.4", least = 0, greatest = 0.95)
            double givenUp,
            @Argument(label = "Start", help = "What pictures start from: noise, facets (natural pictures from the middles of the"
                    + " unit's facets) or examples (natural pictures that differ).", standard = "NOISE") Start start,
            @Argument(label = "Steps", help = "Optimisation steps of each picture.", standard = "256", least = 2,
                    greatest = 10000) int steps,
            @Argument(label = "Below", help = "Layer in which pictures differ; the nearest that all paths to the unit pass where"
                    + " it is empty.") String below,
            @Argument(label = "Fitting", help = "How natural pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting,
            @Argument(label = "Seed", help = "Where the random numbers start.", standard = "0") long seed) {

        /** The usual way to ask about a unit. */
        public static Arguments of(Unit unit) {
            return new Arguments(List.of(unit.toString()), 4, .4, Start.NOISE, 256, "", Fitting.COVER, 0);
        }

        private Arguments with(String unit) {
            return new Arguments(List.of(unit), count, givenUp, start, steps, below, fitting, seed);
        }
    }

    private static final int SINGLE = 2;
    private static final int EXAMPLES = 80;
    private static final double LEAST = .4;
    private static final int MOST_FACETS = 6;
    private static final int TRIALS = 12;
    private static final int CARRIERS = 4;

    /** Natural pictures to start from, with their names. */
    private record Begun(List<Optional<Batch>> pictures, List<String> names) {
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
    public boolean needsPictures(Arguments arguments) {
        return arguments.start() != Start.NOISE;
    }

    @Override
    public List<Arguments> parts(Network network, Arguments arguments) {
        return Subjects.parts(arguments, arguments.units(), arguments::with);
    }

    @Override
    public Diversified run(Material material, Arguments arguments, Observer<? super Diversified> observer) {
        Unit unit = Subjects.unit(material.network(), arguments.units());
        Below below = Below.of(material.network(), unit.layer(), arguments.below());
        Optional<Begun> begun = begin(material, unit, below, arguments, observer);
        if (begun.isEmpty()) {
            return Diversified.nothing(material.network().name(), unit, arguments.givenUp());
        }
        DiversePictures pictures = new DiversePictures(material, unit, arguments.steps(), arguments.seed());
        DiversePictures.Made best = pictures.best(SINGLE, observer);
        if (best.done() < arguments.steps()) {
            return Diversified.nothing(material.network().name(), unit, arguments.givenUp());
        }
        Batch weights = weights(material, unit, below, pictures.asSeen(best.pixels()), new Draws(arguments.seed()));
        double least = (1 - arguments.givenUp()) * Arrays.stream(best.moved()).max().orElseThrow();
        DiversePictures.Made made = pictures.diverse(new DiversePictures.Wish(begun.get().pictures, below.tap(), weights, least),
                observer);
        int first = best.activations()[1] > best.activations()[0] ? 1 : 0;
        Tap tap = below.tap();
        Batch maps = material.session().activations(pictures.asSeen(made.pixels()), Set.of(tap)).at(tap);
        List<Diversified.Shown> shown = new ArrayList<>();
        Matrix carriers = carriers(maps, weights);
        for (int i = 0; i < made.activations().length; i++) {
            shown.add(new Diversified.Shown(begun.get().names.get(i), made.activations()[i], carried(below, carriers.row(i))));
        }
        return new Diversified(material.network().name(), unit, below.layer(), arguments.givenUp(),
                new Diversified.Single(best.pixels().image(first), best.activations()[first]), made.pixels(), shown,
                carriers.cosines(carriers), made.done() < arguments.steps());
    }

    private static List<Diversified.Carrier> carried(Below below, double[] carriers) {
        double sum = Arrays.stream(carriers).sum();
        return IntStream.range(0, carriers.length).boxed()
                .sorted(Comparator.comparingDouble((Integer channel) -> -carriers[channel])).limit(CARRIERS)
                .filter(channel -> carriers[channel] > 0)
                .map(channel -> new Diversified.Carrier(new Unit(below.layer(), channel), carriers[channel] / sum)).toList();
    }

    private static Matrix carriers(Batch maps, Batch weights) {
        Matrix carriers = Matrix.zeros(maps.images(), maps.channels());
        for (int i = 0; i < maps.values().length; i++) {
            int channel = i / maps.area() % maps.channels();
            carriers.values()[i / maps.imageSize() * maps.channels() + channel] +=
                    maps.values()[i] * weights.values()[i % maps.imageSize()];
        }
        return carriers;
    }

    /**
     * What each activation below is worth to the unit: its gradient where that is above 0, in the mean over the best pictures
     * and over random activations, of which some open each way through what lies between.
     */
    private static Batch weights(Material material, Unit unit, Below below, Batch best, Draws random) {
        Shape shape = below.upper().input().shape();
        Batch maps = material.session().activations(best, Set.of(below.tap())).at(below.tap());
        Batch trials = Batch.zeros(maps.images() + TRIALS, shape.channels(), shape.rows(), shape.columns());
        System.arraycopy(maps.values(), 0, trials.values(), 0, maps.values().length);
        double mean = IntStream.range(0, maps.values().length).mapToDouble(i -> maps.values()[i]).average().orElse(0);
        for (int i = maps.values().length; i < trials.values().length; i++) {
            // Activations behind a rectifier: half of them are silent.
            trials.values()[i] = (float) (2 * mean * Math.max(0, random.gaussian()));
        }
        Unit neuron = unit.isChannel() ? unit.at(Unit.CENTRE) : unit;
        Batch weights = Batch.zeros(1, shape.channels(), shape.rows(), shape.columns());
        try (Session above = material.session().engine().open(below.upper())) {
            Batch slopes = above.gradient(trials, List.of(new ChannelObjective(neuron, true))).pictures();
            for (int i = 0; i < slopes.values().length; i++) {
                weights.values()[i % slopes.imageSize()] += Math.max(0, slopes.values()[i]) / slopes.images();
            }
        }
        return weights;
    }

    private static Optional<Begun> begin(Material material, Unit unit, Below below, Arguments arguments,
            Observer<? super Diversified> observer) {
        if (arguments.start() == Start.NOISE) {
            return Optional.of(new Begun(IntStream.range(0, arguments.count()).mapToObj(i -> Optional.<Batch>empty()).toList(),
                    IntStream.range(0, arguments.count()).mapToObj(i -> "noise " + (i + 1)).toList()));
        }
        Scanned scanned = KnownScans.of(material, List.of(unit.layer()), arguments.fitting(), observer);
        if (scanned.isPartial()) {
            return Optional.empty();
        }
        Frame frame = Frame.of(material.network().input().shape(), arguments.fitting());
        List<Example> examples = examples(scanned, unit);
        Optional<Map<Integer, Surroundings>> read = Surroundings.read(material.session(), below, unit.layer(),
                Map.of(unit.channel(), examples), material.requirePictures().set(), frame, observer);
        return read.map(found -> begin(material, unit, found.get(unit.channel()), frame, arguments));
    }

    private static Begun begin(Material material, Unit unit, Surroundings around, Frame frame, Arguments arguments) {
        Draws draws = new Draws(arguments.seed());
        Clusters clusters = arguments.start() == Start.FACETS
                ? FindFacets.choose(around, FindFacets.By.CONTRIBUTIONS, MOST_FACETS, draws).clusters()
                : Clusters.of(around.contributions(), Math.min(arguments.count(), around.examples().size()),
                        Clusters.Measure.DIRECTION, draws);
        Matrix points = around.contributions().unitRows();
        List<Optional<Batch>> pictures = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < arguments.count(); i++) {
            int group = i % clusters.count();
            int turn = i / clusters.count();
            List<Integer> near = clusters.members(group).stream().sorted(Comparator.comparingDouble((Integer member) ->
                    -points.dot(member, clusters.centres(), group))).toList();
            Example example = around.examples().get(near.get(turn % near.size()));
            pictures.add(Optional.of(Centring.centred(material.network(), unit, example, read(material, example, frame))));
            names.add((arguments.start() == Start.FACETS ? "facet " + (group + 1) + ", " : "")
                    + material.requirePictures().set().pictures().get(example.picture()).name());
        }
        return new Begun(pictures, names);
    }

    private static Batch read(Material material, Example example, Frame frame) {
        try {
            return material.requirePictures().set().read(example.picture(), frame);
        } catch (PictureException gone) {
            throw new IllegalArgumentException("A picture of " + material.requirePictures().set().name()
                    + " cannot be read any more: " + gone.getMessage(), gone);
        }
    }

    private static List<Example> examples(Scanned scanned, Unit unit) {
        try {
            List<Example> examples = ChosenExamples.spread(scanned.channel(Tap.after(unit.layer()), unit.channel()), EXAMPLES,
                    LEAST);
            if (examples.isEmpty()) {
                throw new IllegalArgumentException("No picture of " + scanned.set() + " excites " + unit
                        + ", so there is none to start from. Start from noise.");
            }
            return examples;
        } catch (IOException damaged) {
            throw new UncheckedIOException("The scan of " + scanned.set() + " cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    @Override
    public Diversified load(ResultFiles files) throws IOException {
        return Diversified.load(files);
    }
}
