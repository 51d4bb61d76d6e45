package org.loupe.core.facet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.factor.Clusters;
import org.loupe.core.factor.GroupChoice;
import org.loupe.core.factor.Matrix;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.KnownScans;
import org.loupe.core.scan.Scanned;

/**
 * The facets of a unit: its examples in groups by what fired below it, as many groups as there are by themselves. The
 * built-in analysis {@code facets}.
 */
public final class FindFacets implements Analysis<FindFacets.Arguments, Faceted> {

    /** By what examples are alike. */
    public enum By {
        /** What each channel below contributes to the unit there: activation times gradient. What the unit does not read
         *  does not count. */
        CONTRIBUTIONS,
        /** What fires below within the unit's field, whether the unit reads it or not. */
        ACTIVATIONS
    }

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Unit", help = "A channel, such as mixed4b:12; several are asked about one after the other.")
            List<String> units,
            @Argument(label = "Examples", help = "How many pictures are grouped: spread evenly over those that excite the unit.",
                    standard = "80", least = 12, greatest = 2000) int examples,
            @Argument(label = "Least", help = "Only pictures that excite the unit at least by this share of the most that any"
                    + " does; the two dozen strongest are always among them.", standard = "0.4", least = 0, greatest = 1)
            double least,
            @Argument(label = "By", help = "By what examples are alike: contributions of the channels below to the unit, or their"
                    + " activations within the unit's field.", standard = "CONTRIBUTIONS") By by,
            @Argument(label = "Below", help = "Layer below that is looked at; the nearest that all paths to the unit pass where it"
                    + " is empty.") String below,
            @Argument(label = "Most", help = "The largest number of facets that is tried.", standard = "6", least = 1,
                    greatest = 20) int most,
            @Argument(label = "Steps", help = "Optimisation steps of the picture of each facet; 0 for no pictures.",
                    standard = "192", least = 0, greatest = 10000) int steps,
            @Argument(label = "Towards", help = "How much the picture of a facet is drawn to the facet's inputs, in proportion to"
                    + " the unit itself.", standard = "1", least = 0, greatest = 100) double towards,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting,
            @Argument(label = "Seed", help = "Where the random numbers start.", standard = "0") long seed) {

        /** The usual way to ask about a unit. */
        public static Arguments of(Unit unit) {
            return new Arguments(List.of(unit.at(Unit.EVERYWHERE).toString()), 80, .4, By.CONTRIBUTIONS, "", 6, 192, 1,
                    Fitting.COVER, 0);
        }

        private Arguments with(String unit) {
            return new Arguments(List.of(unit), examples, least, by, below, most, steps, towards, fitting, seed);
        }

        /** The one unit that is asked about. */
        private Unit unit(Network network) {
            Unit unit = Subjects.unit(network, units);
            if (!unit.isChannel()) {
                throw new IllegalArgumentException("Facets are those of a channel; leave out the position of " + unit + ".");
            }
            return unit;
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
    public Faceted run(Material material, Arguments arguments, Observer<? super Faceted> observer) {
        Network network = material.network();
        Unit unit = arguments.unit(network);
        Below below = Below.of(network, unit.layer(), arguments.below());
        Material.Pictures pictures = material.requirePictures();
        Faceted nothing = Faceted.nothing(network.name(), pictures.set().name(), unit, below.layer());
        Scanned scanned = KnownScans.of(material, List.of(unit.layer()), arguments.fitting(), observer);
        if (scanned.isPartial()) {
            return nothing;
        }
        List<Example> examples = examples(scanned, unit, arguments);
        Frame frame = Frame.of(network.input().shape(), arguments.fitting());
        Optional<Map<Integer, Surroundings>> read = Surroundings.read(material.session(), below, unit.layer(),
                Map.of(unit.channel(), examples), pictures.set(), frame, observer);
        if (read.isEmpty()) {
            return nothing;
        }
        Surroundings around = read.get().get(unit.channel());
        GroupChoice choice = choose(around, arguments.by(), arguments.most(), new Draws(arguments.seed()));
        FacetReport report = new FacetReport(material, arguments.fitting(), unit, below, around, choice);
        List<Facet> facets = report.facets(observer);
        if (facets.isEmpty()) {
            return nothing;
        }
        Faceted plain = new Faceted(network.name(), pictures.set().name(), unit, below.layer(), facets, choice.tried(),
                Judge.apart(around.contributions(), choice.clusters()), false);
        if (arguments.steps() == 0) {
            return plain;
        }
        if (observer.wantsSnapshot()) {
            observer.snapshot(plain.partial());
        }
        return new FacetPictures(material, unit, below, around, choice, arguments).draw(plain, observer);
    }

    private static List<Example> examples(Scanned scanned, Unit unit, Arguments arguments) {
        try {
            List<Example> examples = ChosenExamples.spread(scanned.channel(Tap.after(unit.layer()), unit.channel()),
                    arguments.examples(), arguments.least());
            if (examples.isEmpty()) {
                throw new IllegalArgumentException("No picture of " + scanned.set() + " excites " + unit
                        + ", so there is nothing to group.");
            }
            return examples;
        } catch (IOException damaged) {
            throw new UncheckedIOException("The scan of " + scanned.set() + " cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    /** Groups examples by the direction of what is below them. */
    static GroupChoice choose(Surroundings around, By by, int most, Draws random) {
        Matrix points = by == By.CONTRIBUTIONS ? around.contributions() : around.activations();
        return GroupChoice.of(points, most, Clusters.Measure.DIRECTION, random);
    }

    @Override
    public Faceted load(ResultFiles files) throws IOException {
        return FacetedFiles.load(files);
    }

    /** For tests and for other analyses of this package: the mean of some rows. */
    static double[] mean(Matrix matrix, List<Integer> rows) {
        return matrix.rows(new ArrayList<>(rows)).meanRow();
    }
}
