package org.loupe.core.factor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;

class AssignmentTest {

    @Test
    void theGreedyPairIsGivenUpForABetterWhole() {
        // 9 first would leave 1: 10. The other diagonal has 8 + 7 = 15.
        Matrix worth = Matrix.of(new double[] {9, 8}, new double[] {7, 1});
        assertArrayEquals(new int[] {1, 0}, Assignment.best(worth));
        assertEquals(15, Assignment.total(worth, Assignment.best(worth)));
    }

    @Test
    void aRowWithoutAColumnSaysSo() {
        Matrix worth = Matrix.of(new double[] {.1, .2}, new double[] {.9, .3}, new double[] {.8, .9});
        assertArrayEquals(new int[] {-1, 0, 1}, Assignment.best(worth));
        assertArrayEquals(new int[] {1, 2}, Assignment.best(worth.transposed()));
        assertEquals(1.8, Assignment.total(worth, Assignment.best(worth)), 1e-15);
    }

    @Test
    void noOrderOfFiveIsBetter() {
        Draws draws = new Draws(3);
        for (int round = 0; round < 50; round++) {
            Matrix worth = Matrix.zeros(5, 5);
            for (int i = 0; i < 25; i++) {
                worth.values()[i] = draws.gaussian();
            }
            assertEquals(greatest(worth, 0, new boolean[5]), Assignment.total(worth, Assignment.best(worth)), 1e-12);
        }
    }

    private static double greatest(Matrix worth, int row, boolean[] taken) {
        if (row == worth.rows()) {
            return 0;
        }
        double greatest = Double.NEGATIVE_INFINITY;
        for (int column = 0; column < taken.length; column++) {
            if (!taken[column]) {
                taken[column] = true;
                greatest = Math.max(greatest, worth.at(row, column) + greatest(worth, row + 1, taken));
                taken[column] = false;
            }
        }
        return greatest;
    }
}
