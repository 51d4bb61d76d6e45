package org.loupe.demo.pictures;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.picture.ContentHash;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Pixels;
import org.loupe.core.picture.Resampling;

/** Pictures that are drawn whenever they are read, each from a seed of its own: that of the set and the picture's index. */
abstract sealed class DrawnOnDemand implements PictureSet permits PartPictureSet, ScatteredParts, StrokePictureSet {

    private static final int SIZE = LabelledPicture.SIZE;

    private final String name;
    private final long seed;
    private final int turn;
    private final List<String> classes;
    private final List<Picture> pictures;

    /** @param turn after so many pictures, what is drawn has come once */
    DrawnOnDemand(String name, long seed, int turn, List<String> classes, List<Picture> pictures) {
        this.name = name;
        this.seed = seed;
        this.turn = turn;
        this.classes = classes;
        this.pictures = pictures;
    }

    /** The colours of a picture, (1, 3, rows, columns). */
    abstract Batch drawn(int index);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<Picture> pictures() {
        return pictures;
    }

    @Override
    public final List<String> classes() {
        return classes;
    }

    /** Covers the seeds, and the colours of the first turn: these change with what draws them. */
    @Override
    public final Optional<String> hash(Progress progress) {
        ContentHash hash = new ContentHash();
        for (int index = 0; index < pictures.size(); index++) {
            int checksum = index < turn ? Arrays.hashCode(drawn(index).values()) : 0;
            hash.add(pictures.get(index).name(), classes.get(pictures.get(index).label()), seed + index, checksum);
        }
        return Optional.of(hash.hex());
    }

    @Override
    public final PictureHeader header(int index) {
        return new PictureHeader("drawn", SIZE, SIZE);
    }

    @Override
    public final void read(int index, Frame frame, Batch batch, int image) {
        Resampling.fit(Pixels.of(drawn(index)), frame, batch.values(), batch.offset(image, 0));
    }

    @Override
    public final void close() {
        // Nothing is open.
    }
}
