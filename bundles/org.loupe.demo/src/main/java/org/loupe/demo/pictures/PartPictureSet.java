package org.loupe.demo.pictures;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureSet;
import org.loupe.demo.pictures.PartPictures.Subject;

/**
 * Animals, cars and their parts at one size, half of them on random backgrounds, for the hand-wired network of parts. Names
 * are those of the subject and its number, such as {@code wheel/12}.
 */
public final class PartPictureSet extends DrawnOnDemand {

    static final List<String> LABELS = Arrays.stream(Subject.values()).map(PartPictureSet::label).toList();

    private static final Subject[] SUBJECTS = Subject.values();
    private static final long SEED = 77_000;

    /** So many pictures of each subject; subjects take turns. */
    public PartPictureSet(int each) {
        super("parts", SEED, SUBJECTS.length, LABELS, IntStream.range(0, each * SUBJECTS.length).mapToObj(index -> new Picture(
                LABELS.get(index % SUBJECTS.length) + "/" + index / SUBJECTS.length, index % SUBJECTS.length)).toList());
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

    @Override
    Batch drawn(int index) {
        return new PartPictures(new Draws(SEED + index), index / SUBJECTS.length % 2 == 1)
                .picture(SUBJECTS[index % SUBJECTS.length]);
    }

    /** The thing that a part belongs to: a dog, a car, a cat or a fox. */
    @Override
    public Optional<String> group(int index) {
        return Optional.of(group(SUBJECTS[pictures().get(index).label()]));
    }

    static String group(Subject subject) {
        return switch (subject) {
            case CAT -> "cat";
            case FOX -> "fox";
            case WINDOWS, WHEEL, WHEELS, CAR_BODY, CAR, CAR_UPSIDE_DOWN -> "car";
            default -> "dog";
        };
    }
}
