package org.loupe.demo.pictures;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Progress;
import org.loupe.core.picture.ContentHash;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Pixels;
import org.loupe.core.picture.Resampling;
import org.loupe.demo.pictures.StrokePictures.Stroke;

/**
 * Rings, arcs, lines and spirals of the width and the two sizes that the network {@code planted-curves} knows, in turn, each
 * drawn when it is read, on random backgrounds. Their class is what is drawn.
 */
public final class StrokePictureSet implements PictureSet {

    private static final long SEED = 20_000_000;
    private static final int SIZE = LabelledPicture.SIZE;
    private static final double[] RADII = {12, 20};

    private final List<Picture> pictures;

    /** So many pictures. */
    public StrokePictureSet(int count) {
        List<String> classes = classes();
        this.pictures = IntStream.range(0, count).mapToObj(index -> new Picture(classes.get(index % classes.size()) + "/"
                + index, index % classes.size())).toList();
    }

    /** The contributed set of 500 pictures. */
    public static final class Contributed implements Supplier<PictureSet> {
        @Override
        public PictureSet get() {
            return new StrokePictureSet(500);
        }
    }

    @Override
    public String name() {
        return "strokes";
    }

    @Override
    public List<Picture> pictures() {
        return pictures;
    }

    @Override
    public List<String> classes() {
        return Arrays.stream(Stroke.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')).toList();
    }

    private Batch drawn(int index) {
        Draws draws = new Draws(SEED + index);
        int kinds = Stroke.values().length;
        return new StrokePictures(draws).picture(Stroke.values()[index % kinds], RADII[index / kinds % RADII.length]);
    }

    /** Covers the seeds, and the colours of the first picture of each class: these change with what draws them. */
    @Override
    public Optional<String> hash(Progress progress) {
        ContentHash hash = new ContentHash();
        int classes = classes().size();
        for (int index = 0; index < pictures.size(); index++) {
            int checksum = index < classes ? Arrays.hashCode(drawn(index).values()) : 0;
            hash.add(pictures.get(index).name(), classes().get(index % classes), SEED + index, checksum);
        }
        return Optional.of(hash.hex());
    }

    @Override
    public PictureHeader header(int index) {
        return new PictureHeader("drawn", SIZE, SIZE);
    }

    @Override
    public void read(int index, Frame frame, Batch batch, int image) {
        Resampling.fit(Pixels.of(drawn(index)), frame, batch.values(), batch.offset(image, 0));
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
