package org.loupe.core.dictionary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Arguments;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;

class LearnDictionaryTest {

    private static final Observer<LearnedDictionary> GO_ON = (done, total, what) -> true;

    /** A layer that is seen by a convolution above, which speaks for two classes. */
    static final Network NETWORK = new Network("two layers", "", new Input(new Shape(3, 8, 8), new float[] {128, 128, 128},
            new float[] {64, 64, 64}), List.of(
                    new Convolution("h.pre", Network.INPUT, weights(1, 10, 3, 3, 3), Weights.vector(new float[10]),
                            Window.square(3, 2, 1), 1),
                    new Relu("h", "h.pre"),
                    new Convolution("top", "h", weights(2, 2, 10, 3, 3), Weights.vector(0, 0.1f), Window.square(3, 1, 1), 1),
                    new GlobalAverage("logits", "top")),
            List.of(new Layer("h", "h", "h.pre", ""), new Layer("top", "top", "top", ""),
                    new Layer("logits", "logits", "logits", "")), List.of("even", "odd"));

    @TempDir
    private Path folder;

    private static Weights weights(long seed, int... shape) {
        Draws draws = new Draws(seed);
        float[] values = new float[IntStream.of(shape).reduce(1, (one, other) -> one * other)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) draws.gaussian(0, 0.3);
        }
        return new Weights(shape, values);
    }

    /** Blocks of random colours. */
    record Blocks(int count, boolean labelled) implements PictureSet {
        @Override
        public String name() {
            return "blocks";
        }

        @Override
        public List<Picture> pictures() {
            return IntStream.range(0, count).mapToObj(i -> new Picture("p" + i, labelled ? i % 2 : Picture.NO_LABEL)).toList();
        }

        @Override
        public List<String> classes() {
            return List.of("even", "odd");
        }

        @Override
        public Optional<String> hash(Progress progress) {
            return Optional.of("blocks");
        }

        @Override
        public PictureHeader header(int index) {
            return new PictureHeader("none", 8, 8);
        }

        @Override
        public void read(int index, Frame frame, Batch batch, int image) throws PictureException {
            if (index == 5) {
                throw new PictureException("it is damaged");
            }
            Draws draws = new Draws(index);
            float[] colours = new float[48];
            for (int i = 0; i < colours.length; i++) {
                colours[i] = (float) draws.uniform();
            }
            for (int i = 0; i < 192; i++) {
                batch.values()[image * 192 + i] = colours[i / 64 * 16 + i % 64 / 16 * 4 + i % 8 / 2];
            }
        }

        @Override
        public void close() {
        }
    }

    static final class Kept implements ResultFiles {
        final Map<String, byte[]> files = new TreeMap<>();

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

    private static LearnDictionary.Arguments arguments(Map<String, String> given) {
        Map<String, String> all = new TreeMap<>(Map.of("layers", "h", "expansion", "2", "kept", "3", "steps", "60", "batch", "32",
                "seeds", "2", "positions", "8"));
        all.putAll(given);
        return Arguments.record(LearnDictionary.Arguments.class, all);
    }

    private LearnedDictionary learn(String where, Map<String, String> given, Observer<LearnedDictionary> observer) {
        return learn(where, new Blocks(64, true), given, observer);
    }

    private LearnedDictionary learn(String where, PictureSet set, Map<String, String> given,
            Observer<LearnedDictionary> observer) {
        try (Session session = new ReferenceEngine().open(NETWORK)) {
            Path own = Files.createDirectories(folder.resolve(where));
            return new LearnDictionary(() -> Products.PLAIN).run(
                    new Material(session, Optional.of(new Material.Pictures(set, own))), arguments(given), observer);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Map<String, byte[]> files(LearnedDictionary learned) throws IOException {
        Kept kept = new Kept();
        learned.save(kept);
        return kept.files;
    }

    private static void assertSameBytes(LearnedDictionary one, LearnedDictionary other) throws IOException {
        Map<String, byte[]> files = files(one);
        Map<String, byte[]> others = files(other);
        assertEquals(files.keySet(), others.keySet());
        files.forEach((name, bytes) -> assertArrayEquals(bytes, others.get(name), name));
    }

    @Test
    void theSameQuestionHasTheSameBytes() throws IOException {
        LearnedDictionary first = learn("one", Map.of(), GO_ON);
        assertSameBytes(first, learn("two", Map.of(), GO_ON));
        assertFalse(first.isPartial());
        assertTrue(first.quality().explained() > 0.5, first.text());
        assertEquals(3, first.quality().active(), 0.2);
        assertTrue(first.quality().loss().labelled());
        assertTrue(first.text().contains("seed 1  explains"), first.text());
        assertEquals(1, first.sheets().size());
        assertFalse(first.dictionary().equals(learn("three", Map.of("seed", "7"), GO_ON).dictionary()));
    }

    @Test
    void whatWasInterruptedGoesOnAndEndsTheSame() throws IOException {
        LearnedDictionary whole = learn("whole", Map.of(), GO_ON);
        for (int stop : new int[] {1, 37, 75, 119}) {
            String where = "stopped at " + stop;
            LearnedDictionary part = learn(where, Map.of(), (done, total, what) -> !(what.startsWith("Learning") && done >= stop));
            assertTrue(part.isPartial(), where);
            List<Long> seen = new ArrayList<>();
            LearnedDictionary rest = learn(where, Map.of(), (done, total, what) -> !what.startsWith("Learning")
                    || seen.add(done));
            assertEquals(stop + 1, seen.get(0), where);
            assertSameBytes(whole, rest);
        }
    }

    @Test
    void whoeverStopsBeforeLearningGetsAPartialResultThatIsWhole() throws IOException {
        LearnedDictionary nothing = learn("nothing", Map.of(), (done, total, what) -> false);
        assertTrue(nothing.isPartial());
        Kept kept = new Kept();
        nothing.save(kept);
        assertTrue(new LearnDictionary(() -> Products.PLAIN).load(kept).isPartial());
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        LearnedDictionary learned = learn("read", Map.of("kind", "l1"), GO_ON);
        Kept kept = new Kept();
        learned.save(kept);
        LearnedDictionary read = new LearnDictionary(() -> Products.PLAIN).load(kept);
        assertEquals(learned.text(), read.text());
        assertEquals(learned.curve(), read.curve());
        assertEquals(learned.others(), read.others());
        assertEquals(learned.network().hash(), read.network().hash());
        kept.write("facts.tsv", "nonsense".getBytes(StandardCharsets.UTF_8));
        assertThrows(IOException.class, () -> new LearnDictionary(() -> Products.PLAIN).load(kept));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertTrue(refused(Map.of("layers", "h\ntop")).contains("One layer"));
        assertTrue(refused(Map.of("kept", "50")).contains("50 cannot be kept"));
        assertTrue(assertThrows(NetworkException.class, () -> learn("no layer", Map.of("layers", "i"), GO_ON)).getMessage()
                .contains("No layer i"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> learn("few", new Blocks(9, true), Map.of(), GO_ON))
                .getMessage().contains("at least 16"));
    }

    private String refused(Map<String, String> given) {
        return assertThrows(IllegalArgumentException.class, () -> learn("refused", given, GO_ON)).getMessage();
    }

    @Test
    void withoutLabelsTheLossIsTheDivergenceFromTheNetworkItself() {
        Quality quality = learn("unlabelled", new Blocks(64, false), Map.of("kept", "9", "steps", "400"), GO_ON)
                .quality();
        assertFalse(quality.loss().labelled());
        assertEquals(0, quality.loss().original(), 1e-6);
        assertTrue(quality.loss().spliced() < quality.loss().ablated(), quality.text());
    }

    @Test
    void theNetworkWithLatentsComputesWhatItDidBefore() {
        LearnedDictionary learned = learn("network", Map.of(), GO_ON);
        Batch pictures = pictures(6);
        Set<Tap> taps = Set.of(Tap.after("h"), Tap.after("top"), Tap.after("logits"));
        try (Session before = new ReferenceEngine().open(NETWORK);
                Session after = new ReferenceEngine().open(learned.network())) {
            for (Tap tap : taps) {
                assertArrayEquals(before.activations(pictures, taps).at(tap).values(),
                        after.activations(pictures, taps).at(tap).values(), 1e-5f, tap.toString());
            }
            Batch maps = before.activations(pictures, taps).at(Tap.after("h"));
            Batch latents = after.activations(pictures, Set.of(Tap.after("h.latents"))).at(Tap.after("h.latents"));
            Dictionary dictionary = learned.dictionary();
            float[] expected = dictionary.encode(Coder.vectors(maps), 10 * 5);
            for (int latent = 0; latent < dictionary.latents(); latent++) {
                assertEquals(expected[latent], latents.values()[latents.offset(0, latent) + 5], 1e-5f);
            }
            Coder coder = new Coder(dictionary, Products.PLAIN);
            float[] reconstructed = coder.decode(coder.encode(Coder.vectors(maps)));
            List<Edit> withoutError = List.of(Edit.zero(Edit.Where.layer(Tap.after("h.error"))));
            List<Edit> spliced = List.of(Edit.splice(Edit.Where.layer(Tap.after("h")), Coder.maps(reconstructed, maps)));
            assertArrayEquals(before.activations(pictures, Set.of(Tap.after("top")), spliced).at(Tap.after("top")).values(),
                    after.activations(pictures, Set.of(Tap.after("top")), withoutError).at(Tap.after("top")).values(), 1e-5f);
        }
    }

    @Test
    void whoTakesALatentAwayTakesAwayWhatItStandsFor() {
        LearnedDictionary learned = learn("ablated", Map.of(), GO_ON);
        Batch pictures = pictures(4);
        Dictionary dictionary = learned.dictionary();
        try (Session before = new ReferenceEngine().open(NETWORK);
                Session after = new ReferenceEngine().open(learned.network())) {
            Batch maps = before.activations(pictures, Set.of(Tap.after("h"))).at(Tap.after("h"));
            Batch latents = after.activations(pictures, Set.of(Tap.after("h.latents"))).at(Tap.after("h.latents"));
            int latent = IntStream.range(0, dictionary.latents()).filter(i -> IntStream.range(0, latents.area())
                    .anyMatch(at -> latents.values()[latents.offset(1, i) + at] > 0)).findFirst().orElseThrow();
            Batch less = maps.copy();
            for (int image = 0; image < maps.images(); image++) {
                for (int channel = 0; channel < maps.channels(); channel++) {
                    for (int at = 0; at < maps.area(); at++) {
                        less.values()[less.offset(image, channel) + at] -= latents.values()[latents.offset(image, latent) + at]
                                * dictionary.decoder().values()[latent * maps.channels() + channel];
                    }
                }
            }
            float[] expected = before.activations(pictures, Set.of(Tap.after("top")),
                    List.of(Edit.splice(Edit.Where.layer(Tap.after("h")), less))).at(Tap.after("top")).values();
            assertArrayEquals(expected, after.activations(pictures, Set.of(Tap.after("top")),
                    List.of(Edit.zero(Edit.Where.unit(new Unit("h.latents", latent))))).at(Tap.after("top")).values(), 1e-5f);
        }
    }

    @Test
    void weightsIntoAndOutOfALatentAreThoseOfEncoderAndDecoder() {
        LearnedDictionary learned = learn("weights", Map.of(), GO_ON);
        Dictionary dictionary = learned.dictionary();
        Wiring wiring = Wiring.of(learned.network());
        List<Connection> into = wiring.inputs(new Unit("h.latents", 4)).all();
        assertEquals(10, into.size());
        for (Connection connection : into) {
            assertEquals("h", connection.from().layer());
            assertEquals(dictionary.encoder().values()[40 + connection.from().channel()], connection.kernel().at(0, 0), 1e-6);
        }
        List<Connection> out = wiring.outputs(new Unit("h.latents", 4)).all();
        assertEquals(2, out.size());
        double sum = 0;
        for (int channel = 0; channel < 10; channel++) {
            sum += ((Convolution) NETWORK.operation("top").orElseThrow()).weights().values()[channel * 9 + 4]
                    * dictionary.decoder().values()[40 + channel];
        }
        assertEquals(sum, out.stream().filter(connection -> connection.to().equals(new Unit("top", 0))).findFirst().orElseThrow()
                .kernel().at(1, 1), 1e-5);
    }

    @Test
    void aDictionaryComesOutOfItsNetworkAsItWentIn() {
        LearnedDictionary learned = learn("without", Map.of(), GO_ON);
        assertEquals(NETWORK.hash(), DictionaryNetwork.without(learned.network(), "h").hash());
        assertEquals(List.of("h"), DictionaryNetwork.layers(learned.network()));
        assertEquals(List.of(), DictionaryNetwork.layers(NETWORK));
        Dictionary again = DictionaryNetwork.of(DictionaryNetwork.with(NETWORK, "h", learned.dictionary()), "h");
        assertArrayEquals(learned.dictionary().bias().values(), again.bias().values(), 1e-6f);
        assertEquals(learned.dictionary().encoder(), again.encoder());
        assertTrue(assertThrows(NetworkException.class, () -> DictionaryNetwork.of(NETWORK, "h")).getMessage()
                .contains("loupe dictionary train"));
        assertTrue(assertThrows(NetworkException.class,
                () -> DictionaryNetwork.with(learned.network(), "h", learned.dictionary())).getMessage().contains("already"));
        assertTrue(assertThrows(NetworkException.class, () -> DictionaryNetwork.with(NETWORK, "top", learned.dictionary()))
                .getMessage().contains("10 channels"));
    }

    private static Batch pictures(int count) {
        return new Blocks(64, true).read(8, 8 + count, new Frame(3, 8, 8, Fitting.COVER, Frame.WHITE))
                .batch().orElseThrow();
    }
}
