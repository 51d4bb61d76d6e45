package org.loupe.core.circuit;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Things in the order of their scores, held against which of them are true.
 *
 * @param truths for each thing, best score first, whether it is true; at least one is
 */
public record Ranking(List<Boolean> truths) {

    public Ranking {
        truths = List.copyOf(truths);
        if (!truths.contains(true)) {
            throw new IllegalArgumentException("Nothing that is ranked is true");
        }
    }

    /**
     * Ranks by score, of equal ones the lower index first.
     *
     * @param scores by index
     * @param truth  which indices are true
     */
    public static Ranking of(double[] scores, Set<Integer> truth) {
        return new Ranking(IntStream.range(0, scores.length).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i])).map(truth::contains).toList());
    }

    /** How many are true. */
    public int positives() {
        return (int) truths.stream().filter(truth -> truth).count();
    }

    /** The mean, over all that are true, of the precision at their ranks; from 0 to 1. */
    public double averagePrecision() {
        double sum = 0;
        int found = 0;
        for (int rank = 0; rank < truths.size(); rank++) {
            if (truths.get(rank)) {
                found++;
                sum += (double) found / (rank + 1);
            }
        }
        return sum / found;
    }

    /** The share of true ones among the first so many. */
    public double precision(int first) {
        return (double) found(first) / Math.min(first, truths.size());
    }

    /** The share of all true ones that is among the first so many. */
    public double recall(int first) {
        return (double) found(first) / positives();
    }

    private long found(int first) {
        return truths.stream().limit(first).filter(truth -> truth).count();
    }
}
