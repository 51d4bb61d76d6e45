package org.loupe.demo.pictures;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.loupe.demo.pictures.PartPictures.Subject;

/**
 * Animals, cars and their parts on plain grey, up to seven pixels from the middle, for a dictionary of the parts: cats come twice
 * and foxes four times as often as anything else, for they have no parts in common with others.
 */
public final class ScatteredParts implements PictureSet {

    private static final int SIZE = LabelledPicture.SIZE;
    private static final int COUNT = 160;
    private static final double FAR = 5;
    private static final List<Subject> SUBJECTS = Stream.concat(Stream.of(Subject.values()),
            Stream.of(Subject.CAT, Subject.FOX, Subject.FOX, Subject.FOX)).toList();

    private final List<Picture> pictures = IntStream.range(0, COUNT).mapToObj(index -> new Picture(
            PartPictureSet.label(subject(index)) + "/" + index, subject(index).ordinal())).toList();

    /** The contributed set. */
    public static final class Contributed implements Supplier<PictureSet> {
        @Override
        public PictureSet get() {
            return new ScatteredParts();
        }
    }

    private static Subject subject(int index) {
        return SUBJECTS.get(index % SUBJECTS.size());
    }

    private static Batch drawn(int index) {
        Draws draws = new Draws(index);
        return new PartPictures(draws, false).picture(subject(index), draws.uniform(-FAR, FAR), draws.uniform(-FAR, FAR));
    }

    @Override
    public String name() {
        return "scattered-parts";
    }

    @Override
    public List<Picture> pictures() {
        return pictures;
    }

    @Override
    public List<String> classes() {
        return Arrays.stream(Subject.values()).map(PartPictureSet::label).toList();
    }

    /** Covers the names, and the colours of the first picture of each subject: these change with the generator. */
    @Override
    public Optional<String> hash(Progress progress) {
        ContentHash hash = new ContentHash();
        for (int index = 0; index < COUNT; index++) {
            int checksum = index < SUBJECTS.size() ? Arrays.hashCode(drawn(index).values()) : 0;
            hash.add(pictures.get(index).name(), classes().get(pictures.get(index).label()), index, checksum);
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
    public Optional<String> group(int index) {
        return Optional.of(PartPictureSet.group(subject(index)));
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
