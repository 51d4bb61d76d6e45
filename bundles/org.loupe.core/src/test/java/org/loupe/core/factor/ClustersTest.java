package org.loupe.core.factor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;
import org.loupe.core.factor.Clusters.Measure;

class ClustersTest {

    @Test
    void pointsGoToTheNearestCentreAndCentresToTheirMean() {
        Matrix points = Matrix.of(new double[] {0}, new double[] {10}, new double[] {1}, new double[] {11},
                new double[] {12});
        Clusters clusters = Clusters.of(points, 2, Measure.DISTANCE, new Draws(0));
        assertEquals(List.of(1, 0, 1, 0, 0), clusters.groups());
        assertArrayEquals(new double[] {11, .5}, clusters.centres().column(0), 1e-12);
        assertEquals(2.5, clusters.spread(), 1e-12);
        assertEquals(List.of(0, 2), clusters.members(1));
    }

    @Test
    void lengthDoesNotCountInDirections() {
        Matrix points = Matrix.of(new double[] {1, 0}, new double[] {100, 1}, new double[] {0, 1}, new double[] {.1, 50});
        Clusters clusters = Clusters.of(points, 2, Measure.DIRECTION, new Draws(0));
        assertEquals(List.of(0, 0, 1, 1), clusters.groups());
        assertEquals(1, clusters.centres().dot(0, clusters.centres(), 0), 1e-12);
    }

    @Test
    void equalPointsStillMakeAsManyGroupsAsAsked() {
        Clusters clusters = Clusters.of(Matrix.zeros(4, 2), 3, Measure.DISTANCE, new Draws(0));
        assertEquals(3, clusters.groups().stream().distinct().count());
        assertEquals(0, clusters.spread());
    }

    @Test
    void moreGroupsThanPointsAreRefused() {
        String message = assertThrows(IllegalArgumentException.class,
                () -> Clusters.of(Matrix.zeros(2, 2), 3, Measure.DISTANCE, new Draws(0))).getMessage();
        assertTrue(message.contains("2 points make 1 to 2 groups, not 3"), message);
    }
}
