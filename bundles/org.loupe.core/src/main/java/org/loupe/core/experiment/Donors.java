package org.loupe.core.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;

/** What other pictures of a set have at taps. */
record Donors(Session session, PictureSet set, Frame frame) {

    /** For each of some pictures, what another one has there that belongs to it by chance. */
    Map<Tap, Batch> others(List<Integer> indexes, Set<Tap> taps, Draws draws) {
        return new HashMap<>(session.activations(pictures(indexes, draws), taps).batches());
    }

    /** For each of some pictures another one that belongs to it by chance. */
    Batch pictures(List<Integer> indexes, Draws draws) {
        Batch pictures = Batch.zeros(indexes.size(), frame.channels(), frame.rows(), frame.columns());
        for (int image = 0; image < indexes.size(); image++) {
            Batch donor = other(indexes.get(image), draws);
            System.arraycopy(donor.values(), 0, pictures.values(), image * pictures.imageSize(), pictures.imageSize());
        }
        return pictures;
    }

    /**
     * What one picture has there.
     *
     * @param name of the picture, or its number
     * @throws IllegalArgumentException when there is none, or it cannot be read
     */
    Map<Tap, Batch> of(String name, Set<Tap> taps) {
        int index = IntStream.range(0, set.pictures().size()).filter(i -> set.pictures().get(i).name().equals(name)).findFirst()
                .orElseGet(() -> name.matches("\\d{1,9}") && Integer.parseInt(name) < set.pictures().size()
                        ? Integer.parseInt(name) : -1);
        Optional<Batch> picture = index < 0 ? Optional.empty() : set.read(index, index + 1, frame).batch();
        return session.activations(picture.orElseThrow(() -> new IllegalArgumentException(name.isBlank()
                ? "From which picture? Name it with --donor: its name in the set, or a number from 0 to "
                        + (set.pictures().size() - 1) + "."
                : "There is no picture " + name + " in " + set.name() + " that can be read. Write its name, such as "
                        + set.pictures().get(0).name() + ", or a number from 0 to " + (set.pictures().size() - 1) + ".")), taps)
                .batches();
    }

    /** A picture other than this one; where it cannot be read, the next that can. */
    private Batch other(int index, Draws draws) {
        int total = set.pictures().size();
        int first = draws.split(index).below(total - 1);
        for (int tried = 0; tried < total - 1; tried++) {
            int other = (first + tried) % (total - 1);
            other += other >= index ? 1 : 0;
            Optional<Batch> read = set.read(other, other + 1, frame).batch();
            if (read.isPresent()) {
                return read.get();
            }
        }
        throw new IllegalArgumentException("Only one picture of " + set.name() + " can be read; there is no other to take"
                + " activations from.");
    }
}
