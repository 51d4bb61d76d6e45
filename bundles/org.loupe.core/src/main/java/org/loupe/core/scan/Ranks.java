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
     * The numbers of labelled pictures in their order.
     *
     * @param keys  each number in the upper half, in a form that is ordered without regard to signs; its class in the lower
     * @param count how many there are; what comes behind them does not count
     */
    record Order(long[] keys, int count) {

        private static final int ZERO = Integer.MIN_VALUE;

        /** How many of them are not above 0. */
        int notAboveZero() {
            int from = 0;
            int to = count;
            while (from < to) {
                int middle = (from + to) >>> 1;
                if (Integer.compareUnsigned(number(middle), ZERO) <= 0) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from;
        }

        private int number(int at) {
            return (int) (keys[at] >>> Integer.SIZE);
        }

        /** The index after the last number that equals the one at an index. */
        private int endOfEqual(int at) {
            int end = at + 1;
            while (end < count && number(end) == number(at)) {
                end++;
            }
            return end;
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
        return new Order(sorted(keys, count), count);
    }

    /**
     * For each class, the probability that a picture of it has a larger number than a picture of another class, equal ones
     * counting half: the area under the curve of hits against false alarms, from sums of ranks (Mann and Whitney 1947). Exact.
     *
     * @return for the numbers, and for the numbers with 0 instead of negative ones; NaN for a class that has no pictures, or all
     */
    double[][] areas(Order order) {
        long[] members = new long[classes];
        long[] below = new long[classes];
        long[] above = new long[classes];
        int zero = order.notAboveZero();
        addRanks(order, 0, zero, below, members);
        long[] tied = new long[classes];
        for (int label = 0; label < classes; label++) {
            tied[label] = members[label] * (zero + 1);
        }
        addRanks(order, zero, order.count, above, members);
        return new double[][] {areas(below, above, members, order.count), areas(tied, above, members, order.count)};
    }

    /** Adds twice the rank of each number to its class; equal ones have the rank in their middle. */
    private static void addRanks(Order order, int first, int last, long[] doubledRanks, long[] members) {
        int from = first;
        while (from < last) {
            int to = order.endOfEqual(from);
            for (int at = from; at < to; at++) {
                int label = (int) order.keys[at];
                members[label]++;
                doubledRanks[label] += from + to + 1;
            }
            from = to;
        }
    }

    private static double[] areas(long[] below, long[] above, long[] members, int count) {
        double[] areas = new double[members.length];
        for (int label = 0; label < areas.length; label++) {
            long doubledWins = below[label] + above[label] - members[label] * (members[label] + 1);
            areas[label] = doubledWins / (2.0 * members[label] * (count - members[label]));
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
