package org.loupe.core.visualize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.Arguments;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Preset;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.image.FourierPicture;
import org.loupe.core.image.Placement;
import org.loupe.core.image.Transform;
import org.loupe.core.network.Nets;
import org.loupe.core.network.Network;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;

/** The ways to make a picture other than the usual one. */
class WaysTest {

    private static final Network NETWORK = Nets.everything();

    private static Visualize.Arguments arguments(String... texts) {
        Map<String, String> given = new HashMap<>(Map.of("units", "mixed:0", "steps", "6"));
        for (String text : texts) {
            given.put(text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1));
        }
        return Arguments.record(Visualize.Arguments.class, given);
    }

    private static Visualized run(Visualize.Arguments arguments, boolean withPictures) {
        try (Session session = new ReferenceEngine().open(NETWORK)) {
            Optional<Material.Pictures> pictures = withPictures
                    ? Optional.of(new Material.Pictures(new FewPictures(), null)) : Optional.empty();
            return new Visualize().run(new Material(session, pictures), arguments, (done, total, what) -> true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"transparent=true", "space=phase;robustness=crops;rate=1", "space=pixels",
            "robustness=small", "robustness=by-depth", "robustness=published", "count=3",
            "penalty=0.25*variation() + 0.05*l1() + blur() + 0.1*boundary(2) + l2()",
            "strip=3;units=mixed:0\nmixed:1;penalty=alignment(conv1)", "units=class(1) - 0.1*dream(conv1)"})
    void theSameRecipeGivesTheSameBytesHoweverThePictureIsMade(String given) {
        String[] texts = given.split(";");
        Visualized once = run(arguments(texts), false);
        assertEquals(once.pictures(), run(arguments(texts), false).pictures());
        assertFalse(once.isPartial());
        for (float value : once.pictures().values()) {
            assertTrue(value >= 0 && value <= 1, "" + value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"units=inversion(mixed, 2)", "units=caricature(conv1, 3, 2)", "start=1",
            "units=mixed:0 + 0.5*inversion(conv1, 2)"})
    void whatSpeaksOfPicturesNeedsThemAndReproduces(String text) {
        Visualize.Arguments arguments = arguments(text);
        assertTrue(new Visualize().needsPictures(arguments));
        assertEquals(run(arguments, true).pictures(), run(arguments, true).pictures());
        String message = assertThrows(IllegalArgumentException.class, () -> run(arguments, false)).getMessage();
        assertTrue(message.contains("no picture set was named"), message);
        assertFalse(new Visualize().needsPictures(arguments()));
    }

    @Test
    void anInversionComesNearerToThePicture() {
        Visualized found = run(arguments("units=inversion(conv1, 2)", "steps=40", "robustness=none"), true);
        assertTrue(found.details().get(0).score() > found.details().get(0).start() / 2, found.details().toString());
    }

    @Test
    void whatStartsFromAPictureIsThatPictureBeforeAnythingIsDone() throws PictureException {
        try (Session session = new ReferenceEngine().open(NETWORK)) {
            FewPictures set = new FewPictures();
            Visualized found = new Visualize().run(new Material(session, Optional.of(new Material.Pictures(set, null))),
                    arguments("start=1"), (done, total, what) -> false);
            float[] picture = set.read(1, Frame.of(NETWORK.input().shape(), Fitting.COVER)).values();
            for (int i = 0; i < picture.length; i++) {
                assertEquals(picture[i], found.pictures().values()[i], 0.01);
            }
        }
    }

    @Test
    void seedsInOneRunAreTheTwinsOfSeedsOneByOne() {
        Visualized three = run(arguments("count=3"), false);
        assertEquals(List.of("1 of 3", "2 of 3", "3 of 3"),
                three.details().stream().map(Visualized.Detail::label).toList());
        assertEquals(run(arguments(), false).pictures(), three.pictures().image(0));
        assertNotEquals(three.pictures().image(1), three.pictures().image(2));
    }

    @Test
    void aStripGoesFromOneUnitToTheOtherAndNeighboursAreAlike() {
        Visualized strip = run(arguments("units=mixed:0\nmixed:1", "strip=5"), false);
        assertEquals(List.of("mixed:0", "0.75*mixed:0 + 0.25*mixed:1", "0.5*mixed:0 + 0.5*mixed:1",
                "0.25*mixed:0 + 0.75*mixed:1", "mixed:1"),
                strip.details().stream().map(Visualized.Detail::objective).toList());
        Visualized alone = run(arguments("units=mixed:0\nmixed:1"), false);
        assertTrue(distance(strip.pictures(), 0, 1) < distance(alone.pictures(), 0, 1));
    }

    private static double distance(Batch pictures, int one, int other) {
        double sum = 0;
        for (int i = 0; i < pictures.imageSize(); i++) {
            double difference = pictures.values()[pictures.offset(one, 0) + i] - pictures.values()[pictures.offset(other, 0) + i];
            sum += difference * difference;
        }
        return sum;
    }

    @Test
    void aPenaltyMakesThePictureQuieter() {
        Visualized loud = run(arguments("steps=30"), false);
        Visualized quiet = run(arguments("steps=30", "penalty=variation()"), false);
        assertTrue(variation(quiet.pictures()) < variation(loud.pictures()) / 2);
        assertEquals("mixed:0 - variation()", quiet.details().get(0).objective());
    }

    private static double variation(Batch picture) {
        double sum = 0;
        for (int i = 1; i < picture.values().length; i++) {
            sum += Math.abs(picture.values()[i] - picture.values()[i - 1]);
        }
        return sum;
    }

    @Test
    void transparentPicturesAndThoseOfPhasesHaveAnOpacity() {
        assertEquals(4, run(arguments("transparent=true"), false).pictures().channels());
        Visualized maco = run(arguments("space=phase", "robustness=crops", "rate=1"), false);
        assertEquals(4, maco.pictures().channels());
        assertEquals(3 * NETWORK.input().shape().rows(), maco.pictures().rows());
        assertEquals(3, run(arguments(), false).pictures().channels());
    }

    @Test
    void magnitudesOfPicturesAreNotTheNaturalOnes() {
        Visualized natural = run(arguments("space=phase", "rate=1"), false);
        Visualized ofPictures = run(arguments("space=phase", "rate=1", "spectrum=pictures"), true);
        assertNotEquals(natural.pictures(), ofPictures.pictures());
    }

    @Test
    void aFirstLayersKernelIsItsWeights() {
        Visualized kernel = run(arguments("units=conv1:2", "space=kernel"), false);
        assertEquals(0, kernel.pictures().rows() % 3);
        float most = 0;
        for (float value : kernel.pictures().values()) {
            most = Math.max(most, Math.abs(value - 0.5f));
        }
        assertEquals(0.5, most, 1e-6);
        String message = assertThrows(IllegalArgumentException.class,
                () -> run(arguments("space=kernel"), false)).getMessage();
        assertTrue(message.contains("mixed:0") && message.contains("first layer"), message);
    }

    @Test
    void whatSeesLittleIsMovedLittle() {
        assertTrue(Showing.seesLittle(new ChannelObjective(Unit.parse("low:0")), Nets.silentBelow()));
        assertFalse(Showing.seesLittle(new ChannelObjective(Unit.parse("logits:0")), NETWORK));
    }

    @Test
    void aLayerStandsForItsChannels() {
        List<Visualize.Arguments> parts = new Visualize().parts(NETWORK, arguments("units=conv1"));
        assertEquals(List.of("conv1:0", "conv1:1", "conv1:2", "conv1:3"),
                parts.stream().map(part -> part.units().get(0)).toList());
        assertEquals(List.of(arguments()), new Visualize().parts(NETWORK, arguments()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"units=l1()", "strip=3", "space=phase;start=1", "transparent=true;space=pixels",
            "penalty=mixed:99", "units=mixed:0;strip=1"})
    void whatDoesNotGoTogetherIsRefused(String texts) {
        assertThrows(RuntimeException.class, () -> run(arguments(texts.split(";")), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"space=phase;start=1|start from another picture, 1", "space=kernel;start=cat|start from another picture, cat",
            "transparent=true;space=pixels|transparent", "units=mixed:0;strip=3|not from 1 unit in 3",
            "units=mixed:0\nmixed:1;strip=1|not from 2 units in 1", "units=mixed:0\nmixed:1;strip=3;space=phase|can be a strip"})
    void whatContradictsItselfIsRefusedBeforeAnythingRuns(String textsAndReason) {
        String[] parts = textsAndReason.split("\\|");
        String message = assertThrows(IllegalArgumentException.class, () -> arguments(parts[0].split(";"))).getMessage();
        assertTrue(message.contains(parts[1]), message);
    }

    @Test
    void eachPictureOfAStripSaysHowFarItHasCome() {
        assertEquals(List.of("0 %", "50 %", "100 %"), run(arguments("units=mixed:0\nmixed:1", "strip=3"), false).details().stream()
                .map(Visualized.Detail::label).toList());
        assertEquals("50 %, 2 of 2", run(arguments("units=mixed:0\nmixed:1", "strip=3", "count=2"), false).details().get(3).label());
    }

    /** The numbers of Lucid's {@code render_vis} as they are in its source. */
    @Test
    void thePresetLucidHasThePublishedNumbers() {
        Preset lucid = new Visualize().presets().stream().filter(preset -> preset.name().equals("lucid")).findFirst()
                .orElseThrow();
        Map<String, String> given = new HashMap<>(lucid.arguments());
        given.put("units", "mixed:0");
        Visualize.Arguments arguments = Arguments.record(Visualize.Arguments.class, given);
        assertEquals(128, arguments.size());
        assertEquals(513, arguments.steps());
        assertEquals(0.05, arguments.rate());
        assertEquals(Visualize.Space.FOURIER, arguments.space());
        assertEquals(0.01, FourierPicture.SPREAD);
        assertEquals(1, FourierPicture.DECAY);
        assertEquals(4, FourierPicture.DAMPING);
        List<Transform> transforms = Showing.of(arguments.robustness(), new ChannelObjective(Unit.parse("mixed:0")),
                NETWORK, Placement.Sizes.same(128, 128)).transforms();
        assertEquals(new Transform.Pad(12), transforms.get(0));
        assertEquals(new Transform.Jitter(8), transforms.get(1));
        List<Double> scales = ((Transform.Scale) transforms.get(2)).factors();
        for (int i = 0; i <= 10; i++) {
            assertEquals(1 + (i - 5) / 50.0, scales.get(i), 1e-12);
        }
        List<Double> degrees = ((Transform.Rotate) transforms.get(3)).degrees();
        assertEquals(26, degrees.size());
        assertEquals(-10, degrees.get(0));
        assertEquals(10, degrees.get(20));
        assertEquals(6, degrees.stream().filter(angle -> angle == 0).count());
        assertEquals(new Transform.Jitter(4), transforms.get(4));
        assertEquals(5, transforms.size());
    }

    @Test
    void everyPresetIsARecordOfArguments() {
        for (Preset preset : new Visualize().presets()) {
            Map<String, String> given = new HashMap<>(preset.arguments());
            given.put("units", "mixed:0");
            assertEquals(List.of("mixed:0"), Arguments.record(Visualize.Arguments.class, given).units(), preset.name());
            assertTrue(preset.about().endsWith("."), preset.name());
        }
    }

    /** PyTorch's NAdam with rate 1 on three steps of the gradient 2 and one of -1, of a parameter that starts at 0. */
    @Test
    void nesterovsAdamClimbsAsItIsDefined() {
        float[] parameter = {0};
        NesterovAdam adam = new NesterovAdam(1, 1);
        double[] gradients = {2, 2, 2, -1};
        double mean = 0;
        double square = 0;
        double product = 1;
        double expected = 0;
        for (int t = 1; t <= gradients.length; t++) {
            double mu = .9 * (1 - .5 * Math.pow(.96, t * .004));
            double next = .9 * (1 - .5 * Math.pow(.96, (t + 1) * .004));
            product *= mu;
            mean = .9 * mean + .1 * gradients[t - 1];
            square = .999 * square + .001 * gradients[t - 1] * gradients[t - 1];
            double root = Math.sqrt(square / (1 - Math.pow(.999, t))) + 1e-8;
            expected += ((1 - mu) * gradients[t - 1] / (1 - product) + next * mean / (1 - product * next)) / root;
            adam.climb(parameter, new float[] {(float) gradients[t - 1]});
        }
        assertEquals(expected, parameter[0], 1e-5);
    }

    /** Five pictures of random colours, none of them near 0 or 1. */
    private static final class FewPictures implements PictureSet {
        @Override
        public String name() {
            return "few";
        }

        @Override
        public List<Picture> pictures() {
            return IntStream.range(0, 5).mapToObj(index -> new Picture("picture" + index, Picture.NO_LABEL)).toList();
        }

        @Override
        public List<String> classes() {
            return List.of();
        }

        @Override
        public Optional<String> hash(Progress progress) {
            return Optional.of("few");
        }

        @Override
        public PictureHeader header(int index) {
            throw new UnsupportedOperationException("Nobody asks");
        }

        @Override
        public void read(int index, Frame frame, Batch batch, int image) {
            Draws draws = new Draws(index);
            for (int i = batch.offset(image, 0); i < batch.offset(image, 0) + batch.imageSize(); i++) {
                batch.values()[i] = (float) draws.uniform(0.1, 0.9);
            }
        }

        @Override
        public void close() {
            // It has no files.
        }
    }
}
