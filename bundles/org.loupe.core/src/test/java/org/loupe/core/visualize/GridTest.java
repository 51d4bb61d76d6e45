package org.loupe.core.visualize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Arguments;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Nets;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;

class GridTest {

    private static final Observer<Gridded> PATIENT = (done, total, what) -> true;

    @TempDir
    Path folder;

    private Gridded run(Network network, Map<String, String> arguments, Observer<Gridded> observer) {
        try (Session session = new ReferenceEngine().open(network)) {
            return new Grid().run(new Material(session, Optional.of(new Material.Pictures(new Noise(), folder))),
                    Arguments.record(Grid.Arguments.class, arguments), observer);
        }
    }

    private static Map<String, String> of(String layer, int steps) {
        return Map.of("layers", layer, "cell", "16", "steps", Integer.toString(steps));
    }

    @Test
    void thePartsAnswerMoreLikeThePictureThanGreyNoiseDoes() {
        Network network = Nets.everything();
        double before = likeness(network, run(network, of("mixed", 1), PATIENT));
        double after = likeness(network, run(network, of("mixed", 40), PATIENT));
        assertTrue(1 - after < .7 * (1 - before), before + " to " + after);
    }

    /** Mean over the positions of the cosine between what a part excites at its middle and what the position held. */
    private static double likeness(Network network, Gridded gridded) {
        try (Session session = new ReferenceEngine().open(network)) {
            Tap tap = Tap.after("mixed");
            Batch wanted = session.activations(gridded.picture(), Set.of(tap)).at(tap);
            double sum = 0;
            for (int row = 0; row < wanted.rows(); row++) {
                for (int column = 0; column < wanted.columns(); column++) {
                    Batch part = Batch.zeros(1, 3, 16, 16);
                    for (int i = 0; i < part.values().length; i++) {
                        part.values()[i] = gridded.grid().at(0, i / 256, 16 * row + i / 16 % 16, 16 * column + i % 16);
                    }
                    Batch found = session.activations(part, Set.of(tap)).at(tap);
                    sum += cosine(wanted, row, column, found, found.rows() / 2, found.columns() / 2);
                }
            }
            return sum / wanted.area();
        }
    }

    private static double cosine(Batch one, int row, int column, Batch other, int otherRow, int otherColumn) {
        double product = 0;
        double first = 1e-12;
        double second = 1e-12;
        for (int channel = 0; channel < one.channels(); channel++) {
            double a = one.at(0, channel, row, column);
            double b = other.at(0, channel, otherRow, otherColumn);
            product += a * b;
            first += a * a;
            second += b * b;
        }
        return product / Math.sqrt(first * second);
    }

    @Test
    void theSameRecipeGivesTheSameBytesAndIsReadBackAsItself() throws IOException {
        Files first = new Files();
        Files second = new Files();
        Gridded gridded = run(Nets.everything(), of("mixed", 4), PATIENT);
        gridded.save(first);
        run(Nets.everything(), of("mixed", 4), PATIENT).save(second);
        assertEquals(first.content.keySet(), second.content.keySet());
        first.content.forEach((name, bytes) -> assertArrayEquals(bytes, second.content.get(name), name));
        assertEquals(gridded, new Grid().load(first));
        first.content.put("grid.tsv", new byte[] {1});
        assertThrows(IOException.class, () -> new Grid().load(first));
    }

    @Test
    void aGridThatIsStoppedKeepsWhatThereIs() {
        Gridded stopped = run(Nets.everything(), of("mixed", 50), (done, total, what) -> done < 3);
        assertTrue(stopped.isPartial());
        assertEquals(3, stopped.done());
        assertFalse(run(Nets.everything(), of("mixed", 3), PATIENT).isPartial());
    }

    @Test
    void whatThereIsIsShownWhileItGrows() {
        List<Integer> seen = new ArrayList<>();
        run(Nets.everything(), of("mixed", 3), new Observer<>() {
            @Override
            public boolean report(long done, long total, String what) {
                return true;
            }

            @Override
            public void snapshot(Gridded soFar) {
                seen.add(soFar.done());
            }

            @Override
            public boolean wantsSnapshot() {
                return true;
            }
        });
        assertEquals(List.of(1, 2, 3), seen);
    }

    @Test
    void whereNothingFiresThereIsGreyAndTheStrongestFillsItsCell() {
        Gridded silent = run(Nets.single(-1000), of("conv", 2), PATIENT);
        for (float value : silent.grid().values()) {
            assertEquals(.5f, value);
        }
        for (float value : silent.byStrength().values()) {
            assertEquals(1f, value);
        }
        Batch grid = Batch.zeros(1, 3, 8, 16);
        Batch strong = new Gridded("a", "b", grid, grid, new Batch(1, 1, 1, 2, new float[] {4, 1}), 1, 1).byStrength();
        assertEquals(0, strong.at(0, 0, 0, 0), "the strongest one keeps its size");
        assertEquals(1, strong.at(0, 0, 1, 9), "a quarter of the area is half of the side");
        assertEquals(0, strong.at(0, 0, 2, 10));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertTrue(refused(Nets.everything(), "logits\nmixed").contains("one layer at a time"));
        Network fixed = new Network("fixed", "", Nets.everything().input(), List.of(new Flatten("flat", Network.INPUT),
                new Dense("scores", "flat", Nets.random(1, 2, 360), Nets.random(2, 2))),
                List.of(new Layer("scores", "scores", "scores", "")), List.of());
        assertTrue(refused(fixed, "scores").contains("cannot be computed"));
    }

    private String refused(Network network, String layer) {
        return assertThrows(IllegalArgumentException.class, () -> run(network, of(layer, 1), PATIENT)).getMessage();
    }

    /** In memory. */
    private static final class Files implements ResultFiles {
        private final Map<String, byte[]> content = new TreeMap<>();

        @Override
        public byte[] read(String name) throws IOException {
            if (!content.containsKey(name)) {
                throw new IOException("no " + name);
            }
            return content.get(name);
        }

        @Override
        public void write(String name, byte[] bytes) {
            content.put(name, bytes);
        }
    }

    /** One picture of noise. */
    private record Noise() implements PictureSet {
        @Override
        public String name() {
            return "noise";
        }

        @Override
        public List<Picture> pictures() {
            return List.of(new Picture("noise", Picture.NO_LABEL));
        }

        @Override
        public List<String> classes() {
            return List.of();
        }

        @Override
        public Optional<String> hash(Progress progress) {
            return Optional.of("noise");
        }

        @Override
        public PictureHeader header(int index) {
            return new PictureHeader("noise", 12, 10);
        }

        @Override
        public void read(int index, Frame frame, Batch batch, int image) {
            Draws draws = new Draws(1);
            for (int i = 0; i < batch.imageSize(); i++) {
                batch.values()[batch.offset(image, 0) + i] = (float) draws.uniform();
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
