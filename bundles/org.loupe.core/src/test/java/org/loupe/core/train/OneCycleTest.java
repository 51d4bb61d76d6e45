package org.loupe.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class OneCycleTest {

    private final OneCycle cycle = new OneCycle(0.004, 0.2, 10, 1000);

    @Test
    void theRateStartsAndEndsAtItsSharesOfThePeak() {
        assertEquals(0.0004, cycle.rate(0, 100), 1e-12);
        assertEquals(0.004, cycle.rate(19, 100), 1e-12);
        assertEquals(0.000004, cycle.rate(99, 100), 1e-12);
    }

    @Test
    void halfwayToAndFromThePeakTheRateIsHalfway() {
        OneCycle even = new OneCycle(1, 0.5, 2, 4);
        assertEquals(0.75, even.rate(5, 22), 1e-12);
        assertEquals(1, even.rate(10, 22), 1e-12);
        assertEquals(0.625, (even.rate(15, 22) + even.rate(16, 22)) / 2, 1e-12);
    }

    @Test
    void momentumIsLowestWhereTheRateIsHighest() {
        assertEquals(0.95, cycle.momentum(0, 100), 1e-12);
        assertEquals(0.85, cycle.momentum(19, 100), 1e-12);
        assertEquals(0.95, cycle.momentum(99, 100), 1e-12);
    }

    @Test
    void aSingleStepHasARate() {
        assertEquals(0.004, cycle.rate(0, 1), 1e-12);
    }

    @Test
    void sharesThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new OneCycle(0.1, 0, 10, 100));
        assertThrows(IllegalArgumentException.class, () -> new OneCycle(0.1, 1, 10, 100));
        assertThrows(IllegalArgumentException.class, () -> new OneCycle(0, 0.2, 10, 100));
    }
}
