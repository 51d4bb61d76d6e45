package org.loupe.core.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Batch;
import org.loupe.core.NumpyArray;
import org.loupe.core.Progress;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;

/** Compares a scan with what {@code releng/reference/scan.py} has computed with NumPy; there are many ties in it. */
class NumPyTest {

    private static final int TOP = 12;

    @TempDir
    Path folder;

    private final Map<String, NumpyArray> reference = reference();

    private static Map<String, NumpyArray> reference() {
        try {
            return NumpyArray.readAll(Path.of(NumPyTest.class.getResource("reference.npz").toURI()));
        } catch (IOException | URISyntaxException problem) {
            throw new AssertionError(problem);
        }
    }

    private Scanned scan() throws IOException {
        PictureSet pictures = new Pictures(reference.get("pictures"), reference.get("labels"));
        try (Session session = new ReferenceEngine().open(network())) {
            return new Scanning(session, pictures, new Scanning.Choice(List.of(), TOP, true, Fitting.AS_IS), folder)
                    .run("numpy", (done, total, what) -> true);
        }
    }

    @Test
    void everyNumberIsThatOfNumPy() throws IOException {
        Scanned scanned = scan();
        assertEquals(List.of("first.pre", "first", "second", "last"), scanned.taps().stream().map(Tap::toString).toList());
        for (Tap tap : scanned.taps()) {
            for (int channel = 0; channel < scanned.shape(tap).channels(); channel++) {
                compare(tap + "/", channel, scanned.channel(tap, channel));
            }
        }
    }

    private void compare(String tap, int channel, ChannelScan found) {
        String where = tap + channel;
        float[] statistics = expected(tap + "statistics", channel);
        near(statistics[0], found.mean(), where);
        near(statistics[1], found.variance(), where);
        near(statistics[2], found.firingPositions(), where);
        near(statistics[3], found.firingPictures(), where);
        near(statistics[4], found.quantileOfPictures(0), where);
        near(statistics[5], found.quantileOfPictures(1), where);
        near(statistics[6], found.meanOfMaxima(), where);
        near(statistics[7], found.varianceOfMaxima(), where);
        assertArrayEquals(expected(tap + "histogram", channel), floats(found.histogram()), where);
        assertArrayEquals(expected(tap + "maxima", channel), found.maxima(), where);
        float[] places = expected(tap + "places", channel);
        IntStream.range(0, places.length).forEach(i -> assertEquals((int) places[i], found.places()[i], where));
        float[] examples = expected(tap + "examples", channel);
        float[] values = expected(tap + "values", channel);
        for (int i = 0; i < TOP; i++) {
            assertEquals(new Example((int) examples[3 * i], (int) examples[3 * i + 1], (int) examples[3 * i + 2], values[i]),
                    found.examples().get(i), where);
        }
        float[] classes = expected(tap + "classes", channel);
        for (int label = 0; label < found.classes().size(); label++) {
            near(classes[2 * label], found.classes().get(label).mean(), where);
            near(classes[2 * label + 1], found.classes().get(label).area(), where);
        }
    }

    @Test
    void meansOfMapsAreThoseOfNumPy() throws IOException {
        scan();
        Path file = folder.resolve("2-second-means.npy");
        NumpyArray means = NumpyArray.readAll(file).get("");
        assertEquals(List.of(60, 5), means.shape());
        for (int picture = 0; picture < 60; picture++) {
            for (int channel = 0; channel < 5; channel++) {
                assertEquals(expected("second/means", channel)[picture], means.values()[picture * 5 + channel]);
            }
        }
        assertEquals(128 + 4 * 60 * 5, Files.size(file));
    }

    /** What the reference says of one channel. */
    private float[] expected(String name, int channel) {
        NumpyArray all = reference.get(name);
        int each = all.values().length / all.shape().get(0);
        return Arrays.copyOfRange(all.values(), channel * each, (channel + 1) * each);
    }

    /** The reference was rounded to 32 bits when it was read. */
    private static void near(double expected, double found, String where) {
        assertEquals(expected, found, 1e-7 * Math.abs(expected), where);
    }

    private static float[] floats(long[] counts) {
        float[] values = new float[counts.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = counts[i];
        }
        return values;
    }

    private Network network() {
        return new Network("reference", "", new Input(new Shape(3, 8, 8), new float[3], new float[] {255, 255, 255}),
                List.of(convolution("first", Network.INPUT, "first.pre", 1), new Relu("first", "first.pre"),
                        convolution("second", "first", "second", 2), new GlobalAverage("mean", "second"),
                        new Dense("last", "mean", weights("last.weights"), weights("last.bias"))),
                List.of(new Layer("first", "first", "first.pre", ""), new Layer("second", "second", "second", ""),
                        new Layer("last", "last", "last", "")), List.of());
    }

    private Convolution convolution(String weights, String input, String name, int step) {
        return new Convolution(name, input, weights(weights + ".weights"), weights(weights + ".bias"),
                Window.square(3, step, 1), 1);
    }

    private Weights weights(String name) {
        NumpyArray array = reference.get(name);
        return new Weights(array.shape().stream().mapToInt(Integer::intValue).toArray(), array.values());
    }

    /** The pictures of the reference. */
    private record Pictures(NumpyArray colours, NumpyArray labels) implements PictureSet {

        @Override
        public String name() {
            return "reference";
        }

        @Override
        public List<Picture> pictures() {
            return IntStream.range(0, labels.values().length)
                    .mapToObj(index -> new Picture(index + "", (int) labels.values()[index])).toList();
        }

        @Override
        public List<String> classes() {
            return List.of("a", "b", "c", "d");
        }

        @Override
        public Optional<String> hash(Progress progress) {
            return Optional.of("reference");
        }

        @Override
        public PictureHeader header(int index) {
            return new PictureHeader("array", 8, 8);
        }

        @Override
        public void read(int index, Frame frame, Batch batch, int image) {
            System.arraycopy(colours.values(), index * batch.imageSize(), batch.values(), batch.offset(image, 0),
                    batch.imageSize());
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
