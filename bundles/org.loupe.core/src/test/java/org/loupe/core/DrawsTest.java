package org.loupe.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class DrawsTest {

    /** The sequence is a promise: stored recipes depend on it. The numbers were written down once. */
    @Test
    void theSequenceOfASeedNeverChanges() {
        Draws draws = new Draws(42);
        long first = draws.bits();
        Draws again = new Draws(42);
        assertEquals(first, again.bits());
        assertEquals("a706dd2f4d197e6f", Long.toHexString(new Draws(0).bits()));
        assertEquals("0.9984770", String.format(Locale.ROOT, "%.7f", new Draws(0).gaussian()));
    }

    @Test
    void gaussianNumbersHaveMeanZeroAndDeviationOne() {
        Draws draws = new Draws(7);
        int count = 200_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double value = draws.gaussian();
            sum += value;
            squares += value * value;
        }
        assertEquals(0, sum / count, 0.01);
        assertEquals(1, squares / count, 0.01);
    }

    @Test
    void everyWholeNumberBelowTheBoundIsDrawnAboutEquallyOften() {
        Draws draws = new Draws(1);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[draws.below(7)]++;
        }
        for (int count : counts) {
            assertEquals(10_000, count, 400);
        }
    }

    @Test
    void picksFollowTheirWeightsAndNeverTakeWhatWeighsNothing() {
        Draws draws = new Draws(3);
        int[] counts = new int[3];
        for (int i = 0; i < 40_000; i++) {
            counts[draws.pick(1, 0, 3)]++;
        }
        assertArrayEquals(new int[] {10_000, 0, 30_000}, new int[] {
                Math.round(counts[0] / 1000f) * 1000, counts[1], Math.round(counts[2] / 1000f) * 1000});
    }

    @Test
    void partsOfASeedDoNotDependOnWhatWasDrawnBefore() {
        Draws draws = new Draws(5);
        long untouched = draws.split(3).bits();
        draws.bits();
        draws.gaussian();
        assertEquals(untouched, draws.split(3).bits());
        assertNotEquals(untouched, draws.split(4).bits());
        assertTrue(new Draws(5).split(0).bits() != new Draws(5).bits());
    }
}
