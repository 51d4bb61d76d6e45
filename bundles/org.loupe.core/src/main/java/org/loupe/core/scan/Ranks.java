package org.loupe.core.scan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Compares the numbers of pictures of different classes by their order only. */
final class Ranks {

    private static final int DIGIT = 11;
    private static final int DIGITS = 3;

    private final int[] labels;
    private final int classes;
    private final int[] byLabel;

    /**
     * @param labels the class of each picture, or a negative number; such pictures are left out
     */
    Ranks(int[] labels, int classes) {
        this.labels = labels;
        this.classes = classes;
        this.byLabel = IntStream.range(0, labels.length).filter(picture -> labels[picture] >= 0).boxed()
                .sorted(Comparator.comparingInt(picture -> labels[picture])).mapToInt(Integer::intValue).toArray();
    }

    /**
     * The numbers of labelled pictures in their order, equal ones in that of the classes.
     *
     * @param keys each with its class in the lower half
     */
    record Order(long[] keys, int count, int classes) {

        private static final int ZERO = Integer.MIN_VALUE;

        /** The order that there is when all negative numbers become 0. */
        Order rectified() {
            int below = 0;
            while (below < count && Integer.compareUnsigned((int) (keys[below] >>> Integer.SIZE), ZERO) <= 0) {
                below++;
            }
            int[] members = new int[classes];
            for (int i = 0; i < below; i++) {
                members[(int) keys[i]]++;
            }
            long[] rectified = keys.clone();
            int next = 0;
            for (int label = 0; label < classes; label++) {
                Arrays.fill(rectified, next, next + members[label], (long) ZERO << Integer.SIZE | label);
                next += members[label];
            }
            return new Order(rectified, count, classes);
        }
    }

    /**
     * Sorts the numbers.
     *
     * @param values one for each picture; NaN where there is none
     */
    Order order(float[] values) {
        long[] keys = new long[byLabel.length];
        int count = 0;
        for (int picture : byLabel) {
            if (!Float.isNaN(values[picture])) {
                // Adding zero makes the two zeros the same.
                int bits = Float.floatToRawIntBits(values[picture] + 0f);
                int ordered = bits ^ (bits >> 31 | Integer.MIN_VALUE);
                keys[count++] = (long) ordered << Integer.SIZE | labels[picture];
            }
        }
        return new Order(sorted(keys, count), count, classes);
    }

    /**
     * For each class, the probability that a picture of it has a larger number than a picture of another class, equal ones
     * counting half: the area under the curve of hits against false alarms (Mann and Whitney 1947). Exact.
     *
     * @return NaN for a class that has no pictures, or all
     */
    double[] areas(Order order) {
        long[] sorted = order.keys;
        int count = order.count;
        long[] members = new long[classes];
        long[] doubledWins = new long[classes];
        for (int from = 0; from < count;) {
            int to = from;
            while (to < count && sorted[to] >> Integer.SIZE == sorted[from] >> Integer.SIZE) {
                to++;
            }
            // Of equal values, those of one class lie together.
            for (int at = from; at < to;) {
                int label = (int) sorted[at];
                int first = at;
                while (at < to && (int) sorted[at] == label) {
                    at++;
                }
                long below = from - members[label];
                long equal = to - from - (at - first);
                doubledWins[label] += (at - first) * (2 * below + equal);
            }
            for (int at = from; at < to; at++) {
                members[(int) sorted[at]]++;
            }
            from = to;
        }
        double[] areas = new double[classes];
        for (int label = 0; label < classes; label++) {
            areas[label] = doubledWins[label] / (2.0 * members[label] * (count - members[label]));
        }
        return areas;
    }

    /** Sorts by the upper half, seen as a number without sign, digit by digit; equal ones stay in their order. */
    private static long[] sorted(long[] keys, int count) {
        long[] from = keys;
        long[] to = new long[count];
        int[][] places = new int[DIGITS][(1 << DIGIT) + 1];
        for (int i = 0; i < count; i++) {
            int key = (int) (keys[i] >>> Integer.SIZE);
            for (int digit = 0; digit < DIGITS; digit++) {
                places[digit][(key >>> digit * DIGIT & (1 << DIGIT) - 1) + 1]++;
            }
        }
        for (int digit = 0; digit < DIGITS; digit++) {
            int shift = Integer.SIZE + digit * DIGIT;
            int[] next = places[digit];
            for (int value = 0; value < 1 << DIGIT; value++) {
                next[value + 1] += next[value];
            }
            for (int i = 0; i < count; i++) {
                to[next[(int) (from[i] >>> shift) & (1 << DIGIT) - 1]++] = from[i];
            }
            long[] free = from;
            from = to;
            to = free;
        }
        return from;
    }
}
