package org.loupe.demo.planted;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
import org.loupe.core.facet.Diversified;
import org.loupe.core.facet.Diversify;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;
import org.loupe.demo.pictures.PartPictures;
import org.loupe.demo.pictures.PartPictures.Subject;

/**
 * How often the diverse pictures of a hand-wired channel of two things show both: the analysis {@code score-diversity}.
 *
 * <p>The planted detectors below are the judges. A picture shows a part when the part's detector answers at least half as much
 * as to a drawn part, and at least one and a half times as much, in the same measure, as the other part's detector.
 */
public final class ScoreDiversity implements Analysis<ScoreDiversity.Arguments, ScoredDiversity> {

    private static final String LAYER = "p3";
    private static final String BELOW = "p2";
    private static final int DRAWN = 12;
    private static final double LEAST = .5;
    private static final double CLEAR = 1.5;
    private static final double[] PUBLISHED = {1, 3, 10};

    /** The planted channels of two things, and the drawn subjects that show each. */
    private static final Map<String, List<Subject>> CHANNELS = Map.of(
            "cat face or wheel", List.of(Subject.CAT, Subject.WHEEL),
            "head right or windows", List.of(Subject.HEAD_RIGHT, Subject.WINDOWS));
    private static final Map<Subject, String> DETECTORS = Map.of(Subject.CAT, "cat face", Subject.WHEEL, "wheel",
            Subject.HEAD_RIGHT, "head right", Subject.WINDOWS, "windows");

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Seeds", help = "How many seeds are tried for each channel and way.", standard = "10", least = 1,
                    greatest = 1000) int seeds,
            @Argument(label = "Pictures", help = "How many diverse pictures each time.", standard = "4", least = 2,
                    greatest = 24) int count,
            @Argument(label = "Given up", help = "Share of the best single picture's activation that may be given up.",
                    standard = "0.4", least = 0, greatest = 0.95) double givenUp,
            @Argument(label = "Steps", help = "Optimisation steps of each picture.", standard = "256", least = 2,
                    greatest = 10000) int steps,
            @Argument(label = "Published", help = "Also try the published form, a similarity of Gram matrices times 1, 3 and 10.",
                    standard = "true") boolean published) {
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
    public ScoredDiversity run(Material material, Arguments arguments, Observer<? super ScoredDiversity> observer) {
        PlantedNetwork planted = PlantedNetwork.parts();
        if (!planted.network().hash().equals(material.network().hash())) {
            throw new IllegalArgumentException("Only of planted-parts is it known which channels are two things, not of "
                    + material.network() + ".");
        }
        List<String> ways = new ArrayList<>(List.of("noise"));
        if (material.pictures().isPresent()) {
            ways.addAll(List.of("facets", "examples"));
        }
        for (double weight : arguments.published ? PUBLISHED : new double[0]) {
            ways.add("published, weight " + (int) weight);
        }
        List<ScoredDiversity.Row> rows = new ArrayList<>();
        long done = 0;
        for (String way : ways) {
            for (String channel : CHANNELS.keySet().stream().sorted().toList()) {
                int both = 0;
                double activation = 0;
                for (int seed = 0; seed < arguments.seeds; seed++) {
                    if (!observer.report(done++, (long) ways.size() * CHANNELS.size() * arguments.seeds, way)) {
                        return new ScoredDiversity(arguments.seeds, arguments.count, rows, true);
                    }
                    Batch pictures = pictures(material, planted.unit(LAYER, channel), way, seed, arguments);
                    both += shown(material, planted, CHANNELS.get(channel), pictures).size() == 2 ? 1 : 0;
                    activation += activation(material, planted.unit(LAYER, channel), pictures) / arguments.seeds;
                }
                rows.add(new ScoredDiversity.Row(way, channel, both, activation));
            }
        }
        return new ScoredDiversity(arguments.seeds, arguments.count, rows, false);
    }

    private static Batch pictures(Material material, Unit unit, String way, long seed, Arguments arguments) {
        if (way.startsWith("published")) {
            String objective = LAYER + ".pre:" + unit.channel() + "@centre - " + way.substring(way.lastIndexOf(' ') + 1) + "*similarity(" + BELOW + ")";
            Visualize.Arguments asked = new Visualize.Arguments(IntStream.range(0, arguments.count)
                    .mapToObj(i -> objective).toList(), false, arguments.steps, 0, Visualize.Space.FOURIER,
                    Visualize.Robustness.BY_DEPTH, .05, seed);
            Visualized made = new Visualize().run(new Material(material.session(), Optional.empty()), asked,
                    (done, total, what) -> true);
            return made.pictures();
        }
        Diversified made = new Diversify().run(material, new Diversify.Arguments(List.of(unit.toString()), arguments.count,
                arguments.givenUp, Diversify.Start.valueOf(way.toUpperCase(Locale.ROOT)), arguments.steps, "",
                Fitting.COVER, seed), (done, total, what) -> true);
        return made.pixels();
    }

    private static double activation(Material material, Unit unit, Batch pictures) {
        Batch maps = material.session().activations(pictures, Set.of(Tap.after(LAYER))).at(Tap.after(LAYER));
        return IntStream.range(0, pictures.images())
                .mapToDouble(i -> maps.at(i, unit.channel(), maps.rows() / 2, maps.columns() / 2)).average().orElseThrow();
    }

    /** Which of two parts at least one picture shows. */
    private static Set<Subject> shown(Material material, PlantedNetwork planted, List<Subject> parts, Batch pictures) {
        Map<Subject, double[]> answers = new HashMap<>();
        for (Subject part : parts) {
            Unit detector = planted.unit(BELOW, DETECTORS.get(part));
            PartPictures plain = new PartPictures(new Draws(9), false);
            List<Batch> drawn = IntStream.range(0, DRAWN).mapToObj(i -> plain.picture(part)).toList();
            double usual = IntStream.range(0, DRAWN).mapToDouble(i -> answers(material, detector, Circuit.stacked(drawn), 2)[i])
                    .average().orElseThrow();
            double[] found = answers(material, detector, pictures, 1);
            answers.put(part, IntStream.range(0, found.length).mapToDouble(i -> found[i] / usual).toArray());
        }
        Set<Subject> shown = new HashSet<>();
        for (Subject part : parts) {
            Subject other = parts.get(parts.get(0) == part ? 1 : 0);
            for (int i = 0; i < pictures.images(); i++) {
                if (answers.get(part)[i] >= LEAST && answers.get(part)[i] >= CLEAR * answers.get(other)[i]) {
                    shown.add(part);
                }
            }
        }
        return shown;
    }

    /** The largest answer of a detector within so many positions of the middle, for each picture. */
    private static double[] answers(Material material, Unit detector, Batch pictures, int reach) {
        Batch maps = material.session().activations(pictures, Set.of(Tap.after(BELOW))).at(Tap.after(BELOW));
        double[] answers = new double[pictures.images()];
        for (int i = 0; i < answers.length; i++) {
            for (int row = -reach; row <= reach; row++) {
                for (int column = -reach; column <= reach; column++) {
                    answers[i] = Math.max(answers[i], maps.at(i, detector.channel(), maps.rows() / 2 + row,
                            maps.columns() / 2 + column));
                }
            }
        }
        return answers;
    }

    @Override
    public ScoredDiversity load(ResultFiles files) throws IOException {
        return ScoredDiversity.load(files);
    }
}
