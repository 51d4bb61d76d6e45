package org.loupe.core.dictionary;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.loupe.core.scan.Groups;

/**
 * How strongly units answer pictures: for each unit and picture the largest value at any position, and which part is to be
 * seen there.
 */
final class Strongest {

    /** With fewer pictures that excite it, nothing is said about a unit. */
    static final int FEWEST = 10;

    private final float[][] values;
    private final short[][] parts;

    /** @param units with no picture seen yet */
    Strongest(int units, int pictures) {
        values = new float[units][pictures];
        parts = new short[units][pictures];
    }

    int units() {
        return values.length;
    }

    /** The largest value for each picture, 0 where it is not positive. */
    float[] values(int unit) {
        return values[unit];
    }

    /**
     * Adds one picture.
     *
     * @param answers of shape (position, unit), those of several pictures one after the other
     * @param from    index of the picture's first position
     * @param seen    for each position which part is seen there; 0 for none
     */
    void add(int picture, float[] answers, int from, short[] seen) {
        int units = values.length;
        for (int position = 0; position < seen.length; position++) {
            int at = (from + position) * units;
            for (int unit = 0; unit < units; unit++) {
                if (answers[at + unit] > values[unit][picture]) {
                    values[unit][picture] = answers[at + unit];
                    parts[unit][picture] = seen[position];
                }
            }
        }
    }

    /** The pictures that excite a unit most, the strongest first; fewer where fewer excite it at all. */
    int[] best(int unit, int most) {
        float[] own = values[unit];
        return IntStream.range(0, own.length).filter(picture -> own[picture] > 0).boxed()
                .sorted(Comparator.comparingDouble((Integer picture) -> -own[picture]).thenComparingInt(picture -> picture))
                .limit(most).mapToInt(Integer::intValue).toArray();
    }

    /** The units of which enough is known. */
    int[] judged(int most) {
        return IntStream.range(0, units()).filter(unit -> best(unit, most).length >= FEWEST).toArray();
    }

    /** Whether two groups of pictures excite a unit ({@link Groups#areTwo}). */
    boolean isOfTwoGroups(int unit, List<Optional<String>> groups, int most) {
        return Groups.areTwo(Groups.of(Arrays.stream(best(unit, most)).mapToObj(groups::get).toList(), 2));
    }

    /** Of a unit's pictures, the share in which the same part is where the unit answers most: the most frequent part. */
    double sharePart(int unit, int most) {
        int[] best = best(unit, most);
        Map<Short, Integer> counts = new HashMap<>();
        for (int picture : best) {
            if (parts[unit][picture] > 0) {
                counts.merge(parts[unit][picture], 1, Integer::sum);
            }
        }
        return (double) counts.values().stream().mapToInt(Integer::intValue).max().orElse(0) / best.length;
    }

    /**
     * The ranks of a unit's answers to some pictures, from 0, equal answers sharing theirs.
     *
     * @param pictures which pictures
     * @return one for each of them
     */
    double[] ranks(int unit, int[] pictures) {
        float[] own = values[unit];
        long[] keys = new long[pictures.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) Float.floatToIntBits(own[pictures[i]]) << 32 | i;
        }
        Arrays.sort(keys);
        double[] ranks = new double[pictures.length];
        for (int from = 0; from < keys.length;) {
            int to = from;
            while (to < keys.length && keys[to] >>> 32 == keys[from] >>> 32) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[(int) keys[i]] = (from + to - 1) / 2.0;
            }
            from = to;
        }
        return ranks;
    }

    /**
     * The probability that one of some pictures has a larger rank than one of the others, equal ranks counting one half (the
     * area under the ROC curve).
     *
     * @param some for each rank, whether it is that of one of the pictures; neither all nor none
     */
    static double auc(double[] ranks, boolean[] some) {
        double sum = 0;
        double count = 0;
        for (int i = 0; i < ranks.length; i++) {
            if (some[i]) {
                sum += ranks[i];
                count++;
            }
        }
        return (sum - count * (count - 1) / 2) / (count * (ranks.length - count));
    }
}
