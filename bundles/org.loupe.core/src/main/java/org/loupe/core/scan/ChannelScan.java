package org.loupe.core.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.loupe.core.Draws;

/**
 * What a scan has found about one channel. Immutable by agreement: nobody writes into the arrays.
 *
 * @param mean             of the activation over all positions of all pictures
 * @param variance         of the activation: mean square of the distance from its mean
 * @param firingPositions  share of positions where the activation is above zero
 * @param firingPictures   share of pictures with such a position
 * @param meanOfMaxima     mean over the pictures of the largest activation in each
 * @param varianceOfMaxima variance of the same
 * @param examples         the most exciting pictures, the strongest first; of equal ones that which comes first in the set
 * @param histogram        how many activations fell into each of the {@link Bins}
 * @param classes          for each class, in the order of the picture set
 * @param maxima           largest activation in each picture of the set; NaN where there is none
 * @param places           where it is in the channel's map, counted row by row; -1 where there is none
 * @param columns          width of the channel's map
 */
public record ChannelScan(double mean, double variance, double firingPositions, double firingPictures, double meanOfMaxima,
        double varianceOfMaxima, List<Example> examples, long[] histogram, List<OfClass> classes, float[] maxima,
        int[] places, int columns) {

    /**
     * How a channel answers to one class; NaN where no picture of it was read.
     *
     * @param mean of the largest activation in each picture of the class
     * @param area probability that such a picture excites the channel more than one of another class, equal ones counting
     *             half (area under the curve, AUC)
     */
    public record OfClass(double mean, double area) {
    }

    public ChannelScan {
        examples = List.copyOf(examples);
        classes = List.copyOf(classes);
    }

    /**
     * The activation that a share of positions does not exceed, to {@link Bins#RELATIVE_ERROR} of its size, as far as
     * sizes lie within the range of the {@link Bins}.
     *
     * @param share from 0 to 1
     */
    public double quantileOfPositions(double share) {
        long all = Arrays.stream(histogram).sum();
        long rank = (long) Math.floor(share * (all - 1));
        long below = 0;
        int bin = 0;
        while (bin < Bins.COUNT - 1 && below + histogram[bin] <= rank) {
            below += histogram[bin++];
        }
        return Math.min(Bins.middle(bin), examples.isEmpty() ? Double.POSITIVE_INFINITY : examples.get(0).value());
    }

    /**
     * How the activations at all positions are distributed, over steps of equal width; within each of the {@link Bins} they
     * count as evenly spread.
     *
     * @param from    where the first step begins
     * @param to      where the last step ends, greater than {@code from}
     * @param columns how many steps, at least 1
     * @return share of the positions in each step; what lies outside is left out
     */
    public double[] distribution(double from, double to, int columns) {
        double[] shares = new double[columns];
        double all = Arrays.stream(histogram).sum();
        double width = (to - from) / columns;
        for (int bin = 0; bin < histogram.length; bin++) {
            if (histogram[bin] > 0) {
                double low = Bins.lower(bin);
                double high = Math.max(Bins.upper(bin), low + Float.MIN_NORMAL);
                int last = (int) Math.min(columns - 1, Math.floor((high - from) / width));
                for (int column = (int) Math.max(0, Math.floor((low - from) / width)); column <= last; column++) {
                    double part = Math.min(high, from + (column + 1) * width) - Math.max(low, from + column * width);
                    shares[column] += bin == Bins.ZERO ? histogram[bin] / all
                            : histogram[bin] / all * Math.max(0, Math.min(1, part / (high - low)));
                }
            }
        }
        return shares;
    }

    /** The largest activation that a share of pictures does not exceed; exact. */
    public double quantileOfPictures(double share) {
        return quantile(sortedMaxima(), share);
    }

    /**
     * The same of activations that are sorted already, for whoever asks more than once.
     *
     * @param sorted {@link #sortedMaxima}
     */
    public static double quantile(float[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.floor(share * (sorted.length - 1))];
    }

    /** The largest activations in the pictures that were read, in ascending order; a new array. */
    public float[] sortedMaxima() {
        float[] sorted = maxima.clone();
        // Puts what is not a number behind all numbers.
        Arrays.sort(sorted);
        return Arrays.copyOf(sorted, (int) IntStream.range(0, maxima.length).filter(this::isRead).count());
    }

    /** Share of the positions with an activation below this one, to the width of the {@link Bins}. */
    public double rankOfPositions(double value) {
        int bin = Bins.of((float) value);
        return (double) Arrays.stream(histogram, 0, bin).sum() / Arrays.stream(histogram).sum();
    }

    /** Share of the pictures that excite the channel less than this. */
    public double rank(double value) {
        long all = IntStream.range(0, maxima.length).filter(this::isRead).count();
        long below = IntStream.range(0, maxima.length).filter(picture -> maxima[picture] < value).count();
        return (double) below / all;
    }

    /**
     * Pictures of all degrees of excitement: the range of the largest activations is cut into steps of equal width, and of
     * each step as many pictures are drawn by chance, always the same ones.
     *
     * @param steps how many, at least 1
     * @param each  how many pictures of each step at most
     * @return a list for each step, from the least exciting one up, each sorted in the same way; empty where no picture is
     */
    public List<List<Example>> spectrum(int steps, int each) {
        List<PriorityQueue<Lot>> spectrum = new ArrayList<>();
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int picture = 0; picture < maxima.length; picture++) {
            if (isRead(picture)) {
                lowest = Math.min(lowest, maxima[picture]);
                highest = Math.max(highest, maxima[picture]);
            }
        }
        Comparator<Lot> byChance = Comparator.comparingLong(Lot::bits);
        for (int step = 0; step < steps; step++) {
            spectrum.add(new PriorityQueue<>(byChance.reversed()));
        }
        for (int picture = 0; picture < maxima.length; picture++) {
            if (isRead(picture)) {
                double part = highest == lowest ? 0 : (maxima[picture] - lowest) / (highest - lowest);
                PriorityQueue<Lot> drawn = spectrum.get((int) Math.min(steps - 1, part * steps));
                long bits = new Draws(picture).bits();
                if (drawn.size() < each) {
                    drawn.add(new Lot(bits, picture));
                } else if (each > 0 && bits < drawn.element().bits) {
                    drawn.remove();
                    drawn.add(new Lot(bits, picture));
                }
            }
        }
        return spectrum.stream().map(step -> step.stream().map(lot -> example(lot.picture))
                .sorted(Comparator.comparingDouble(Example::value).thenComparingInt(Example::picture)).toList()).toList();
    }

    /** What a picture has drawn: those with the least are taken. */
    private record Lot(long bits, int picture) {
    }

    /**
     * The pictures of some kind that excite the channel most, the strongest first; of equal ones that which comes first.
     *
     * @param isMeant whether a picture of the set is of that kind
     * @param most    how many at most
     */
    public List<Example> strongest(IntPredicate isMeant, int most) {
        return IntStream.range(0, maxima.length).filter(this::isRead).filter(isMeant).mapToObj(this::example)
                .sorted(Comparator.comparingDouble(Example::value).reversed().thenComparingInt(Example::picture)).limit(most)
                .toList();
    }

    /** Where a picture of the set excites the channel most. */
    private Example example(int picture) {
        return new Example(picture, places[picture] / columns, places[picture] % columns, maxima[picture]);
    }

    private boolean isRead(int picture) {
        return !Float.isNaN(maxima[picture]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelScan that && mean == that.mean && variance == that.variance
                && examples.equals(that.examples) && Arrays.equals(histogram, that.histogram)
                && classes.equals(that.classes) && Arrays.equals(maxima, that.maxima) && Arrays.equals(places, that.places);
    }

    @Override
    public int hashCode() {
        return 31 * examples.hashCode() + Arrays.hashCode(histogram);
    }
}
