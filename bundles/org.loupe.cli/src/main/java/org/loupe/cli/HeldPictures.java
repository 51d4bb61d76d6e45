package org.loupe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;

/**
 * Pictures of a set, kept in memory as a network sees them, so that a measurement does not wait for them. They come again and
 * again where more are asked for than are kept.
 *
 * @param of       the set
 * @param pictures as many as were asked for
 * @param kept     colours
 */
record HeldPictures(PictureSet of, List<Picture> pictures, List<float[]> kept) implements PictureSet {

    private static final int MOST = 3400;

    /**
     * Reads the first pictures of a set, leaving out those that cannot be read.
     *
     * @param count how many there are to be
     * @throws CommandException when none can be read
     */
    static HeldPictures of(PictureSet set, Frame frame, int count) {
        List<float[]> kept = new ArrayList<>();
        List<Picture> readable = new ArrayList<>();
        for (int index = 0; index < set.pictures().size() && kept.size() < Math.min(count, MOST); index++) {
            try {
                kept.add(set.read(index, frame).values());
                readable.add(set.pictures().get(index));
            } catch (PictureException unreadable) {
                // The next one does as well.
                continue;
            }
        }
        if (kept.isEmpty()) {
            throw CommandException.usage("None of the pictures of " + set.name() + " can be read.");
        }
        List<Picture> pictures = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            pictures.add(readable.get(index % kept.size()));
        }
        return new HeldPictures(set, pictures, kept);
    }

    @Override
    public String name() {
        return of.name();
    }

    @Override
    public List<String> classes() {
        return of.classes();
    }

    @Override
    public Optional<String> hash(Progress progress) {
        return of.hash(progress);
    }

    @Override
    public PictureHeader header(int index) throws PictureException {
        return of.header(index % kept.size());
    }

    @Override
    public void read(int index, Frame frame, Batch batch, int image) {
        System.arraycopy(kept.get(index % kept.size()), 0, batch.values(), batch.offset(image, 0), batch.imageSize());
    }

    @Override
    public void close() {
        // The set belongs to whoever opened it.
    }
}
