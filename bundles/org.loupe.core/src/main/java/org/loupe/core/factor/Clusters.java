package org.loupe.core.factor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.loupe.core.Draws;

/**
 * Points in groups, each around its centre: k-means (Lloyd 1982), started by spread-out points (k-means++, Arthur and
 * Vassilvitskii 2007). The largest group comes first.
 *
 * @param groups  the group of each point, from 0
 * @param centres (group, column)
 * @param spread  sum of the squared distances between the points and their centres
 */
public record Clusters(List<Integer> groups, Matrix centres, double spread) {

    private static final int TRIES = 8;
    private static final int MOST_ROUNDS = 100;

    public Clusters {
        groups = List.copyOf(groups);
    }

    /** What makes points alike. */
    public enum Measure {
        /** They are near each other. */
        DISTANCE,
        /** They point in the same direction from 0, however far: points and centres have length 1 (spherical k-means). */
        DIRECTION
    }

    /** Number of groups. */
    public int count() {
        return centres.rows();
    }

    /** The points of a group, in their order. */
    public List<Integer> members(int group) {
        return IntStream.range(0, groups.size()).filter(point -> groups.get(point) == group).boxed().toList();
    }

    /**
     * Finds groups.
     *
     * @param points (point, column)
     * @param count  number of groups, at least 1 and at most as many as there are points
     * @param random where the search starts; the best of eight is kept
     * @throws IllegalArgumentException when the count does not fit
     */
    public static Clusters of(Matrix points, int count, Measure measure, Draws random) {
        if (count < 1 || count > points.rows()) {
            throw new IllegalArgumentException(points.rows() + " points make 1 to " + points.rows() + " groups, not "
                    + count + ".");
        }
        Matrix measured = measure == Measure.DIRECTION ? points.unitRows() : points;
        Clusters best = null;
        for (int attempt = 0; attempt < (count == 1 ? 1 : TRIES); attempt++) {
            Clusters found = settle(measured, firstCentres(measured, count, random.split(attempt)), measure);
            best = best == null || found.spread < best.spread ? found : best;
        }
        return best.ordered();
    }

    /** The group whose centre is nearest to a point, the first of equals. */
    public int nearest(Matrix points, int point) {
        int nearest = 0;
        for (int group = 1; group < count(); group++) {
            if (distance(points, point, centres, group) < distance(points, point, centres, nearest)) {
                nearest = group;
            }
        }
        return nearest;
    }

    static double distance(Matrix points, int point, Matrix others, int other) {
        double sum = 0;
        int columns = points.columns();
        for (int column = 0; column < columns; column++) {
            double difference = points.values()[point * columns + column] - others.values()[other * columns + column];
            sum += difference * difference;
        }
        return sum;
    }

    private static Matrix firstCentres(Matrix points, int count, Draws random) {
        List<Integer> chosen = new ArrayList<>(List.of(random.below(points.rows())));
        double[] far = new double[points.rows()];
        Arrays.fill(far, Double.POSITIVE_INFINITY);
        while (chosen.size() < count) {
            for (int point = 0; point < far.length; point++) {
                far[point] = Math.min(far[point], distance(points, point, points, chosen.get(chosen.size() - 1)));
            }
            boolean differ = Arrays.stream(far).sum() > 0;
            chosen.add(differ ? random.pick(far) : random.below(points.rows()));
        }
        return points.rows(chosen);
    }

    private static Clusters settle(Matrix points, Matrix first, Measure measure) {
        Clusters clusters = new Clusters(List.of(), first, 0);
        int[] groups = new int[0];
        for (int round = 0; round < MOST_ROUNDS; round++) {
            int[] nearest = clusters.nearest(points);
            fillEmpty(points, clusters.centres, nearest);
            if (Arrays.equals(nearest, groups)) {
                break;
            }
            groups = nearest;
            clusters = new Clusters(List.of(), centres(points, groups, first.rows(), measure), 0);
        }
        double spread = 0;
        for (int point = 0; point < groups.length; point++) {
            spread += distance(points, point, clusters.centres, groups[point]);
        }
        return new Clusters(Arrays.stream(groups).boxed().toList(), clusters.centres, spread);
    }

    private int[] nearest(Matrix points) {
        return IntStream.range(0, points.rows()).map(point -> nearest(points, point)).toArray();
    }

    /** A group without points takes the point that is farthest from its centre, of a group that has others. */
    private static void fillEmpty(Matrix points, Matrix centres, int[] groups) {
        int[] sizes = new int[centres.rows()];
        Arrays.stream(groups).forEach(group -> sizes[group]++);
        for (int group = 0; group < sizes.length; group++) {
            int farthest = -1;
            for (int point = 0; sizes[group] == 0 && point < groups.length; point++) {
                if (sizes[groups[point]] > 1 && (farthest < 0 || distance(points, point, centres, groups[point])
                        > distance(points, farthest, centres, groups[farthest]))) {
                    farthest = point;
                }
            }
            if (farthest >= 0) {
                sizes[groups[farthest]]--;
                sizes[group]++;
                groups[farthest] = group;
            }
        }
    }

    private static Matrix centres(Matrix points, int[] groups, int count, Measure measure) {
        Matrix centres = Matrix.zeros(count, points.columns());
        int[] sizes = new int[count];
        for (int point = 0; point < groups.length; point++) {
            sizes[groups[point]]++;
            for (int column = 0; column < points.columns(); column++) {
                centres.values()[groups[point] * points.columns() + column] += points.at(point, column);
            }
        }
        for (int i = 0; i < centres.values().length; i++) {
            centres.values()[i] /= Math.max(1, sizes[i / points.columns()]);
        }
        return measure == Measure.DIRECTION ? centres.unitRows() : centres;
    }

    private Clusters ordered() {
        List<Integer> order = new ArrayList<>(IntStream.range(0, count()).boxed().toList());
        order.sort(Comparator.comparingInt((Integer group) -> -members(group).size())
                .thenComparingInt(group -> groups.indexOf(group)));
        return new Clusters(groups.stream().map(order::indexOf).toList(), centres.rows(order), spread);
    }
}
