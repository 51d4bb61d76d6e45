package org.loupe.core.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Progress;

class PictureSetTest {

    private static final Frame FRAME = new Frame(1, 1, 2, Fitting.STRETCH, Frame.WHITE);

    /** Picture i is of brightness i / 10; every third is damaged. */
    private record Numbers(List<Picture> pictures) implements PictureSet {
        static Numbers upTo(int count) {
            return new Numbers(IntStream.range(0, count)
                    .mapToObj(i -> new Picture("p" + i, Picture.NO_LABEL)).toList());
        }

        @Override
        public String name() {
            return "numbers";
        }

        @Override
        public List<String> classes() {
            return List.of();
        }

        @Override
        public Optional<String> hash(Progress progress) {
            return Optional.of(new ContentHash().hex());
        }

        @Override
        public PictureHeader header(int index) {
            return new PictureHeader("number", 1, 2);
        }

        @Override
        public void read(int index, Frame frame, Batch batch, int image) throws PictureException {
            batch.values()[batch.offset(image, 0)] = index / 10f;
            if (index % 3 == 0) {
                throw new PictureException("It is damaged.");
            }
            batch.values()[batch.offset(image, 0) + 1] = index / 10f;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @Test
    void aRangeHoldsThoseThatCanBeReadAndNamesTheOthers() {
        Reading reading = Numbers.upTo(8).read(2, 8, FRAME);
        assertEquals(List.of(2, 4, 5, 7), reading.indexes());
        assertArrayEquals(new float[] {.2f, .2f, .4f, .4f, .5f, .5f, .7f, .7f}, reading.batch().orElseThrow().values());
        assertEquals(List.of(new Unreadable("p3", "It is damaged."), new Unreadable("p6", "It is damaged.")), reading.unreadable());
    }

    @Test
    void aRangeOfDamageHasNoBatch() {
        Reading reading = Numbers.upTo(1).read(0, 1, FRAME);
        assertTrue(reading.batch().isEmpty() && reading.indexes().isEmpty());
        assertEquals(1, reading.unreadable().size());
    }

    @Test
    void theHashTellsEveryPartOfAPictureAndTheirOrderApart() {
        String hash = hash("a", "b", 1, 2);
        assertEquals(hash, hash("a", "b", 1, 2));
        for (String other : List.of(hash("ab", "", 1, 2), hash("a", "b", 2, 2), hash("a", "b", 1, 3), hash("", "ab", 1, 2))) {
            assertNotEquals(hash, other);
        }
        ContentHash forth = new ContentHash();
        forth.add("a", "", 1, 1);
        forth.add("b", "", 1, 1);
        ContentHash back = new ContentHash();
        back.add("b", "", 1, 1);
        back.add("a", "", 1, 1);
        assertNotEquals(forth.hex(), back.hex());
    }

    private static String hash(String name, String label, long length, long checksum) {
        ContentHash hash = new ContentHash();
        hash.add(name, label, length, checksum);
        return hash.hex();
    }
}
