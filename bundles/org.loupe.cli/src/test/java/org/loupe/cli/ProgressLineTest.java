package org.loupe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private static final long MILLISECOND = 1_000_000;

    private final AtomicLong clock = new AtomicLong();

    private String shown(boolean isTerminal, boolean quiet) {
        Bench bench = new Bench(Path.of("unused"), isTerminal);
        try (ProgressLine line = new ProgressLine(bench.shell(), quiet, clock::get)) {
            for (int done = 0; done <= 200; done++) {
                assertTrue(line.report(done, 200, "a:1"));
                clock.addAndGet(60 * MILLISECOND);
            }
        }
        return bench.err.toString();
    }

    @Test
    void inAPipeALineComesEveryFewSeconds() {
        assertEquals("a:1: 0 %\na:1: 42 %, about 7 s left\na:1: 84 %, about 2 s left\n",
                shown(false, false).replace("\r\n", "\n"));
    }

    @Test
    void onATerminalOneLineGrowsAndIsTakenAway() {
        String shown = shown(true, false);
        assertFalse(shown.contains("\n"), shown);
        assertTrue(shown.contains("\r[============>           ] 50 %  a:1, about 6 s left "), shown);
        assertTrue(shown.endsWith("\r" + " ".repeat(79) + "\r"), shown);
    }

    @Test
    void quietShowsNothing() {
        assertEquals("", shown(true, true));
        assertEquals("", shown(false, true));
    }

    @Test
    void itSaysStopAfterAnInterrupt() {
        Bench bench = new Bench(Path.of("unused"), false);
        bench.interrupt.request();
        try (ProgressLine line = new ProgressLine(bench.shell(), true)) {
            assertFalse(line.report(1, 2, ""));
        }
    }
}
