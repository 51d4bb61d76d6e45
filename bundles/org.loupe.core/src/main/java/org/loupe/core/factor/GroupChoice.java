package org.loupe.core.factor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.loupe.core.Draws;
import org.loupe.core.factor.Clusters.Measure;

/**
 * Points in as many groups as they fall into by themselves; that may be one.
 *
 * <p>More than one group must pass two tests. They must be found again: the points are halved at random, and two points
 * of one half that its own groups keep together must be kept together by the other half's centres, too, in the worst
 * group of either half and in the mean over halvings in at least {@link #STABLE} of the pairs (prediction strength,
 * Tibshirani and Walther 2005). And they must be tighter than if there were one group less: each of those fewer groups is
 * replaced by a cloud, points from a normal distribution of the same mean and covariance, and grouped likewise, many times
 * (SigClust, Liu et al. 2008). Of the numbers that pass both, the largest is taken.
 *
 * @param clusters the groups
 * @param tried    what was found for each number of groups from 2 on
 */
public record GroupChoice(Clusters clusters, List<Tried> tried) {

    /** The least prediction strength of groups that count as found again. */
    public static final double STABLE = .8;

    /** The largest chance of fewer clouds to make groups as tight that counts as none. */
    public static final double LEVEL = .05;

    private static final int HALVINGS = 20;
    private static final int CLOUDS = 59;

    /**
     * What was found for one number of groups.
     *
     * @param count    how many groups
     * @param strength prediction strength, 0 to 1; 1 when every halving finds the same groups
     * @param spread   the share of the points' variance that is left within the groups, 0 to 1
     * @param cloud    that share, in the mean, for points of one cloud less than there are groups
     * @param excess   by how many standard deviations of such clouds the groups are tighter than theirs
     * @param chance   that such clouds make groups as tight, counted over those drawn
     */
    public record Tried(int count, double strength, double spread, double cloud, double excess, double chance) {

        /** Whether these groups pass both tests. */
        public boolean isStable() {
            return strength >= STABLE && chance <= LEVEL;
        }
    }

    public GroupChoice {
        tried = List.copyOf(tried);
    }

    /** How much tighter two groups are than those of a single cloud, in its standard deviations; 0 for too few points. */
    public double excess() {
        return tried.isEmpty() ? 0 : tried.get(0).excess();
    }

    /**
     * Chooses.
     *
     * @param points (point, column)
     * @param most   the largest number of groups that is tried; fewer where groups would have fewer than three points
     */
    public static GroupChoice of(Matrix points, int most, Measure measure, Draws random) {
        Matrix brief = compressed(measure == Measure.DIRECTION ? points.unitRows() : points);
        List<Tried> tried = new ArrayList<>();
        int chosen = 1;
        int limit = Math.min(most, points.rows() / 6);
        for (int count = 2; count <= limit; count++) {
            Tried one = attempt(brief, count, measure, random.split(count));
            tried.add(one);
            chosen = one.isStable() ? count : chosen;
        }
        return new GroupChoice(Clusters.of(points, chosen, measure, random.split(1)), tried);
    }

    private static Tried attempt(Matrix points, int count, Measure measure, Draws random) {
        double strength = 0;
        for (int halving = 0; halving < HALVINGS; halving++) {
            strength += strength(points, count, measure, random.split(halving)) / HALVINGS;
        }
        Clusters fewer = Clusters.of(points, count - 1, measure, random.split(-2));
        double own = share(points, count, measure, random.split(-1));
        double sum = 0;
        double squares = 0;
        int asTight = 0;
        for (int i = 0; i < CLOUDS; i++) {
            Draws draws = random.split(1000 + i);
            double its = share(clouds(points, fewer, draws), count, measure, draws.split(0));
            sum += its;
            squares += its * its;
            asTight += its <= own ? 1 : 0;
        }
        double mean = sum / CLOUDS;
        double deviation = Math.sqrt(Math.max(0, squares / CLOUDS - mean * mean));
        return new Tried(count, strength, own, mean, deviation == 0 ? 0 : (mean - own) / deviation,
                (1.0 + asTight) / (1 + CLOUDS));
    }

    /** The share of the variance that is within the groups. */
    private static double share(Matrix points, int count, Measure measure, Draws random) {
        double whole = Clusters.of(points, 1, measure, random).spread();
        return whole <= 1e-12 * points.rows() ? 1 : Clusters.of(points, count, measure, random).spread() / whole;
    }

    /** Of the pairs in the worst group of either half, the share that the other half keeps together. */
    private static double strength(Matrix points, int count, Measure measure, Draws random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, points.rows()).boxed().toList());
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.below(i + 1));
        }
        Matrix one = points.rows(order.subList(0, order.size() / 2));
        Matrix other = points.rows(order.subList(order.size() / 2, order.size()));
        Clusters ofOne = Clusters.of(one, count, measure, random.split(0));
        Clusters ofOther = Clusters.of(other, count, measure, random.split(1));
        return Math.min(strength(one, ofOne, ofOther), strength(other, ofOther, ofOne));
    }

    private static double strength(Matrix points, Clusters own, Clusters others) {
        double worst = 1;
        for (int group = 0; group < own.count(); group++) {
            List<Integer> members = own.members(group);
            int together = 0;
            for (int a : members) {
                for (int b : members) {
                    together += a < b && others.nearest(points, a) == others.nearest(points, b) ? 1 : 0;
                }
            }
            int pairs = members.size() * (members.size() - 1) / 2;
            worst = pairs == 0 ? 0 : Math.min(worst, (double) together / pairs);
        }
        return worst;
    }

    /** As many points, where each group is a normal distribution of its mean and covariance. */
    private static Matrix clouds(Matrix points, Clusters groups, Draws random) {
        Matrix clouds = Matrix.zeros(points.rows(), points.columns());
        for (int group = 0; group < groups.count(); group++) {
            List<Integer> members = groups.members(group);
            Matrix own = points.rows(members);
            double[] mean = own.meanRow();
            double scale = 1 / Math.sqrt(members.size());
            for (int row : members) {
                System.arraycopy(mean, 0, clouds.values(), row * points.columns(), points.columns());
                for (int member = 0; member < members.size(); member++) {
                    double amount = scale * random.gaussian();
                    for (int column = 0; column < points.columns(); column++) {
                        clouds.values()[row * points.columns() + column] +=
                                amount * (own.at(member, column) - mean[column]);
                    }
                }
            }
        }
        return clouds;
    }

    /** The same products of rows with no more columns than rows: the Cholesky factor of those products. */
    static Matrix compressed(Matrix points) {
        int count = points.rows();
        if (points.columns() <= count) {
            return points;
        }
        Matrix factor = Matrix.zeros(count, count);
        double[] values = factor.values();
        double largest = IntStream.range(0, count).mapToDouble(row -> points.dot(row, points, row)).max().orElseThrow();
        for (int row = 0; row < count; row++) {
            for (int column = 0; column <= row; column++) {
                double rest = points.dot(row, points, column);
                for (int i = 0; i < column; i++) {
                    rest -= values[row * count + i] * values[column * count + i];
                }
                double corner = values[column * count + column];
                if (row == column) {
                    values[row * count + row] = rest > 1e-10 * largest ? Math.sqrt(rest) : 0;
                } else {
                    values[row * count + column] = corner > 0 ? rest / corner : 0;
                }
            }
        }
        return factor;
    }
}
