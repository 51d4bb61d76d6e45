package org.loupe.ui.examples;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.scan.ChannelScan;
import org.loupe.core.scan.Example;

/**
 * All pictures by how much they excite a channel, sorted once, in the background: there may be a million.
 *
 * @param sorted   largest activations in the pictures that were read, in ascending order
 * @param spectrum pictures drawn by chance, row by row: a column for each of {@link #STEPS} steps from the least to the most,
 *                 {@code null} where is none
 */
record Degrees(float[] sorted, List<Example> spectrum) {

    static final int STEPS = 6;

    private static final int EACH = 4;

    static Degrees of(ChannelScan channel) {
        List<List<Example>> steps = channel.spectrum(STEPS, EACH);
        List<Example> rows = new ArrayList<>();
        for (int row = 0; row < EACH; row++) {
            for (int step = 0; step < STEPS; step++) {
                rows.add(row < steps.get(step).size() ? steps.get(step).get(row) : null);
            }
        }
        return new Degrees(channel.sortedMaxima(), rows);
    }

    /** Share of the pictures that excite the channel less than this; NaN where none was read. */
    double share(double value) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return (double) from / sorted.length;
    }

    /** The largest activation that a share of the pictures does not exceed; NaN where none was read. */
    double quantile(double share) {
        return ChannelScan.quantile(sorted, share);
    }
}
