package org.loupe.core.facet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.dictionary.KnownDictionaries;
import org.loupe.core.dictionary.LearnedDictionary;
import org.loupe.core.image.Plates;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.ChannelScan;
import org.loupe.core.scan.Crops;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.Groups;
import org.loupe.core.scan.KnownScans;
import org.loupe.core.scan.Scanned;

/**
 * All that tells whether a unit is one thing or several, on one page: diverse pictures, facets, examples of all degrees, class
 * statistics, and what reads it: the built-in analysis {@code triage}.
 */
public final class Triage implements Analysis<Triage.Arguments, Triaged> {

    private static final int STEPS = 6;
    private static final int EACH = 4;
    private static final int LARGEST_CROP = 48;
    private static final int CLASSES = 6;
    private static final int READERS = 8;
    private static final int STRONGEST = 40;
    private static final String NEWEST = "newest";
    private static final String NONE = "none";

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Unit", help = "A channel, such as mixed4b:12; several are asked about one after the other.")
            List<String> units,
            @Argument(label = "Steps", help = "Optimisation steps of each picture.", standard = "192", least = 2,
                    greatest = 10000) int steps,
            @Argument(label = "Given up", help = "The share of the best single picture's activation that each diverse picture may"
                    + " give up.", standard = "0.4", least = 0, greatest = 0.95) double givenUp,
            @Argument(label = "Dictionary", help = "The dictionary of the layer that is asked, too: newest for the one of the"
                    + " study that was learned last, none, or the question that it answers.", standard = NEWEST)
            String dictionary,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting,
            @Argument(label = "Seed", help = "Where the random numbers start.", standard = "0") long seed) {

        private Arguments with(String unit) {
            return new Arguments(List.of(unit), steps, givenUp, dictionary, fitting, seed);
        }

        private Arguments withDictionary(String other) {
            return new Arguments(units, steps, givenUp, other, fitting, seed);
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
    public List<Arguments> parts(Network network, Arguments arguments) {
        return Subjects.parts(arguments, arguments.units(), arguments::with);
    }

    @Override
    public Arguments settled(Arguments arguments, KnownDictionaries dictionaries) {
        return arguments.units().size() != 1 || !arguments.dictionary().equals(NEWEST) ? arguments : arguments.withDictionary(
                dictionaries.of(arguments.units().get(0).replaceFirst(":.*", "")).stream().findFirst().orElse(NONE));
    }

    @Override
    public Triaged run(Material material, Arguments arguments, Observer<? super Triaged> observer) {
        FindFacets.Arguments usual = FindFacets.Arguments.of(Subjects.unit(material.network(), arguments.units()));
        Faceted facets = new FindFacets().run(material, new FindFacets.Arguments(arguments.units(), usual.examples(),
                usual.least(), usual.by(), "", usual.most(), arguments.steps(), usual.towards(), arguments.fitting(),
                arguments.seed()), observer::report);
        Unit unit = facets.unit();
        if (facets.isPartial()) {
            return new Triaged(facets, Diversified.nothing(facets.network(), unit, arguments.givenUp()), List.of(), List.of(),
                    List.of(), List.of(), "", Optional.empty(), true);
        }
        Diversified diverse = new Diversify().run(material, new Diversify.Arguments(arguments.units(), 4, arguments.givenUp(),
                Diversify.Start.FACETS, arguments.steps(), "", arguments.fitting(), arguments.seed()), observer::report);
        Scanned scanned = KnownScans.of(material, List.of(unit.layer()), arguments.fitting(), observer);
        List<Triaged.Reader> readers = Wiring.of(material.network()).outputs(unit).strongest(READERS).stream()
                .map(one -> new Triaged.Reader(one.to(), one.strength(), one.excites())).toList();
        try {
            ChannelScan channel = scanned.channel(Tap.after(unit.layer()), unit.channel());
            String statistics = String.format(Locale.ROOT, "Over all positions of %d pictures of %s: mean %.3g,"
                    + " deviation %.3g; it fires at %.1f %% of the positions and in %.1f %% of the pictures; 99.5 %% of the"
                    + " positions are below %.3g.", scanned.seen(), scanned.set(), channel.mean(), Math.sqrt(channel.variance()),
                    100 * channel.firingPositions(), 100 * channel.firingPictures(), channel.quantileOfPositions(.995));
            PictureSet set = material.requirePictures().set();
            Optional<LatentsOfUnit> latents = latents(material, unit, arguments, observer);
            boolean partial = diverse.isPartial() || scanned.isPartial() || latents.isEmpty() && asksDictionary(arguments);
            return new Triaged(facets, diverse, spectrum(material, unit, channel, arguments.fitting()),
                    classes(scanned, channel), groups(set, channel), readers, statistics, latents, partial);
        } catch (IOException damaged) {
            throw new UncheckedIOException("The scan of " + scanned.set() + " cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    private static boolean asksDictionary(Arguments arguments) {
        return !arguments.dictionary().equals(NONE) && !arguments.dictionary().equals(NEWEST);
    }

    /** What the dictionary says that is asked; nothing where none is, or it was told to stop. */
    private static Optional<LatentsOfUnit> latents(Material material, Unit unit, Arguments arguments, Progress progress) {
        String question = arguments.dictionary();
        if (!asksDictionary(arguments)) {
            return Optional.empty();
        }
        LearnedDictionary learned = material.dictionaries().find(question).filter(found -> found.layer().equals(unit.layer()))
                .orElseThrow(() -> new IllegalArgumentException("This study has no dictionary of " + unit.layer() + " that answers"
                        + " the question " + question + ". Ask with newest or none, or learn one with loupe dictionary train."));
        return new LatentSearch(material, learned, unit, arguments.fitting()).run(question, arguments.steps(), arguments.seed(),
                progress);
    }

    private static List<Triaged.Step> spectrum(Material material, Unit unit, ChannelScan channel, Fitting fitting)
            throws PictureException {
        Crops crops = new Crops(material.network(), Tap.after(unit.layer()));
        Frame frame = Frame.of(material.network().input().shape(), fitting);
        List<Triaged.Step> steps = new ArrayList<>();
        for (List<Example> step : channel.spectrum(STEPS, EACH)) {
            List<Batch> cut = new ArrayList<>();
            for (Example example : step) {
                cut.add(Plates.reduced(crops.cut(material.requirePictures().set().read(example.picture(), frame), example.row(),
                        example.column()), LARGEST_CROP));
            }
            if (!cut.isEmpty()) {
                steps.add(new Triaged.Step(step.get(0).value(), step.get(step.size() - 1).value(), Plates.stacked(cut)));
            }
        }
        return steps;
    }

    /** The classes that excite it most, by the area under the curve. */
    private static List<Triaged.OfClass> classes(Scanned scanned, ChannelScan channel) {
        return IntStream.range(0, scanned.classes().size()).mapToObj(label -> new Triaged.OfClass(scanned.classes().get(label),
                channel.classes().get(label).mean(), channel.classes().get(label).area()))
                .filter(one -> !Double.isNaN(one.area())).sorted(Comparator.comparingDouble(Triaged.OfClass::area).reversed())
                .limit(CLASSES).toList();
    }

    private static List<Groups.Share> groups(PictureSet set, ChannelScan channel) {
        List<Example> strongest = ChosenExamples.strongest(channel, STRONGEST);
        return Groups.of(strongest.stream().map(example -> set.group(example.picture())).toList(), 3);
    }

    @Override
    public Triaged load(ResultFiles files) throws IOException {
        return Triaged.load(files);
    }
}
