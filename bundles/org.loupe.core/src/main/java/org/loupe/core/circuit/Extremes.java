package org.loupe.core.circuit;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.loupe.core.Batch;

/**
 * Where a channel is strongest on each picture and where weakest, and which pictures excite or inhibit it most.
 *
 * @param peaks      for each picture, the position of the largest sum
 * @param troughs    for each picture, the position of the smallest sum
 * @param exciting   all pictures, that with the largest peak first
 * @param inhibiting all pictures, that with the smallest trough first
 */
record Extremes(int[] peaks, int[] troughs, List<Integer> exciting, List<Integer> inhibiting) {

    static Extremes of(Batch sums, int channel) {
        int[] peaks = positions(sums, channel, 1);
        int[] troughs = positions(sums, channel, -1);
        return new Extremes(peaks, troughs, order(sums, channel, peaks, -1), order(sums, channel, troughs, 1));
    }

    private static int[] positions(Batch sums, int channel, int sign) {
        return IntStream.range(0, sums.images()).map(image -> {
            int from = sums.offset(image, channel);
            int best = 0;
            for (int position = 1; position < sums.area(); position++) {
                if (sign * sums.values()[from + position] > sign * sums.values()[from + best]) {
                    best = position;
                }
            }
            return best;
        }).toArray();
    }

    private static List<Integer> order(Batch sums, int channel, int[] positions, int sign) {
        return IntStream.range(0, sums.images()).boxed().sorted(Comparator.comparingDouble(
                image -> sign * sums.values()[sums.offset(image, channel) + positions[image]])).toList();
    }
}
