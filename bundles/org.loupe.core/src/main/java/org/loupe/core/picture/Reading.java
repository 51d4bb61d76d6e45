package org.loupe.core.picture;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.loupe.core.Batch;

/**
 * What came of reading several pictures.
 *
 * @param batch      those that could be read, or nothing where there was none
 * @param indexes    for each image of the batch, which picture of the set it is
 * @param unreadable the others
 */
public record Reading(Optional<Batch> batch, List<Integer> indexes, List<Unreadable> unreadable) {

    public Reading {
        indexes = List.copyOf(indexes);
        unreadable = List.copyOf(unreadable);
    }

    /** Leaves out the images at the end of a batch that nothing was read into. */
    static Reading of(Batch batch, List<Integer> indexes, List<Unreadable> unreadable) {
        int read = indexes.size();
        if (read == 0) {
            return new Reading(Optional.empty(), indexes, unreadable);
        }
        Batch filled = read == batch.images() ? batch : new Batch(read, batch.channels(), batch.rows(), batch.columns(),
                Arrays.copyOf(batch.values(), read * batch.imageSize()));
        return new Reading(Optional.of(filled), indexes, unreadable);
    }
}
