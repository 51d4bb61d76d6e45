package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.EditText;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.experiment.Experiment;
import org.loupe.core.experiment.Replace;
import org.loupe.core.experiment.Replace.Scale;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Stimulus;
import org.loupe.core.surgery.CurveDetector;
import org.loupe.core.surgery.Detectors;
import org.loupe.core.surgery.LowerUnits;
import org.loupe.core.surgery.Surgery;
import org.loupe.core.tuning.Answering;
import org.loupe.demo.pictures.DrawnPictureSet;
import org.loupe.demo.pictures.PartPictures;
import org.loupe.demo.pictures.Stimuli;

class PlantedReplacementTest {

    private static final double SAME = 1e-4;
    /** From this seed on: an arc, a circle, a spiral, a polygon, lines. */
    private static final long FIRST_ARC = 10_000_012;
    private static final Observer<Experiment> GO_ON = (done, total, what) -> true;
    private static final Network CURVES = PlantedNetwork.curves().network();
    private static final String FAMILY = "p2:{0,1,2,3,4,5,6,7}";

    /** What a channel of {@code p2} computes, as a person would write it. */
    private static String written(int channel) {
        Convolution convolution = (Convolution) CURVES.operation(CURVES.layer("p2").before()).orElseThrow();
        int[] shape = convolution.weights().shape();
        StringJoiner sum = new StringJoiner(" + ", "relu(", ")");
        sum.add(Float.toString(convolution.bias().values()[channel]));
        for (int input = 0; input < shape[1]; input++) {
            int from = (channel * shape[1] + input) * shape[2] * shape[3];
            sum.add("p1:" + input + IntStream.range(0, shape[2]).mapToObj(row -> IntStream.range(0, shape[3])
                    .mapToObj(column -> Float.toString(convolution.weights().values()[from + row * shape[3] + column]))
                    .collect(Collectors.joining(" "))).collect(Collectors.joining("; ", "[", "]")));
        }
        return sum.toString();
    }

    private static Experiment replace(String by, Scale scale, String predict, String measure, int pictures) {
        return replace(by, "", scale, predict, measure, pictures);
    }

    private static Experiment replace(String by, String over, Scale scale, String predict, String measure, int pictures) {
        try (Session session = new ReferenceEngine().open(CURVES)) {
            return new Replace().run(new Material(session, Optional.of(new Material.Pictures(
                    new DrawnPictureSet("few", FIRST_ARC, pictures), Path.of("unused")))),
                    new Replace.Arguments(List.of(FAMILY), by, over, scale, predict, measure, 1, 100, 0,
                            Fitting.COVER), GO_ON);
        }
    }

    private static double largest(Experiment experiment, int condition) {
        double largest = 0;
        for (int reader = 0; reader < 3; reader++) {
            double[] before = experiment.outcomes().get(0).answers()[reader];
            double[] after = experiment.outcomes().get(condition).answers()[reader];
            for (int i = 0; i < before.length; i++) {
                largest = Math.max(largest, Math.abs(before[i] - after[i]));
            }
        }
        return largest;
    }

    @Test
    void aWholeFamilyReplacedByTheEquivalentHandWrittenUnitsChangesNothing() {
        String by = IntStream.range(0, 8).mapToObj(PlantedReplacementTest::written).collect(Collectors.joining("\n"));
        Experiment experiment = replace(by, Scale.AS_IS, "p4:0 stays within 0.0001", "p4:0 p4:1 p3:0", 5);
        assertTrue(largest(experiment, 1) < SAME, () -> "changes by " + largest(experiment, 1));
        assertTrue(largest(experiment, 2) > 100 * SAME, "taken away, it is missed");
        assertTrue(largest(experiment, 4) > 100 * SAME, "dealt to the wrong units, it is missed");
        assertTrue(experiment.text().contains("p4:0 stays within 0.0001: held"));
        assertEquals("p2:3 = " + written(3), experiment.facts().edits().get(3));
    }

    @Test
    void aNetworkWithTheEquivalentHandWrittenUnitsComputesTheSame() {
        Network edited = Surgery.apply(CURVES, "by-hand", "", List.of("p2:3 = " + written(3), "p2:0 = " + written(0)),
                Detectors.builtIn());
        Batch pictures = Circuit.stacked(List.of(Stimuli.ring(12, 0, 360),
                Stimuli.arc(135, 14, 90)));
        Edit edit = EditText.parse("p2:3 = " + written(3));
        try (Session before = new ReferenceEngine().open(CURVES); Session after = new ReferenceEngine().open(edited)) {
            for (String layer : List.of("p2", "p4")) {
                float[] expected = before.activations(pictures, Set.of(Tap.after(layer))).at(Tap.after(layer)).values();
                float[] found = after.activations(pictures, Set.of(Tap.after(layer))).at(Tap.after(layer)).values();
                float[] passing = before.activations(pictures, Set.of(Tap.after(layer)), List.of(edit)).at(Tap.after(layer))
                        .values();
                for (int i = 0; i < expected.length; i++) {
                    assertEquals(expected[i], found[i], SAME);
                    assertEquals(expected[i], passing[i], SAME);
                }
            }
        }
    }

    @Test
    void theBuiltInCurveDetectorIsMuchLikeThePlantedOnes() {
        String by = IntStream.range(0, 8).mapToObj(curve -> "curve(orientation=" + 45 * curve + ")")
                .collect(Collectors.joining("\n"));
        Experiment experiment = replace(by, Scale.MATCHED, "", "p2:0", 5);
        List<Double> correlations = correlations(experiment);
        assertTrue(correlations.stream().allMatch(one -> one > .75), correlations::toString);
        double right = experiment.facts().conditions().get(1).change();
        double wrong = experiment.facts().conditions().get(4).change();
        assertTrue(right < .7 * wrong, () -> "dealt right, they change " + right + ", dealt wrongly " + wrong);
    }

    @Test
    void expressionsForEachUnitMayStandInOneLine() {
        String by = IntStream.range(0, 8).mapToObj(PlantedReplacementTest::written).collect(Collectors.joining("; "));
        Experiment experiment = replace(by, Scale.FITTED, "", "p4:0 p4:1 p3:0", 5);
        assertEquals(4, experiment.pictures().size(), "one of five pictures decides about thresholds and factors, and does not count");
        assertTrue(experiment.text().contains("do not count here: 1"), experiment::text);
        assertTrue(largest(experiment, 1) < 100 * SAME, () -> "changes by " + largest(experiment, 1));
        assertTrue(correlations(experiment).stream().allMatch(one -> one > .99), () -> experiment.text());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> replace("p1:0[1 0; 0 1]; p1:1", Scale.AS_IS, "", "p2:0", 5))
                .getMessage().contains("There are 2 expressions for 8 units"));
    }

    private static List<Double> correlations(Experiment experiment) {
        List<Double> correlations = experiment.facts().remarks().stream().limit(8).map(remark -> {
            Matcher number = Pattern.compile("correlation with the unit (\\S+)\\)").matcher(remark);
            assertTrue(number.find(), remark);
            return Double.parseDouble(number.group(1));
        }).toList();
        assertEquals(8, correlations.size());
        return correlations;
    }

    @Test
    void theCurveDetectorOverTheLinesBelowIsMuchLikeThePlantedOnes() {
        CurveDetector curve = new CurveDetector();
        List<Stimulus> lines = LowerUnits.lines(64, 3.5);
        List<Unit> units = IntStream.range(0, CURVES.shape(CURVES.layer("p1")).channels()).mapToObj(one -> new Unit("p1", one)).toList();
        Batch answers = Batch.zeros(2, units.size(), lines.size(), 1);
        try (Session session = new ReferenceEngine().open(CURVES)) {
            new Answering(session, units, 1).answer(lines, answers, Progress.NONE, () -> { });
        }
        LowerUnits lower = LowerUnits.of(CURVES, Tap.after("p2"), "p1", answers);
        String by = IntStream.range(0, 8).mapToObj(one -> "(" + curve.over(lower, Setting.parse("orientation=" + 45 * one,
                curve.parameters(64))).orElseThrow() + ")").collect(Collectors.joining("\n"));
        assertTrue(by.startsWith("(p1:"), by);
        List<Double> correlations = correlations(replace(by, Scale.MATCHED, "", "p2:0", 5));
        assertTrue(correlations.stream().allMatch(one -> one > .5), correlations::toString);
    }

    @Test
    void onlyDetectorsAreWrittenOverALayerAndOnlyOverOneBelow() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> replace("relu(p1:0)", "p1", Scale.AUTO, "", "p2:0", 5))
                .getMessage().contains("only detectors"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> replace("curve", "p3", Scale.AUTO, "", "p2:0", 5))
                .getMessage().contains("does not read p3"));
    }

    @Test
    void withoutWheelsThereAreNoCarsAndAsManyDogs() {
        PlantedNetwork parts = PlantedNetwork.parts();
        Draws draws = new Draws(3);
        PartPictures drawn = new PartPictures(draws, false);
        Batch car = drawn.picture(PartPictures.Subject.CAR);
        Batch dog = drawn.picture(PartPictures.Subject.DOG_RIGHT);
        Network without = Surgery.apply(parts.network(), "no-wheels", "", List.of(parts.unit("p2", "wheel") + " = 0"),
                Detectors.builtIn());
        int cars = parts.unit("p4", "car").channel();
        int dogs = parts.unit("p4", "dog").channel();
        assertTrue(peak(without, car, cars) < .8 * peak(parts.network(), car, cars));
        assertEquals(peak(parts.network(), dog, dogs), peak(without, dog, dogs), .05 * peak(parts.network(), dog, dogs));
    }

    private static double peak(Network network, Batch picture, int channel) {
        try (Session session = new ReferenceEngine().open(network)) {
            Batch map = session.activations(picture, Set.of(Tap.after("p4"))).at(Tap.after("p4"));
            return IntStream.range(0, map.area()).mapToDouble(i -> map.values()[map.offset(0, channel) + i]).max().orElseThrow();
        }
    }
}
