package org.loupe.demo.planted;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Evidence;
import org.loupe.core.circuit.Finder;
import org.loupe.core.circuit.LayerEvidence;
import org.loupe.core.circuit.LayerInputs;
import org.loupe.core.circuit.Ranking;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.demo.pictures.PartPictures;
import org.loupe.demo.pictures.StrokePictures;
import org.loupe.demo.pictures.StrokePictures.Stroke;

/**
 * How well each way of finding what a unit is built from does on a hand-wired network, whose connections are known:
 * the analysis {@code score}. The network is made harder to read step by step ({@link Disturbed}).
 */
public final class Score implements Analysis<Score.Arguments, Scored> {

    private static final String ALL = "all";
    private static final double[] RADII = {12, 20};

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "Units of p3 such as p3:0, or all of them.", standard = ALL)
            List<String> units,
            @Argument(label = "Noise", help = "Noise on the weights, as multiples of the standard deviation of the planted"
                    + " ones, separated by commas.", standard = "0, 1, 1.5, 2, 3") String noise,
            @Argument(label = "Distractors", help = "How many channels that mean nothing are added to what is read.",
                    standard = "24", least = 0, greatest = 1000) int distractors,
            @Argument(label = "Runs", help = "How often, with other noise and pictures each time.", standard = "5",
                    least = 1, greatest = 100) int runs,
            @Argument(label = "Pictures", help = "How many pictures are drawn for each run.", standard = "240", least = 20,
                    greatest = 5000) int pictures,
            @Argument(label = "Examples", help = "How many of them count as exciting, for each unit.", standard = "40",
                    least = 1, greatest = 2500) int examples,
            @Argument(label = "Seed", help = "Where the random numbers start.", standard = "0") long seed) {

        private double[] noises() {
            try {
                double[] noises = Arrays.stream(noise.split(",")).mapToDouble(Double::parseDouble).toArray();
                if (Arrays.stream(noises).allMatch(one -> one >= 0 && one <= 1000)) {
                    return noises;
                }
            } catch (NumberFormatException notNumbers) {
                throw new IllegalArgumentException("“" + noise + "” are not numbers separated by commas, such as 0, 1.5, 3",
                        notNumbers);
            }
            throw new IllegalArgumentException("Noise is from 0 to 1000; “" + noise + "” is not");
        }
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Scored run(Material material, Arguments arguments, Observer<? super Scored> observer) {
        if (2 * arguments.examples > arguments.pictures) {
            throw new IllegalArgumentException("At most half of the pictures can be examples; " + arguments.examples
                    + " of " + arguments.pictures + " were asked for.");
        }
        PlantedNetwork planted = planted(material.network());
        List<Unit> units = units(planted, arguments.units);
        double[] noises = arguments.noises();
        Engine engine = material.session().engine();
        List<Scored.Row> rows = new ArrayList<>();
        long total = (long) noises.length * arguments.runs;
        for (double noise : noises) {
            Map<Finder, List<Ranking>> rankings = new EnumMap<>(Finder.class);
            for (int run = 0; run < arguments.runs; run++) {
                long done = (long) (rows.size() / Finder.values().length) * arguments.runs + run;
                if (!observer.report(done, total, "noise " + noise)) {
                    return new Scored(planted.network().name(), units, rows, true);
                }
                rank(engine, planted, units, noise, new Draws(arguments.seed).split(run), arguments,
                        (finder, ranking) -> rankings.computeIfAbsent(finder, any -> new ArrayList<>()).add(ranking));
            }
            rankings.forEach((finder, found) -> rows.add(Scored.Row.of(finder, noise, found)));
        }
        observer.report(total, total, "");
        return new Scored(planted.network().name(), units, rows, false);
    }

    private interface Judge {
        void found(Finder finder, Ranking ranking);
    }

    private static void rank(Engine engine, PlantedNetwork planted, List<Unit> units, double noise, Draws draws,
            Arguments arguments, Judge judge) {
        Batch pictures = pictures(planted, arguments.pictures, draws.split(0));
        PlantedNetwork disturbed = Disturbed.of(engine, planted, noise, arguments.distractors, pictures,
                draws.split(1).bits());
        LayerInputs inputs = LayerInputs.of(disturbed.network(), Disturbed.LAYER);
        try (Session session = engine.open(inputs.network())) {
            LayerEvidence layer = LayerEvidence.of(inputs, session, pictures, arguments.examples);
            for (Unit unit : units) {
                Evidence evidence = layer.unit(unit.channel());
                Set<Integer> truth = planted.edges().stream().filter(edge -> edge.to().equals(unit))
                        .map(edge -> edge.from().channel()).collect(Collectors.toSet());
                for (Finder finder : Finder.values()) {
                    judge.found(finder, Ranking.of(finder.scores(evidence), truth));
                }
            }
        }
    }

    private static PlantedNetwork planted(Network network) {
        return Stream.of(PlantedNetwork.curves(), PlantedNetwork.parts())
                .filter(planted -> planted.network().hash().equals(network.hash())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Only of hand-wired networks is it known what their units"
                        + " are built from: ask about " + PlantedCurves.NAME + " or " + PlantedParts.NAME + ", not "
                        + network + "."));
    }

    private static List<Unit> units(PlantedNetwork planted, List<String> names) {
        Set<Unit> known = planted.edges().stream().map(PlantedNetwork.Edge::to)
                .filter(unit -> unit.layer().equals(Disturbed.LAYER)).collect(Collectors.toSet());
        if (names.equals(List.of(ALL))) {
            return known.stream().sorted().toList();
        }
        List<Unit> units = names.stream().map(Unit::parse).toList();
        units.stream().filter(unit -> !known.contains(unit)).findFirst().ifPresent(unit -> {
            throw new IllegalArgumentException("The connections into " + unit + " of " + planted.network()
                    + " are not scored; those into " + Disturbed.LAYER + ":0 to " + Disturbed.LAYER + ":"
                    + (known.size() - 1) + " are.");
        });
        return units;
    }

    /** Drawn pictures, in turn of each kind that the network knows and of kinds that are like them. */
    private static Batch pictures(PlantedNetwork planted, int count, Draws draws) {
        List<Batch> pictures = new ArrayList<>();
        if (planted.network().name().equals(PlantedCurves.NAME)) {
            StrokePictures strokes = new StrokePictures(draws);
            repeat(count, i -> pictures.add(strokes.picture(Stroke.values()[i % Stroke.values().length],
                    RADII[i / Stroke.values().length % RADII.length])));
        } else {
            PartPictures parts = new PartPictures(draws, true);
            PartPictures.Subject[] subjects = PartPictures.Subject.values();
            repeat(count, i -> pictures.add(parts.picture(subjects[i % subjects.length])));
        }
        return Circuit.stacked(pictures);
    }

    private static void repeat(int count, Consumer<Integer> step) {
        for (int i = 0; i < count; i++) {
            step.accept(i);
        }
    }

    @Override
    public Scored load(ResultFiles files) throws IOException {
        return Scored.load(files);
    }
}
