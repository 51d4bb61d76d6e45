package org.loupe.core.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RankingTest {

    @Test
    void averagePrecisionIsTheMeanOfThePrecisionsAtTheTrueOnes() {
        Ranking ranking = Ranking.of(new double[] {.1, .9, .5, .7, .3}, Set.of(1, 2, 0));
        assertEquals(List.of(true, false, true, false, true), ranking.truths());
        assertEquals((1 + 2 / 3.0 + 3 / 5.0) / 3, ranking.averagePrecision(), 1e-12);
    }

    @Test
    void precisionAndRecallCountTheFirstOnes() {
        Ranking ranking = Ranking.of(new double[] {5, 4, 3, 2}, Set.of(0, 2, 3));
        assertEquals(2 / 3.0, ranking.precision(3));
        assertEquals(2 / 3.0, ranking.recall(3));
        assertEquals(1, ranking.recall(10));
        assertEquals(.75, ranking.precision(10));
    }

    @Test
    void equalScoresKeepTheirOrder() {
        assertEquals(List.of(false, true, false), Ranking.of(new double[] {1, 1, 1}, Set.of(1)).truths());
    }

    @Test
    void aRankingWithoutTruthIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Ranking.of(new double[] {1, 2}, Set.of()));
    }
}
