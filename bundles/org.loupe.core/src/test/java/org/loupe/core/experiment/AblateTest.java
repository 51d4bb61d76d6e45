package org.loupe.core.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.experiment.Ablate.By;
import org.loupe.core.experiment.Bootstrap.Interval;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;

class AblateTest {

    private static final int PICTURES = 80;
    private static final Observer<Experiment> GO_ON = (done, total, what) -> true;

    /** Channel 0 of the layer h is all that speaks for “left”, channel 1 for “right”; 2 to 7 are as large and unread. */
    private static final Network NETWORK = new Network("sides", "",
            new Input(new Shape(1, 1, 2), new float[1], new float[] {255}),
            List.of(new Convolution("h.pre", Network.INPUT, new Weights(new int[] {8, 1, 1, 2}, new float[] {1, 0, 0, 1,
                1, 0, 0, 1, 1, 0.1f, 0.1f, 1, 0.9f, 0, 0, 0.9f}), Weights.vector(new float[8]), new Window(1, 2, 1, 1, 0, 0, 0, 0, 1, 1), 1),
                    new Relu("h", "h.pre"), new Dense("logits", "h", new Weights(new int[] {2, 8},
                            new float[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0}), Weights.vector(0, 0.05f))),
            List.of(new Layer("h", "h", "h.pre", ""), new Layer("logits", "logits", "logits", "")), List.of("left", "right"));

    /** The larger of two numbers is the class; one picture is damaged. */
    private record Sides(boolean labelled) implements PictureSet {
        private static float[] values(int index) {
            Draws draws = new Draws(index);
            float large = (float) draws.uniform(0.6, 1);
            float small = (float) draws.uniform(0.2, 0.5);
            return index % 2 == 0 ? new float[] {large, small} : new float[] {small, large};
        }

        @Override
        public String name() {
            return "sides";
        }

        @Override
        public List<Picture> pictures() {
            return IntStream.range(0, PICTURES).mapToObj(i -> new Picture("p" + i, labelled ? 1 - i % 2 : Picture.NO_LABEL))
                    .toList();
        }

        @Override
        public List<String> classes() {
            return labelled ? List.of("Right", "LEFT") : List.of();
        }

        @Override
        public Optional<String> hash(Progress progress) {
            return Optional.of("sides");
        }

        @Override
        public PictureHeader header(int index) {
            return new PictureHeader("none", 1, 1);
        }

        @Override
        public void read(int index, Frame frame, Batch batch, int image) throws PictureException {
            if (index == 6) {
                throw new PictureException("It is cut off.");
            }
            System.arraycopy(values(index), 0, batch.values(), batch.offset(image, 0), 2);
        }

        @Override
        public void close() {
        }
    }

    private static final class Files implements ResultFiles {
        private final Map<String, byte[]> files = new HashMap<>();

        @Override
        public byte[] read(String name) throws IOException {
            if (!files.containsKey(name)) {
                throw new FileNotFoundException(name);
            }
            return files.get(name);
        }

        @Override
        public void write(String name, byte[] content) {
            files.put(name, content);
        }
    }

    private static Ablate.Arguments arguments(By by, String measure, int controls, String... units) {
        return new Ablate.Arguments(List.of(units), by, -1, "", "", measure, controls, 200, 3, Fitting.COVER);
    }

    private static Experiment ablate(boolean labelled, Ablate.Arguments arguments, Observer<Experiment> observer) {
        try (Session session = new ReferenceEngine().open(NETWORK)) {
            return new Ablate().run(new Material(session,
                    Optional.of(new Material.Pictures(new Sides(labelled), Path.of("unused")))), arguments, observer);
        }
    }

    private static Experiment ablate(Ablate.Arguments arguments) {
        return ablate(true, arguments, GO_ON);
    }

    @Test
    void takingAwayWhatSpeaksForAClassLosesThatClassAlone() {
        Experiment ablated = ablate(arguments(By.ZERO, "accuracy,logits", 5, "h:0"));
        assertEquals(PICTURES - 1, ablated.pictures().size());
        assertEquals(1, ablated.accuracy(0, ablated.labelled(-1)));
        assertEquals(0, ablated.accuracy(1, ablated.labelled(0)));
        assertEquals(1, ablated.accuracy(1, ablated.labelled(1)));
        for (int control = 2; control < 7; control++) {
            List<String> units = ablated.facts().conditions().get(control).units();
            assertTrue(units.size() == 1 && units.get(0).matches("h:[1-7]"), units::toString);
            assertEquals(!units.get(0).equals("h:1"), ablated.accuracy(control, ablated.labelled(-1)) == 1,
                    "only h:1 is read by anybody");
        }
    }

    @Test
    void theMeanIsThatOfAllPicturesThatCanBeRead() {
        Experiment ablated = ablate(arguments(By.MEAN, "logits,h:0", 0, "h:0"));
        double mean = IntStream.range(0, PICTURES).filter(i -> i != 6).mapToDouble(i -> Sides.values(i)[0]).average().orElseThrow();
        for (double answer : ablated.outcomes().get(1).answers()[0]) {
            assertEquals(mean, answer, 1e-6);
        }
        assertEquals(0, ablated.shifts().get(0).mean(), 1e-6);
        assertEquals(ablated.facts().conditions().get(1).change(), ablated.shifts().get(0).deviation(), 1e-6);
    }

    @Test
    void controlsAreOfMuchTheSameSize() {
        Experiment ablated = ablate(arguments(By.ZERO, "accuracy", 2, "h:2"));
        double own = ablated.facts().conditions().get(1).change();
        double[] changes = ablated.facts().conditions().subList(2, 4).stream().mapToDouble(Experiment.Condition::change).toArray();
        for (double change : changes) {
            assertEquals(own, change, 0.15 * own);
        }
        double square = IntStream.range(0, PICTURES).filter(i -> i != 6).mapToDouble(i -> Math.pow(Sides.values(i)[0], 2))
                .average().orElseThrow();
        assertEquals(Math.sqrt(square), own, 1e-6);
    }

    @Test
    void noControlIsThereTwice() {
        List<Experiment.Condition> conditions = ablate(arguments(By.ZERO, "accuracy", 20, "h:0")).facts().conditions();
        assertEquals(2 + 7, conditions.size(), "as many as there are other units");
        assertEquals(7, conditions.subList(2, 9).stream().map(Experiment.Condition::units).distinct().count());
        for (Experiment.Condition pair : ablate(arguments(By.ZERO, "accuracy", 3, "h:0", "h:2")).facts().conditions().subList(1, 5)) {
            assertEquals(2, pair.units().stream().distinct().count());
        }
    }

    @Test
    void theTextSaysWhatBrokeAndWithWhatItCompares() {
        String text = ablate(arguments(By.ZERO, "accuracy,logits,h:1,h.pre:0@0,0", 3, "h:0")).text();
        for (String part : List.of("h:0 taken away from sides, by zero, on 79 pictures of sides", "3 controls", "accuracy  before 100.00 %",
                " of 3 lower it as much (p = ", "left ", "39 pictures", "h:1  mean", "h.pre:0@0,0  mean",
                " (left): left -> right, own logit ", "29 more in pictures.tsv", "2 classes were looked at")) {
            assertTrue(text.contains(part), part + " is not in\n" + text);
        }
        assertFalse(ablate(arguments(By.ZERO, "accuracy", 3, "h:0")).text().contains("logits, mean"));
        assertTrue(ablate(arguments(By.ZERO, "accuracy", 0, "h:0")).text().contains("no controls"));
    }

    @Test
    void picturesWithoutClassesTellDecisionsOnly() {
        Experiment ablated = ablate(false, arguments(By.ZERO, "accuracy", 3, "h:0"), GO_ON);
        assertEquals(39, ablated.changed().size());
        assertTrue(ablated.text().contains("decided differently: 39 of 79 pictures (49.37 %); with controls "), ablated.text());
        assertTrue(ablated.text().contains("there is no accuracy"));
    }

    @Test
    void anotherPicturesActivationsAreTheSameEachTime() throws IOException {
        Ablate.Arguments arguments = arguments(By.RESAMPLE, "accuracy,h:0", 4, "h:{0,1}");
        Experiment one = ablate(arguments);
        Files files = new Files();
        Files again = new Files();
        one.save(files);
        ablate(arguments).save(again);
        assertEquals(files.files.keySet(), again.files.keySet());
        files.files.forEach((name, bytes) -> assertArrayEquals(bytes, again.files.get(name), name));
        double[] before = one.outcomes().get(0).answers()[0].clone();
        double[] after = one.outcomes().get(1).answers()[0];
        for (int i = 0; i < after.length; i++) {
            double donor = after[i];
            assertTrue(IntStream.range(0, before.length).anyMatch(j -> before[j] == donor), "from another picture");
        }
        assertTrue(one.changed().size() > 10);
    }

    @Test
    void filesReadBack() throws IOException {
        Experiment one = ablate(arguments(By.MEAN, "accuracy,logits,h:1", 2, "h:0", "h:3@centre"));
        Files files = new Files();
        one.save(files);
        Experiment read = new Ablate().load(files);
        Files again = new Files();
        read.save(again);
        files.files.forEach((name, bytes) -> assertEquals(new String(bytes, StandardCharsets.UTF_8),
                new String(again.files.get(name), StandardCharsets.UTF_8), name));
        assertEquals(one.text(), read.text());
        files.files.put("pictures.tsv", "picture\tclass\np0\tx\n".getBytes(StandardCharsets.UTF_8));
        assertThrows(IOException.class, () -> new Ablate().load(files));
    }

    @Test
    void stoppingKeepsThePicturesSoFar() {
        Experiment ablated = ablate(true, arguments(By.ZERO, "accuracy", 2, "h:0"), (done, total, what) -> done < PICTURES + 32);
        assertTrue(ablated.isPartial());
        assertEquals(31, ablated.pictures().size());
        assertTrue(ablated.text().contains("stopped before it was done"));
        Experiment early = ablate(true, arguments(By.ZERO, "accuracy", 2, "h:0"), (done, total, what) -> false);
        assertTrue(early.isPartial() && early.pictures().isEmpty() && !early.text().isBlank());
    }

    private static Experiment changed(By by, double factor, String donor, String predict, String... units) {
        return ablate(true, new Ablate.Arguments(List.of(units), by, factor, donor, predict, "accuracy,logits,itself,readers", 4,
                200, 3, Fitting.COVER), GO_ON);
    }

    @Test
    void aUnitIsScaledOrGetsWhatOnePictureHas() {
        Experiment scaled = changed(By.SCALE, -2, "", "", "h:0");
        Experiment patched = changed(By.PATCH, 0, "p2", "", "h:0");
        assertEquals(List.of("h:0"), scaled.facts().readers().subList(0, 1), "the unit itself is measured");
        double[] before = scaled.outcomes().get(0).answers()[0];
        for (int i = 0; i < before.length; i++) {
            assertEquals(-2 * before[i], scaled.outcomes().get(1).answers()[0][i], 1e-6);
            assertEquals(Sides.values(2)[0], patched.outcomes().get(1).answers()[0][i], 1e-6);
        }
        double square = Arrays.stream(before).map(one -> 9 * one * one).average().orElseThrow();
        assertEquals(Math.sqrt(square), scaled.facts().conditions().get(1).change(), 1e-5);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> changed(By.PATCH, 0, "p99", "", "h:0")).getMessage()
                .contains("p0"));
        assertThrows(IllegalArgumentException.class, () -> changed(By.PATCH, 0, "p6", "", "h:0"), "it is damaged");
    }

    @Test
    void weightsAreTakenAwayAndOtherKernelsAreTheControls() {
        Experiment experiment = changed(By.ZERO, 0, "", "class left falls most; accuracy falls by more than controls", "h:0->logits:0");
        assertEquals(0, experiment.accuracy(1, experiment.labelled(0)));
        assertEquals(1, experiment.accuracy(1, experiment.labelled(1)));
        assertEquals(1, experiment.facts().conditions().get(1).change(), 1e-6, "the weight was 1");
        for (int control : experiment.with(Experiment.Role.CONTROL)) {
            assertTrue(experiment.facts().conditions().get(control).units().get(0).matches("h:[1-7]->logits:0"));
            assertEquals(1, experiment.accuracy(control, experiment.labelled(-1)), "the other weights are zero");
        }
        assertTrue(experiment.text().contains("predicted: HELD"), experiment.text());
        assertThrows(IllegalArgumentException.class, () -> changed(By.MEAN, 0, "", "", "h:0->logits:0"));
        assertThrows(NetworkException.class, () -> changed(By.ZERO, 0, "", "", "logits:0->h:0"));
        Experiment single = changed(By.SCALE, 0.5, "", "", "input:0->h:2@0,0");
        assertEquals(single.outcomes().get(0).answers()[0][0] - 0.5 * Sides.values(0)[0], single.outcomes().get(1).answers()[0][0],
                1e-5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"accuracy falls|HELD", "accuracy falls by more than 30|HELD",
        "accuracy falls by more than 49|UNDECIDED", "accuracy falls by more than 80|FAILED", "accuracy falls by less than 80|HELD",
        "accuracy rises|FAILED", "accuracy stays within 5|FAILED", "accuracy changes|HELD", "class left falls most|HELD",
        "class RIGHT falls most|FAILED", "class right falls|FAILED", "class right stays within 1|HELD", "logit left falls|HELD",
        "logit left falls most|HELD", "logit right falls most|FAILED", "logit of left falls by more than 3|FAILED", "h:0 falls|HELD",
        "h:3 changes|FAILED", "h:0 falls by more than 0.1|HELD", "decisions change by more than controls|HELD",
        "decisions change by less than 10 points|FAILED", "accuracy falls by more than controls|HELD",
        "accuracy falls by less than controls|FAILED", "accuracy falls by less than ablation|UNDECIDED",
        "accuracy falls; class right falls|FAILED", "accuracy falls; accuracy falls by more than 49|UNDECIDED"})
    void aPredictionIsHeldAgainstWhatCame(String predicted, Prediction.Verdict verdict) {
        Experiment experiment = changed(By.ZERO, 0, "", predicted, "h:0");
        List<Prediction.Judged> judged = Prediction.parse(predicted).judge(experiment);
        assertEquals(verdict, Prediction.together(judged), judged::toString);
        assertTrue(experiment.text().contains("predicted: " + verdict.toString().toUpperCase(Locale.ROOT)));
        assertTrue(judged.stream().noneMatch(one -> one.evidence().contains("NaN")), judged::toString);
        assertEquals(4, experiment.sheets().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"it breaks", "accuracy falls a lot", "accuracy stays", "accuracy falls most", "decisions fall",
        "class dog falls", "class left stays most", "h:9 falls", "h falls", "accuracy falls by more than many"})
    void whatCannotBeHeldAgainstNumbersIsNoPrediction(String predicted) {
        RuntimeException refused = assertThrows(RuntimeException.class, () -> changed(By.ZERO, 0, "", predicted, "h:0"));
        assertTrue(refused instanceof IllegalArgumentException || refused instanceof NetworkException, refused::toString);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThrows(NetworkException.class, () -> ablate(arguments(By.ZERO, "accuracy", 2, "h:8")));
        assertThrows(IllegalArgumentException.class, () -> ablate(arguments(By.ZERO, "accuracy", 2)));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ablate(arguments(By.ZERO, "accuracy", 2, "h")))
                .getMessage().contains("Name channels"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ablate(arguments(By.ZERO, "accurate", 2, "h:1")))
                .getMessage().contains("accurate"));
        assertThrows(IllegalArgumentException.class, () -> ablate(arguments(By.ZERO, "accuracy", 2, "h:1 = 0")));
    }

    @Test
    void intervalsHoldTheMeanAndNarrowWithMorePictures() {
        Draws draws = new Draws(1);
        double[] few = draws(draws, 50);
        double[] many = draws(draws, 5000);
        Interval wide = Bootstrap.mean(few, 1000, 1);
        Interval narrow = Bootstrap.mean(many, 1000, 1);
        assertTrue(wide.low() < wide.value() && wide.value() < wide.high());
        assertEquals(10, (wide.high() - wide.low()) / (narrow.high() - narrow.low()), 2.5);
        assertEquals(2 * 1.96 / Math.sqrt(5000), narrow.high() - narrow.low(), 0.006);
        assertTrue(Double.isNaN(Bootstrap.mean(new double[0], 1000, 1).value()));
    }

    private static double[] draws(Draws draws, int count) {
        return IntStream.range(0, count).mapToDouble(i -> draws.gaussian()).toArray();
    }
}
