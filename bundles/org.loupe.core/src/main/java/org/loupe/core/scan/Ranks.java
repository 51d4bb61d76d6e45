package org.loupe.core.scan;

import java.util.Arrays;

/** Compares numbers by their order only. */
final class Ranks {

    private Ranks() {
    }

    /**
     * For each class, the probability that a picture of it has a larger number than a picture of another class, equal ones
     * counting half: the area under the curve of hits against false alarms (Mann and Whitney 1947). Exact.
     *
     * @param values NaN where there is none
     * @param labels the class of each, or a negative number; such pictures are left out
     * @return NaN for a class that has no pictures, or all
     */
    static double[] areas(float[] values, int[] labels, int classes) {
        long[] sorted = new long[values.length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (labels[i] >= 0 && !Float.isNaN(values[i])) {
                int bits = Float.floatToRawIntBits(values[i] + 0f);
                sorted[count++] = (long) (bits ^ bits >> 31 >>> 1) << Integer.SIZE | labels[i];
            }
        }
        Arrays.sort(sorted, 0, count);
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
}
