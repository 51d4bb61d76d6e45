package org.loupe.core.factor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;

class FactorsTest {

    private static final double ROOT = Math.sqrt(.5);

    @Test
    void partsThatShareNothingAreFound() {
        // Twice and once (1, 1, 0, 0), three times (0, 0, 1, 0).
        Matrix matrix = Matrix.of(new double[] {2, 2, 0, 0}, new double[] {1, 1, 0, 0}, new double[] {0, 0, 3, 0});
        Factors factors = Factors.of(matrix, 2, new Draws(0));
        assertEquals(0, factors.missed(), 1e-12);
        assertArrayEquals(new double[] {ROOT, ROOT, 0, 0}, factors.parts().row(0), 1e-6);
        assertArrayEquals(new double[] {0, 0, 1, 0}, factors.parts().row(1), 1e-6);
        assertArrayEquals(new double[] {2 / ROOT, 1 / ROOT, 0}, factors.amounts().column(0), 1e-5);
        assertArrayEquals(new double[] {0, 0, 3}, factors.amounts().column(1), 1e-5);
    }

    @Test
    void whatOnePartCannotSayIsMissed() {
        // The best single part of diag(2, 1) is the first corner; 1 of 4 + 1 squares is left over.
        Factors factors = Factors.of(Matrix.of(new double[] {2, 0}, new double[] {0, 1}), 1, new Draws(1));
        assertEquals(.2, factors.missed(), 1e-6);
    }

    @Test
    void overlappingPartsAreFoundWhereRowsShowThemAlone() {
        double[] one = {.6, .8, 0, 0};
        double[] other = {0, .6, .8, 0};
        Draws draws = new Draws(7);
        Matrix matrix = Matrix.zeros(40, 4);
        for (int row = 0; row < 40; row++) {
            double a = row < 10 ? 0 : draws.uniform();
            double b = row >= 30 ? 0 : draws.uniform();
            for (int column = 0; column < 4; column++) {
                matrix.values()[row * 4 + column] = a * one[column] + b * other[column];
            }
        }
        Factors factors = Factors.of(matrix, 2, new Draws(2));
        Matrix cosines = factors.parts().cosines(Matrix.of(one, other));
        assertEquals(2, Assignment.total(cosines, Assignment.best(cosines)), 1e-3);
    }

    @Test
    void oneSidedAmountsMayBeNegative() {
        Matrix matrix = Matrix.of(new double[] {2, 2, 0}, new double[] {-1, -1, 0}, new double[] {0, 0, -3});
        Factors factors = Factors.oneSided(matrix, 2, new Draws(0));
        assertEquals(0, factors.missed(), 1e-12);
        assertArrayEquals(new double[] {ROOT, ROOT, 0}, factors.parts().row(0), 1e-6);
        assertArrayEquals(new double[] {2 / ROOT, -1 / ROOT, 0}, factors.amounts().column(0), 1e-5);
        assertArrayEquals(new double[] {0, 0, -3}, factors.amounts().column(1), 1e-5);
        assertThrows(IllegalArgumentException.class, () -> Factors.of(matrix, 2, new Draws(0)));
    }

    @Test
    void theSameSeedGivesTheSameNumbers() {
        Draws draws = new Draws(5);
        Matrix matrix = Matrix.zeros(30, 12);
        for (int i = 0; i < 360; i++) {
            matrix.values()[i] = draws.uniform();
        }
        assertEquals(Factors.of(matrix, 3, new Draws(9)), Factors.of(matrix, 3, new Draws(9)));
        double three = Factors.of(matrix, 3, new Draws(9)).missed();
        assertTrue(Factors.of(matrix, 5, new Draws(9)).missed() < three);
    }

    @Test
    void nothingIsMadeOfNothing() {
        Factors factors = Factors.of(Matrix.zeros(3, 3), 2, new Draws(0));
        assertEquals(0, factors.missed());
        assertArrayEquals(new double[3], factors.amounts().column(0), 0);
    }

    @Test
    void aCountThatDoesNotFitIsRefused() {
        Matrix matrix = Matrix.zeros(3, 2);
        String message = assertThrows(IllegalArgumentException.class, () -> Factors.of(matrix, 3, new Draws(0)))
                .getMessage();
        assertTrue(message.contains("1 to 2 parts"), message);
        assertThrows(IllegalArgumentException.class, () -> Factors.oneSided(matrix, 0, new Draws(0)));
    }
}
