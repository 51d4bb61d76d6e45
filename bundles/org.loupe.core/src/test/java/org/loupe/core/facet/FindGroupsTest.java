package org.loupe.core.facet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;

class FindGroupsTest {

    private static final Observer<Grouped> GO_ON = (done, total, what) -> true;

    /** Channels 0 and 1 see red (1 half as well), 2 and 3 see blue; the unit above wants red on the left, and not blue. */
    private static final Network NETWORK = new Network("colours", "",
            new Input(new Shape(3, 4, 4), new float[3], new float[] {255, 255, 255}),
            List.of(new Convolution("h.pre", Network.INPUT, new Weights(new int[] {4, 3, 1, 1}, new float[] {1, 0, 0, .5f, 0, 0,
                0, 0, 1, 0, 0, .5f}), Weights.vector(0, 0, 0, 0), new Window(1, 1, 1, 1, 0, 0, 0, 0, 1, 1), 1),
                    new Relu("h", "h.pre"), new Convolution("top.pre", "h", new Weights(new int[] {1, 4, 1, 3},
                            new float[] {2, 0, 0, 1, 0, 0, 0, 0, -2, 0, 0, -1}), Weights.vector(0),
                            new Window(1, 3, 1, 1, 0, 1, 0, 1, 1, 1), 1), new Relu("top", "top.pre")),
            List.of(new Layer("h", "h", "h.pre", ""), new Layer("top", "top", "top.pre", "")), List.of());

    /** Red above and blue below; the other picture the other way round, or with nothing in place of the blue. */
    private record Halves(boolean hasBlueTwice) implements PictureSet {
        @Override
        public String name() {
            return "halves";
        }

        @Override
        public List<Picture> pictures() {
            return List.of(new Picture("red above", -1), new Picture("blue above", -1));
        }

        @Override
        public List<String> classes() {
            return List.of();
        }

        @Override
        public Optional<String> hash(Progress progress) {
            return Optional.of("halves");
        }

        @Override
        public PictureHeader header(int index) {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public void read(int index, Frame frame, Batch batch, int image) {
            for (int row = 0; row < 4; row++) {
                for (int column = 0; column < 4; column++) {
                    boolean isRed = row < 2 == (index == 0);
                    if (isRed || index == 0 || hasBlueTwice) {
                        batch.values()[batch.index(image, isRed ? 0 : 2, row, column)] = 1;
                    }
                }
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static Grouped run(FindGroups.Arguments arguments, Observer<? super Grouped> observer) {
        try (Session session = new ReferenceEngine().open(NETWORK); PictureSet set = new Halves(true)) {
            return new FindGroups().run(new Material(session, Optional.of(new Material.Pictures(set, null))), arguments,
                    observer);
        }
    }

    private static FindGroups.Arguments about(String item, int count) {
        return new FindGroups.Arguments(List.of(item), "0, 1", count, 0, Fitting.AS_IS, 0);
    }

    @Test
    void channelsThatFireTogetherMakeAGroupThatIsTheSameInTheNextPicture() {
        Grouped grouped = run(about("h", 2), GO_ON);
        int red = grouped.vectors().get(0).containsKey(0) ? 0 : 1;
        assertEquals(Set.of(0, 1), grouped.vectors().get(red).keySet());
        assertEquals(Set.of(2, 3), grouped.vectors().get(1 - red).keySet());
        assertEquals(.894, grouped.vectors().get(red).get(0), 1e-3);
        assertTrue(grouped.maps().at(0, red, 0, 0) > .9 && grouped.maps().at(0, red, 3, 0) < 1e-3);
        assertTrue(grouped.maps().at(1, red, 0, 0) < 1e-3 && grouped.maps().at(1, red, 3, 0) > .9);
        assertEquals(1, grouped.likeness().at(1, 0), 1e-6);
        assertEquals(0, grouped.missed()[1], 1e-9);
    }

    @Test
    void aPictureWithoutTheGroupDoesNotChangeWhatItIs() {
        try (Session session = new ReferenceEngine().open(NETWORK); PictureSet set = new Halves(false)) {
            Grouped grouped = new FindGroups().run(new Material(session, Optional.of(new Material.Pictures(set, null))),
                    about("h", 2), GO_ON);
            int red = grouped.vectors().get(0).containsKey(0) ? 0 : 1;
            assertEquals(.894, grouped.vectors().get(1 - red).get(2), 1e-3);
            assertEquals(.894, grouped.vectors().get(red).get(0), 1e-3);
        }
    }

    @Test
    void whatAUnitReadsTogetherMakesAGroupWithASign() {
        Grouped grouped = run(about("top:0", 2), GO_ON);
        int red = grouped.vectors().get(0).containsKey(0) ? 0 : 1;
        assertEquals("h", grouped.layer());
        assertEquals(Math.sqrt(5), grouped.maps().at(0, red, 0, 0), 1e-4);
        assertEquals(-Math.sqrt(5), grouped.maps().at(0, 1 - red, 0, 2), 1e-4);
    }

    @Test
    void groupsAreWrittenAndReadAgain() throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        ResultFiles files = new ResultFiles() {
            @Override
            public byte[] read(String name) {
                return contents.get(name);
            }

            @Override
            public void write(String name, byte[] content) {
                contents.put(name, content);
            }
        };
        Grouped grouped = run(about("h", 2), GO_ON);
        grouped.save(files);
        assertEquals(grouped, new FindGroups().load(files));
        assertEquals(1, grouped.sheets().size());
        contents.put("groups.tsv", "groups\tx".getBytes());
        assertThrows(IOException.class, () -> new FindGroups().load(files));
    }

    @Test
    void whatCannotBeGroupedIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> run(about("h", 5), GO_ON));
        assertThrows(IllegalArgumentException.class, () -> run(about("h:0", 1), GO_ON));
        FindGroups.Arguments beyond = new FindGroups.Arguments(List.of("h"), "7", 2, 0, Fitting.AS_IS, 0);
        String message = assertThrows(IllegalArgumentException.class, () -> run(beyond, GO_ON)).getMessage();
        assertTrue(message.contains("has the pictures 0 to 1"), message);
        assertTrue(run(about("h", 2), (done, total, what) -> false).isPartial());
    }
}
