package org.loupe.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Unreadable;

/** A picture set that comes with a plug-in: three pictures, of which one is damaged behind its header. */
public final class FewPictures implements Supplier<PictureSet> {

    @Override
    public PictureSet get() {
        return new Few();
    }

    private record Few() implements PictureSet {

        private static final int DAMAGED = 1;

        @Override
        public String name() {
            return "few";
        }

        @Override
        public List<Picture> pictures() {
            return List.of(new Picture("cat/a.png", 0), new Picture("dog/b.png", 1), new Picture("loose.png", Picture.NO_LABEL));
        }

        @Override
        public List<String> classes() {
            return List.of("cat", "dog");
        }

        @Override
        public List<Unreadable> unreadable() {
            return List.of(new Unreadable("empty.png", "It is empty."));
        }

        @Override
        public Optional<String> hash(Progress progress) {
            return Optional.of("0123");
        }

        @Override
        public PictureHeader header(int index) {
            return new PictureHeader("PNG", 10 + index, 1000);
        }

        @Override
        public void read(int index, Frame frame, Batch batch, int image) throws PictureException {
            if (index == DAMAGED) {
                throw new PictureException("It is cut off.");
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
