package org.loupe.core.factor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;
import org.loupe.core.factor.Clusters.Measure;

class GroupChoiceTest {

    private static final int COLUMNS = 60;

    /** Clouds of 20 points each, around corners that are far from each other, measured in deviations of a cloud. */
    private static Matrix clouds(int count, double apart, double[] scale, Draws draws) {
        Matrix points = Matrix.zeros(20 * count, COLUMNS);
        for (int row = 0; row < points.rows(); row++) {
            for (int column = 0; column < COLUMNS; column++) {
                points.values()[row * COLUMNS + column] = scale[column] * draws.gaussian()
                        + (column == row % count ? apart : 0);
            }
        }
        return points;
    }

    private static double[] even() {
        double[] scale = new double[COLUMNS];
        Arrays.fill(scale, 1);
        return scale;
    }

    @Test
    void asManyGroupsAsThereAreClouds() {
        for (int count = 2; count <= 4; count++) {
            Matrix points = clouds(count, 16, even(), new Draws(count));
            GroupChoice choice = GroupChoice.of(points, 6, Measure.DISTANCE, new Draws(0));
            assertEquals(count, choice.clusters().count());
            for (int point = 0; point < points.rows(); point++) {
                assertEquals(choice.clusters().groups().get(point % count), choice.clusters().groups().get(point));
            }
        }
    }

    @Test
    void oneCloudIsOneGroup() {
        int several = 0;
        for (int seed = 0; seed < 10; seed++) {
            Matrix points = clouds(2, 0, even(), new Draws(100 + seed));
            several += GroupChoice.of(points, 4, Measure.DISTANCE, new Draws(seed)).clusters().count() > 1 ? 1 : 0;
        }
        assertEquals(0, several);
    }

    @Test
    void aLongCloudFallsInHalvesThatAreNoTighterThanThoseOfOne() {
        double[] scale = even();
        scale[0] = 30;
        GroupChoice choice = GroupChoice.of(clouds(5, 0, scale, new Draws(1)), 2, Measure.DISTANCE, new Draws(0));
        assertTrue(choice.tried().get(0).strength() > .6, choice.tried().toString());
        assertTrue(choice.tried().get(0).chance() > GroupChoice.LEVEL, choice.tried().toString());
        assertEquals(1, choice.clusters().count(), choice.tried().toString());
    }

    @Test
    void fewPointsAreOneGroup() {
        GroupChoice choice = GroupChoice.of(Matrix.of(new double[] {0}, new double[] {9}), 4, Measure.DISTANCE, new Draws(0));
        assertEquals(1, choice.clusters().count());
        assertEquals(0, choice.excess());
        assertTrue(choice.tried().isEmpty());
    }

    @Test
    void productsOfRowsSurviveCompression() {
        Matrix points = clouds(1, 3, even(), new Draws(4));
        Matrix brief = GroupChoice.compressed(points);
        assertEquals(20, brief.columns());
        for (int a = 0; a < 20; a++) {
            for (int b = 0; b < 20; b++) {
                assertEquals(points.dot(a, points, b), brief.dot(a, brief, b), 1e-8);
            }
        }
    }
}
