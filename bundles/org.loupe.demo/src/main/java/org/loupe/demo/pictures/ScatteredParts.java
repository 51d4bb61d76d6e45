package org.loupe.demo.pictures;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureSet;
import org.loupe.demo.pictures.PartPictures.Subject;

/**
 * Animals, cars and their parts on plain grey, up to seven pixels from the middle, for a dictionary of the parts: cats come twice
 * and foxes four times as often as anything else, for they have no parts in common with others.
 */
public final class ScatteredParts extends DrawnOnDemand {

    private static final int COUNT = 160;
    private static final double FAR = 5;
    private static final List<Subject> SUBJECTS = Stream.concat(Stream.of(Subject.values()),
            Stream.of(Subject.CAT, Subject.FOX, Subject.FOX, Subject.FOX)).toList();

    public ScatteredParts() {
        super("scattered-parts", 0, SUBJECTS.size(), PartPictureSet.LABELS, IntStream.range(0, COUNT).mapToObj(index ->
                new Picture(PartPictureSet.label(subject(index)) + "/" + index, subject(index).ordinal())).toList());
    }

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

    @Override
    Batch drawn(int index) {
        Draws draws = new Draws(index);
        return new PartPictures(draws, false).picture(subject(index), draws.uniform(-FAR, FAR), draws.uniform(-FAR, FAR));
    }

    @Override
    public Optional<String> group(int index) {
        return Optional.of(PartPictureSet.group(subject(index)));
    }
}
