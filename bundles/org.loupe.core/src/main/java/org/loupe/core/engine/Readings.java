package org.loupe.core.engine;

import java.util.Map;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.network.Tap;

/**
 * Activations, or gradients with respect to them, at a set of taps.
 *
 * @param batches one for each tap, of the shape (image, channel, row, column)
 */
public record Readings(Map<Tap, Batch> batches) {

    /** Nothing was read. */
    public static final Readings NONE = new Readings(Map.of());

    public Readings {
        batches = Map.copyOf(batches);
    }

    /** The taps that were read. */
    public Set<Tap> taps() {
        return batches.keySet();
    }

    /**
     * What was read at one tap.
     *
     * @throws IllegalArgumentException when the tap was not asked for
     */
    public Batch at(Tap tap) {
        Batch batch = batches.get(tap);
        if (batch == null) {
            throw new IllegalArgumentException("Nothing was read at " + tap + ", only at " + batches.keySet());
        }
        return batch;
    }
}
