package org.loupe.core.experiment;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How a unit that a person wrote is brought to the size of the one in whose place it comes: times a factor, plus a constant, and
 * rectified where that one is.
 */
record Scaling(double factor, double constant, boolean rectified) {

    /** As it is written. */
    static final Scaling NONE = new Scaling(1, 0, false);

    private static final int STEPS = 60;
    /** How far below all values a threshold is looked for, in doublings of their range. */
    private static final int FAR = 12;

    float of(float written) {
        double value = factor * written + constant;
        return (float) (rectified ? Math.max(0, value) : value);
    }

    /** The same for an expression. */
    String of(String expression) {
        if (equals(NONE)) {
            return expression;
        }
        String inner = number(factor) + " * " + expression + (constant < 0 ? " - " : " + ") + number(Math.abs(constant));
        return rectified ? "relu(" + inner + ")" : inner;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value).replaceFirst("(\\.\\d*?)0+(e|$)", "$1$2").replaceFirst("\\.(e|$)", "$1");
    }

    /** The one that gives the same mean and variance; nothing else of the unit is used. */
    static Scaling matched(float[] written, float[] unit, boolean rectified) {
        double mean = mean(unit, Double.NEGATIVE_INFINITY, 1);
        if (rectified) {
            return sparse(written, mean, mean == 0 ? 0 : mean(unit, 0, 2) / (mean * mean));
        }
        double own = mean(written, Double.NEGATIVE_INFINITY, 1);
        double spread = variance(written, own);
        double factor = spread == 0 ? 0 : Math.sqrt(variance(unit, mean) / spread);
        return new Scaling(factor, mean - factor * own, false);
    }

    /** Mean of what lies above a threshold, or of its square. */
    private static double mean(float[] values, double above, int power) {
        double sum = 0;
        for (float value : values) {
            double one = above == Double.NEGATIVE_INFINITY ? value : Math.max(0, value - above);
            sum += power == 1 ? one : one * one;
        }
        return values.length == 0 ? 0 : sum / values.length;
    }

    private static double variance(float[] values, double mean) {
        return Math.max(0, mean(values, Double.NEGATIVE_INFINITY, 2) - mean * mean);
    }

    /** The threshold is found by bisection: the higher it is, the larger the mean square is against the squared mean. */
    private static Scaling sparse(float[] written, double mean, double wanted) {
        double low = IntStream.range(0, written.length).mapToDouble(i -> written[i]).min().orElse(0);
        double high = IntStream.range(0, written.length).mapToDouble(i -> written[i]).max().orElse(0);
        if (mean == 0 || !(high > low)) {
            return new Scaling(0, mean, true);
        }
        low -= 4 * (high - low);
        for (int step = 0; step < STEPS; step++) {
            double middle = (low + high) / 2;
            double own = mean(written, middle, 1);
            boolean isSparse = own == 0 || mean(written, middle, 2) / (own * own) > wanted;
            low = isSparse ? low : middle;
            high = isSparse ? middle : high;
        }
        double own = mean(written, low, 1);
        double factor = own == 0 ? 0 : mean / own;
        return new Scaling(factor, -factor * low, true);
    }

    /**
     * The one that differs least from the unit, by the mean square. What says nothing about the unit becomes its mean; nothing is
     * turned over.
     */
    static Scaling fitted(float[] written, float[] unit, boolean rectified) {
        double mean = mean(unit, Double.NEGATIVE_INFINITY, 1);
        double own = mean(written, Double.NEGATIVE_INFINITY, 1);
        double spread = variance(written, own) * written.length;
        if (!(spread > 0)) {
            return new Scaling(0, mean, rectified);
        }
        if (rectified) {
            return nearest(written, unit);
        }
        double together = 0;
        for (int i = 0; i < written.length; i++) {
            together += (written[i] - own) * (unit[i] - mean);
        }
        double factor = Math.max(0, together / spread);
        return new Scaling(factor, mean - factor * own, false);
    }

    /**
     * For a threshold, the best factor follows from the sums over all that lies above it; so all thresholds are tried, from the
     * highest value down, and then far below the lowest, where what is rectified is a straight line and, at last, a constant.
     */
    private static Scaling nearest(float[] written, float[] unit) {
        int[] order = IntStream.range(0, written.length).boxed().sorted(Comparator.comparingDouble(i -> -written[i]))
                .mapToInt(Integer::intValue).toArray();
        Sums sums = new Sums();
        Scaling best = new Scaling(0, 0, true);
        double gain = 0;
        double range = written[order[0]] - written[order[order.length - 1]];
        for (int i = 0; i < order.length + FAR; i++) {
            boolean isBelow = i >= order.length;
            double threshold = isBelow ? written[order[order.length - 1]] - Math.scalb(range, i - order.length - 4) : written[order[i]];
            if (sums.gain(threshold) > gain) {
                gain = sums.gain(threshold);
                double factor = sums.factor(threshold);
                best = new Scaling(factor, -factor * threshold, true);
            }
            if (!isBelow) {
                sums.add(written[order[i]], unit[order[i]]);
            }
        }
        double mean = sums.ofUnits / order.length;
        return order.length * mean * mean > gain ? new Scaling(0, mean, true) : best;
    }

    /** Of all values above a threshold. */
    private static final class Sums {
        private long count;
        private double sum;
        private double squares;
        private double products;
        private double ofUnits;

        void add(double written, double unit) {
            count++;
            sum += written;
            squares += written * written;
            products += written * unit;
            ofUnits += unit;
        }

        private double with(double threshold) {
            return products - threshold * ofUnits;
        }

        private double own(double threshold) {
            return squares - 2 * threshold * sum + count * threshold * threshold;
        }

        /** The factor for which the difference is smallest. */
        double factor(double threshold) {
            return own(threshold) > 0 ? with(threshold) / own(threshold) : 0;
        }

        /** By how much the sum of squared differences is then below that of nothing at all. */
        double gain(double threshold) {
            return with(threshold) > 0 ? with(threshold) * factor(threshold) : 0;
        }
    }
}
