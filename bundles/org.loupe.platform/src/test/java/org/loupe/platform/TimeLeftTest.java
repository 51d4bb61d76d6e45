package org.loupe.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLeftTest {

    private static final long MILLISECOND = 1_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final TimeLeft left = new TimeLeft(clock::get);

    private void steps(int from, int to, long milliseconds) {
        for (int done = from; done < to; done++) {
            clock.addAndGet(milliseconds * MILLISECOND);
            left.report(done + 1, 1000);
        }
    }

    @Test
    void steadyWorkIsForeseenExactly() {
        left.report(0, 1000);
        steps(0, 200, 10);
        assertEquals(8000, left.left().orElseThrow().toMillis(), 1);
    }

    @Test
    void whatCameBeforeTheFirstStepDoesNotCount() {
        clock.addAndGet(30_000 * MILLISECOND);
        left.report(0, 1000);
        steps(0, 200, 10);
        assertEquals(8000, left.left().orElseThrow().toMillis(), 1);
    }

    @Test
    void aChangeOfSpeedIsFollowed() {
        left.report(0, 1000);
        steps(0, 100, 10);
        steps(100, 500, 100);
        assertEquals(50_000, left.left().orElseThrow().toMillis(), 1000);
    }

    @Test
    void nothingIsSaidTooEarlyOrWithoutATotal() {
        left.report(0, 1000);
        steps(0, 10, 10);
        assertEquals(Optional.empty(), left.left());
        steps(10, 200, 10);
        left.report(200, 0);
        assertEquals(Optional.empty(), left.left());
    }

    @ParameterizedTest
    @CsvSource({"0, 1 s", "8400, 8 s", "43000, 45 s", "170000, 3 min", "7800000, 2 h 10 min"})
    void durationsAreRoundedForAPerson(long milliseconds, String words) {
        assertEquals(words, TimeLeft.words(Duration.ofMillis(milliseconds)));
    }
}
