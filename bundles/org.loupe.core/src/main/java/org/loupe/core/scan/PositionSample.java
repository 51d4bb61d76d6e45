package org.loupe.core.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Positions of one channel's maps, drawn evenly from each of the {@link Bins} while all of them go by, so that any bins that are
 * taken together afterwards have a fair sample, too. The memory does not grow with the number of pictures.
 *
 * <p>Each position comes with a random priority, and those of the least priority are kept: at most one of a picture in a bin.
 */
final class PositionSample {

    private static final Comparator<Kept> BY_CHANCE = Comparator.comparingLong(Kept::priority)
            .thenComparingInt(kept -> kept.example().picture());

    private final int each;
    private final int most;
    private final long[] counts = new long[Bins.COUNT];
    private final List<List<Kept>> kept = new ArrayList<>(Collections.nCopies(Bins.COUNT, null));
    private float lowest = Float.POSITIVE_INFINITY;
    private float highest = Float.NEGATIVE_INFINITY;

    private record Kept(long priority, Example example) {
    }

    /** A sample for steps of so many positions each. */
    PositionSample(int each) {
        this.each = each;
        this.most = 2 * each;
    }

    /** Takes in one position; the positions of a picture come one after the other. */
    void add(float value, long priority, int picture, int row, int column) {
        if (Float.isNaN(value)) {
            return;
        }
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
        int bin = Bins.of(value);
        counts[bin]++;
        List<Kept> some = kept.get(bin);
        if (some == null) {
            some = new ArrayList<>(most);
            kept.set(bin, some);
        }
        if (some.size() == most && priority >= some.get(most - 1).priority) {
            return;
        }
        for (int i = 0; i < some.size(); i++) {
            if (some.get(i).example.picture() == picture) {
                if (some.get(i).priority <= priority) {
                    return;
                }
                some.remove(i);
            }
        }
        Kept one = new Kept(priority, new Example(picture, row, column, value));
        int place = Collections.binarySearch(some, one, BY_CHANCE);
        some.add(place < 0 ? -place - 1 : place, one);
        if (some.size() > most) {
            some.remove(most);
        }
    }

    /**
     * The whole range in steps: those below zero are as wide as each other, and so are those above, but for the width of the bins,
     * at whose edges all steps end.
     *
     * @param steps how many, at least 2
     * @return from the most negative values up; no steps where there was no position
     */
    List<ActivationSpectrum.Step> steps(int steps) {
        if (lowest > highest) {
            return List.of();
        }
        double[] edges = edges(steps);
        List<ActivationSpectrum.Step> found = new ArrayList<>();
        for (int step = 0; step + 1 < edges.length; step++) {
            int from = step == 0 ? 0 : binAt(edges[step]);
            int to = step + 2 == edges.length ? Bins.COUNT : binAt(edges[step + 1]);
            found.add(step(Math.max(lowest, edges[step]), Math.min(highest, edges[step + 1]), from, to));
        }
        return found;
    }

    private ActivationSpectrum.Step step(double from, double to, int firstBin, int endBin) {
        List<Kept> candidates = new ArrayList<>();
        for (int bin = firstBin; bin < endBin; bin++) {
            candidates.addAll(kept.get(bin) == null ? List.of() : kept.get(bin));
        }
        candidates.sort(BY_CHANCE);
        Set<Integer> pictures = new HashSet<>();
        List<Example> drawn = candidates.stream().map(Kept::example).filter(example -> pictures.add(example.picture())).limit(each)
                .sorted(Comparator.comparingDouble(Example::value).thenComparingInt(Example::picture)).toList();
        return new ActivationSpectrum.Step((float) from, (float) to,
                Arrays.stream(counts, firstBin, Math.max(firstBin, endBin)).sum(), drawn);
    }

    /** Where steps begin and end: zero is among them where there are values on both sides. */
    private double[] edges(int steps) {
        double below = Math.max(0, -lowest);
        double above = Math.max(0, highest);
        int negative = below == 0 ? 0 : above == 0 ? steps
                : (int) Math.max(1, Math.min(steps - 1, Math.round(steps * below / (below + above))));
        double[] edges = new double[steps + 1];
        for (int i = 0; i <= steps; i++) {
            double edge = i < negative ? -below * (negative - i) / negative
                    : i == negative ? 0 : above * (i - negative) / (steps - negative);
            edges[i] = i == 0 ? Math.min(lowest, 0) : i == steps ? Math.max(highest, 0) : Bins.lower(binAt(edge));
        }
        return edges;
    }

    /** The first bin that begins at a value or above it, as near as bins are. */
    private static int binAt(double value) {
        if (value == 0) {
            return Bins.ZERO;
        }
        int bin = Bins.of((float) value);
        return value - Bins.lower(bin) <= Bins.upper(bin) - value ? bin : bin + 1;
    }
}
