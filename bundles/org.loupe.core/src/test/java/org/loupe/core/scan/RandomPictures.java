package org.loupe.core.scan;

import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Progress;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;

/** Random pictures of three classes, of which every fifth equals the first one, and one cannot be read. */
record RandomPictures(int count, IntConsumer reads) implements PictureSet {

    static final int UNREADABLE = 3;

    RandomPictures(int count) {
        this(count, index -> { });
    }

    @Override
    public String name() {
        return "random";
    }

    @Override
    public List<Picture> pictures() {
        return new AbstractList<>() {
            @Override
            public Picture get(int index) {
                return new Picture("picture, " + index, index % 4 - 1);
            }

            @Override
            public int size() {
                return count;
            }
        };
    }

    @Override
    public List<String> classes() {
        return List.of("red", "green", "blue");
    }

    @Override
    public Optional<String> hash(Progress progress) {
        return Optional.of("random " + count);
    }

    @Override
    public PictureHeader header(int index) {
        return new PictureHeader("random", 12, 10);
    }

    @Override
    public void read(int index, Frame frame, Batch batch, int image) throws PictureException {
        reads.accept(index);
        if (index == UNREADABLE) {
            throw new PictureException("It is cut off.");
        }
        Draws draws = new Draws(index % 5 == 0 ? 0 : index);
        for (int i = 0; i < batch.imageSize(); i++) {
            batch.values()[batch.offset(image, 0) + i] = (float) draws.uniform();
        }
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
