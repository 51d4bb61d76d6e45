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
import org.loupe.demo.pictures.PartPictures.Subject;

/**
 * Animals, cars and their parts at one size, half of them on random backgrounds, for the hand-wired network of parts. Names
 * are those of the subject and its number, such as {@code wheel/12}.
 */
public final class PartPictureSet implements PictureSet {

    private static final int SIZE = LabelledPicture.SIZE;
    private static final Subject[] SUBJECTS = Subject.values();
    private static final long SEED = 77_000;

    private final List<Picture> pictures;

    /** So many pictures of each subject; subjects take turns. */
    public PartPictureSet(int each) {
        this.pictures = IntStream.range(0, each * SUBJECTS.length).mapToObj(index -> new Picture(
                label(SUBJECTS[index % SUBJECTS.length]) + "/" + index / SUBJECTS.length, index % SUBJECTS.length)).toList();
    }

    /** The contributed set: fifty pictures of each subject. */
    public static final class Contributed implements Supplier<PictureSet> {
        @Override
        public PictureSet get() {
            return new PartPictureSet(50);
        }
    }

    static String label(Subject subject) {
        return subject.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private Batch drawn(int index) {
        return new PartPictures(new Draws(SEED + index), index / SUBJECTS.length % 2 == 1)
                .picture(SUBJECTS[index % SUBJECTS.length]);
    }

    @Override
    public String name() {
        return "parts";
    }

    @Override
    public List<Picture> pictures() {
        return pictures;
    }

    @Override
    public List<String> classes() {
        return Arrays.stream(SUBJECTS).map(PartPictureSet::label).toList();
    }

    /** Covers the names, and the colours of the first picture of each subject: these change with the generator. */
    @Override
    public Optional<String> hash(Progress progress) {
        ContentHash hash = new ContentHash();
        for (int index = 0; index < pictures.size(); index++) {
            int checksum = index < SUBJECTS.length ? Arrays.hashCode(drawn(index).values()) : 0;
            hash.add(pictures.get(index).name(), classes().get(pictures.get(index).label()), SEED + index, checksum);
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

    /** The thing that a part belongs to: a dog, a car, a cat or a fox. */
    @Override
    public Optional<String> group(int index) {
        return Optional.of(group(SUBJECTS[pictures.get(index).label()]));
    }

    static String group(Subject subject) {
        return switch (subject) {
            case CAT -> "cat";
            case FOX -> "fox";
            case WINDOWS, WHEEL, WHEELS, CAR_BODY, CAR, CAR_UPSIDE_DOWN -> "car";
            default -> "dog";
        };
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
