package org.loupe.core.tuning;

import java.util.Arrays;

/**
 * What a unit answers while something turns once around. Immutable by agreement: nobody writes into the arrays.
 *
 * @param period  in degrees, after which everything is as before: 360 for a curve, 180 for a line
 * @param first   the angle of the first answer, in degrees
 * @param answers in equal steps once around, at least 3; NaN where nothing was measured yet
 */
public record TuningCurve(double period, double first, double[] answers) {

    /** Where the echo is looked for, to both sides of the opposite direction, in degrees. */
    private static final double ECHO_REACH = 45;

    private static final double LEAST_RESULTANT = .3;
    private static final double MOST_ECHO = .5;

    public TuningCurve {
        if (answers.length < 3 || !(period > 0)) {
            throw new IllegalArgumentException("A tuning curve has at least 3 answers, not " + answers.length);
        }
    }

    /** From one answer to the next, in degrees. */
    public double step() {
        return period / answers.length;
    }

    /** The angle of an answer, in degrees from 0 to the period. */
    public double angle(int index) {
        return around(first + index * step());
    }

    /** Whether everything was measured. */
    public boolean isWhole() {
        return Arrays.stream(answers).noneMatch(Double::isNaN);
    }

    /** The largest answer; NaN where not everything was measured. */
    public double highest() {
        return isWhole() ? answers[highestIndex()] : Double.NaN;
    }

    private int highestIndex() {
        int best = 0;
        for (int i = 1; i < answers.length; i++) {
            best = answers[i] > answers[best] ? i : best;
        }
        return best;
    }

    /**
     * The preferred angle: where a parabola through the largest answer and its neighbours peaks, in degrees. NaN for a
     * unit that answers nothing above zero.
     */
    public double peak() {
        if (!(highest() > 0)) {
            return Double.NaN;
        }
        int best = highestIndex();
        double before = rectified(best - 1);
        double after = rectified(best + 1);
        double bend = before - 2 * rectified(best) + after;
        double shift = bend < 0 ? Math.max(-.5, Math.min(.5, (before - after) / (2 * bend))) : 0;
        return around(first + (best + shift) * step());
    }

    /** The circular mean of the angles, each weighted by its answer, in degrees; NaN for a unit that does not answer. */
    public double mean() {
        double[] sum = sum();
        return sum[2] > 0 ? around(StrictMath.toDegrees(StrictMath.atan2(sum[1], sum[0])) * period / 360) : Double.NaN;
    }

    /** Length of the mean vector: 1 for a unit that answers one angle only, 0 for one that answers all alike. */
    public double resultant() {
        double[] sum = sum();
        return sum[2] > 0 ? Math.hypot(sum[0], sum[1]) / sum[2] : Double.NaN;
    }

    /** Whether one direction is preferred: the resultant is above 0.3, and the echo, where there is one, below 0.5. */
    public boolean isDirected() {
        return highest() > 0 && resultant() > LEAST_RESULTANT && !(echo() >= MOST_ECHO);
    }

    /** The sums of the answers along the directions of cosine and sine, and as they are. */
    private double[] sum() {
        double[] sum = new double[3];
        for (int i = 0; i < answers.length; i++) {
            double angle = 2 * Math.PI * (first + i * step()) / period;
            sum[0] += rectified(i) * StrictMath.cos(angle);
            sum[1] += rectified(i) * StrictMath.sin(angle);
            sum[2] += rectified(i);
        }
        return sum;
    }

    /**
     * The width at half of the largest answer, in degrees, interpolated between answers; the whole period where the unit
     * never answers less than that. NaN for a unit that does not answer.
     */
    public double width() {
        if (!(highest() > 0)) {
            return Double.NaN;
        }
        return Math.min(period, fall(1) + fall(-1));
    }

    /** How far it is from the largest answer to half of it, in degrees. */
    private double fall(int direction) {
        int best = highestIndex();
        double half = answers[best] / 2;
        for (int i = 1; i < answers.length; i++) {
            double here = rectified(best + direction * i);
            if (here < half) {
                double before = rectified(best + direction * (i - 1));
                return (i - (half - here) / (before - here)) * step();
            }
        }
        return period / 2;
    }

    /**
     * The largest answer within 45 degrees of the opposite direction, as a share of the largest of all. NaN for a unit that
     * does not answer, and where there is no opposite direction because half a turn changes nothing.
     */
    public double echo() {
        if (!(highest() > 0) || period < 360) {
            return Double.NaN;
        }
        double opposite = peak() + period / 2;
        double echo = 0;
        for (int i = 0; i < answers.length; i++) {
            if (apart(angle(i), opposite) <= ECHO_REACH) {
                echo = Math.max(echo, answers[i]);
            }
        }
        return echo / highest();
    }

    /** The share of angles at which the unit answers with more than zero. */
    public double firing() {
        return above(0);
    }

    /** The share of angles at which the unit answers with more than this. */
    public double above(double threshold) {
        return Arrays.stream(answers).filter(answer -> answer > threshold).count() / (double) answers.length;
    }

    /** The answer at any angle, interpolated, in degrees. */
    public double at(double angle) {
        double place = around(angle - first) / step();
        int below = (int) Math.floor(place);
        double share = place - below;
        return (1 - share) * answers[below % answers.length] + share * answers[(below + 1) % answers.length];
    }

    /** How far apart two angles are, in degrees, at most half a period. */
    public double apart(double one, double other) {
        double difference = around(one - other);
        return Math.min(difference, period - difference);
    }

    /** The answer at an index that may run around, not less than zero. */
    private double rectified(int index) {
        return Math.max(0, answers[Math.floorMod(index, answers.length)]);
    }

    private double around(double angle) {
        double around = angle - Math.floor(angle / period) * period;
        return around < period ? around : 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TuningCurve that && period == that.period && first == that.first
                && Arrays.equals(answers, that.answers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(answers);
    }
}
