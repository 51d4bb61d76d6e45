package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.Scan;
import org.loupe.core.scan.Scanned;
import org.loupe.core.stimulus.Curve;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Stimulus;
import org.loupe.core.tuning.FindFamilies;
import org.loupe.core.tuning.FoundFamilies;
import org.loupe.core.tuning.JointCoverage;
import org.loupe.core.tuning.JointTuning;
import org.loupe.core.tuning.JointlyTuned;
import org.loupe.core.tuning.Kinship;
import org.loupe.core.tuning.Tune;
import org.loupe.core.tuning.Tuned;
import org.loupe.core.tuning.TuningCurve;
import org.loupe.core.tuning.UnitFamily;

/** What is known of the hand-wired curves must come out of the measurement. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedTuningTest {

    private static final Observer<Tuned> PATIENT = (done, total, what) -> true;

    private Session session;
    private Tuned tuned;

    @BeforeAll
    void open() {
        session = new ReferenceEngine().open(PlantedNetwork.curves().network());
        tuned = tune(session, curveUnits(), List.of("orientation"), "");
    }

    @AfterAll
    void close() {
        session.close();
    }

    private static List<String> curveUnits() {
        List<String> units = new ArrayList<>();
        for (int channel = 0; channel < 8; channel++) {
            units.add("p2:" + channel);
        }
        return units;
    }

    private static Tuned tune(Session session, List<String> units, List<String> vary, String with) {
        return new Tune().run(Material.of(session), new Tune.Arguments(units, "curve", vary, with, 0), PATIENT);
    }

    @Test
    void everyPlantedOrientationIsFoundWithinFiveDegreesOfTheDesignAndOneOfAnExhaustiveSweep() {
        List<TuningCurve> curves = new ArrayList<>();
        for (int curve = 0; curve < 8; curve++) {
            TuningCurve found = tuned.curve(curve).orElseThrow();
            curves.add(found);
            double design = 45 * curve;
            List<String> fine = List.of("orientation=" + (design - 2) + ":" + (design + 2) + ":0.25");
            double exhaustive = tune(session, List.of("p2:" + curve), fine, "").best(0).setting().of("orientation");
            System.out.printf(Locale.ROOT, "curve %.0f: peak %.2f, exhaustive %.2f, mean %.2f, width %.1f, resultant %.2f,"
                    + " echo %.2f%n", design, found.peak(), exhaustive, found.mean(), found.width(), found.resultant(),
                    found.echo());
            assertEquals(0, found.apart(design, found.peak()), 5);
            assertEquals(0, found.apart(exhaustive, found.peak()), 1);
            assertEquals(0, found.apart(design, found.mean()), 5);
        }
        JointCoverage coverage = JointCoverage.of(curves);
        System.out.printf(Locale.ROOT, "together at half: %.2f of the angles, largest gap %.1f%n", coverage.half(),
                coverage.largestGap());
        assertEquals(45, coverage.largestGap(), 2);
        assertTrue(coverage.half() > .7);
    }

    @Test
    void withoutItsNegativeWeightsACurveAnswersTheOppositeCurveToo() {
        Network edited = changed(session.network(), PlantedTuningTest::withoutNegative);
        try (Session other = new ReferenceEngine().open(edited)) {
            Tuned after = tune(other, curveUnits(), List.of("orientation=0:350:10"), "");
            for (int curve = 0; curve < 8; curve++) {
                TuningCurve with = tuned.curve(curve).orElseThrow();
                TuningCurve without = after.curve(curve).orElseThrow();
                System.out.printf(Locale.ROOT, "curve %d: echo %.2f, without negative weights %.2f; answers %.0f %%, then"
                        + " %.0f %% of the angles%n", 45 * curve, with.echo(), without.echo(), 100 * with.firing(),
                        100 * without.firing());
                assertTrue(without.echo() > with.echo() + .1);
                assertTrue(without.firing() > with.firing());
            }
        }
    }

    @Test
    void theCurvesAreFoundToBeOneFamilyByAnswersAndByWeightsAndShufflingTheirWeightsLeavesNone() throws IOException {
        FoundFamilies found = families(small(session.network()));
        UnitFamily family = found.families().stream().filter(one -> one.kinship() == Kinship.ROTATION).findFirst()
                .orElseThrow();
        System.out.println(family);
        assertEquals(8, family.members().size());
        for (int i = 0; i < 8; i++) {
            UnitFamily.Member member = family.members().get(i);
            assertEquals(45 * i, member.by());
            assertEquals(i, Math.floorMod(member.channel() - family.members().get(0).channel(), 8));
            assertTrue(member.similarity() > .98);
            assertTrue(i == 0 || member.weights() > .98, "turned by " + member.by());
        }
        assertTrue(family.chance() <= .05);
        assertTrue(family.weightsChance() <= .05);
        Files files = new Files();
        found.save(files);
        assertEquals(found, new FindFamilies().load(files));
        for (int seed = 0; seed < 2; seed++) {
            Draws draws = new Draws(seed);
            FoundFamilies shuffled = families(changed(small(session.network()), one -> shuffled(one, draws)));
            shuffled.searches().forEach(search -> System.out.println("shuffled: " + search));
            assertEquals(List.of(), shuffled.families());
            FoundFamilies.Closest closest = shuffled.searches().get(0).closest();
            assertTrue(closest.weights() < .3, "by weights, too, " + closest);
        }
    }

    @Test
    void whileTheExamplesOfACurveTurnTheOtherCurvesAnswerOneAfterTheOther(@TempDir Path folder) throws IOException {
        Network network = small(session.network());
        try (Session own = new ReferenceEngine().open(network); PictureSet set = new Curves()) {
            Material material = new Material(own, Optional.of(new Material.Pictures(set, folder)));
            JointlyTuned joint = new JointTuning().run(material,
                    new JointTuning.Arguments(List.of("p2:0", "p2:2", "p2:5"), 1, 10, Fitting.AS_IS, .75),
                    (done, total, what) -> true);
            double[] preferred = {0, 90, 225};
            for (int examples = 0; examples < 3; examples++) {
                assertEquals(1, joint.examples()[examples]);
                for (int unit = 0; unit < 3; unit++) {
                    TuningCurve curve = joint.curve(examples, unit);
                    System.out.printf(Locale.ROOT, "examples of %s, %s answers at %.1f%n", joint.units().get(examples),
                            joint.units().get(unit), curve.peak());
                    assertEquals(0, curve.apart(preferred[unit] - preferred[examples], curve.peak()), 5);
                    assertTrue(joint.thresholds()[unit] > 0 && joint.thresholds()[unit] < curve.highest(),
                            "a quarter of the pictures excite it more than " + joint.thresholds()[unit]);
                    assertEquals(count(curve, joint.thresholds()[unit]), joint.firing(examples, unit));
                }
            }
            Files files = new Files();
            joint.save(files);
            assertEquals(joint, new JointTuning().load(files));
            assertEquals(joint, new JointTuning().run(withScan(material), new JointTuning.Arguments(
                    List.of("p2:0", "p2:2", "p2:5"), 1, 10, Fitting.AS_IS, .75), (done, total, what) -> true));
        }
    }

    private static double count(TuningCurve curve, double threshold) {
        int count = 0;
        for (double answer : curve.answers()) {
            count += answer > threshold ? 1 : 0;
        }
        return count / 36.0;
    }

    /** The same with a scan of all layers, so that examples are not looked for once more. */
    private static Material withScan(Material material) {
        Scanned scanned = new Scan().run(material, new Scan.Arguments(List.of("all"), 3, Fitting.AS_IS, false),
                (done, total, what) -> true);
        return new Material(material.session(), material.pictures(), material.stimuli(), material.objectives(),
                (tap, fitting) -> Optional.of(scanned));
    }

    /** A picture of each of the curves. */
    private static final class Curves implements PictureSet {
        @Override
        public String name() {
            return "curves";
        }

        @Override
        public List<Picture> pictures() {
            return IntStream.range(0, 8).mapToObj(i -> new Picture("curve " + i, -1)).toList();
        }

        @Override
        public List<String> classes() {
            return List.of();
        }

        @Override
        public Optional<String> hash(Progress progress) {
            return Optional.of("curves");
        }

        @Override
        public PictureHeader header(int index) {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public void read(int index, Frame frame, Batch batch, int image) {
            Curve curve = new Curve();
            new Stimulus(curve, Setting.parse("orientation=" + 45 * index, Stimulus.parameters(curve, 64)))
                    .paint(batch, image, 20, 20);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static final class Files implements ResultFiles {
        private final Map<String, byte[]> contents = new HashMap<>();

        @Override
        public byte[] read(String name) {
            return contents.get(name);
        }

        @Override
        public void write(String name, byte[] content) {
            contents.put(name, content);
        }
    }

    private static FoundFamilies families(Network network) {
        try (Session own = new ReferenceEngine().open(network)) {
            return new FindFamilies(24).run(Material.of(own), new FindFamilies.Arguments(List.of("p2"), 199, .05, 0),
                    (done, total, what) -> true);
        }
    }

    /** The same up to the curves, for pictures that are just large enough. */
    private static Network small(Network network) {
        Input input = new Input(new Shape(3, 40, 40), network.input().mean(), network.input().deviation());
        Set<String> kept = Set.of("p1.convolution", "p1", "p2.convolution", "p2");
        return new Network("small", "", input,
                network.operations().stream().filter(one -> kept.contains(one.name())).toList(),
                network.layers().subList(0, 2), List.of());
    }

    private static Network changed(Network network, UnaryOperator<Convolution> change) {
        return new Network(network.name(), network.about(), network.input(), network.operations().stream()
                .map(one -> one instanceof Convolution convolution && one.name().equals("p2.convolution")
                        ? change.apply(convolution) : one).map(Operation.class::cast).toList(), network.layers(),
                network.classes());
    }

    /** Each kernel has its own weights in another order. */
    private static Convolution shuffled(Convolution convolution, Draws draws) {
        float[] weights = convolution.weights().values().clone();
        int size = weights.length / convolution.weights().shape()[0];
        for (int from = 0; from < weights.length; from += size) {
            for (int i = size - 1; i > 0; i--) {
                int other = from + draws.below(i + 1);
                float weight = weights[from + i];
                weights[from + i] = weights[other];
                weights[other] = weight;
            }
        }
        return with(convolution, weights);
    }

    private static Convolution with(Convolution convolution, float[] weights) {
        return new Convolution(convolution.name(), convolution.input(),
                new Weights(convolution.weights().shape(), weights), convolution.bias(), convolution.window(),
                convolution.groups());
    }

    private static Convolution withoutNegative(Convolution convolution) {
        float[] weights = convolution.weights().values().clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.max(0, weights[i]);
        }
        return with(convolution, weights);
    }
}
