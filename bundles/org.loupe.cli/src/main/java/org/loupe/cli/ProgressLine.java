package org.loupe.cli;

import java.util.function.LongSupplier;
import org.loupe.core.Observer;
import org.loupe.platform.TimeLeft;

/**
 * Shows on the error stream how far some work is: a bar in one line on a terminal, and otherwise a plain line every few
 * seconds. Close it before writing anything else.
 */
final class ProgressLine implements Observer<Object>, AutoCloseable {

    private static final long TERMINAL_NANOSECONDS = 100_000_000L;
    private static final long PIPE_NANOSECONDS = 5_000_000_000L;
    private static final int BAR = 24;

    private final Shell shell;
    private final boolean quiet;
    private final LongSupplier clock;
    private final TimeLeft timeLeft;
    private long lastShown;
    private boolean shown;

    ProgressLine(Shell shell, boolean quiet) {
        this(shell, quiet, System::nanoTime);
    }

    ProgressLine(Shell shell, boolean quiet, LongSupplier clock) {
        this.shell = shell;
        this.quiet = quiet;
        this.clock = clock;
        this.timeLeft = new TimeLeft(clock);
    }

    @Override
    public boolean report(long done, long total, String what) {
        timeLeft.report(done, total);
        long now = clock.getAsLong();
        long interval = shell.isTerminal() ? TERMINAL_NANOSECONDS : PIPE_NANOSECONDS;
        if (!quiet && (!shown || now - lastShown >= interval)) {
            lastShown = now;
            shown = true;
            show(done, total, what);
        }
        return !shell.interrupt().isRequested();
    }

    private void show(long done, long total, String what) {
        String left = timeLeft.left().map(time -> ", about " + TimeLeft.words(time) + " left").orElse("");
        String share = total > 0 ? 100 * done / total + " %" : "";
        if (shell.isTerminal()) {
            String line = (total > 0 ? bar(done, total) + " " : "") + share + "  " + what + left;
            shell.err().print("\r" + padded(line));
        } else {
            shell.err().println((what + (share.isEmpty() ? "" : ": " + share) + left).strip());
        }
        shell.err().flush();
    }

    private static String bar(long done, long total) {
        int full = (int) Math.min(BAR, BAR * done / total);
        return "[" + "=".repeat(full) + (full < BAR ? ">" : "") + " ".repeat(Math.max(0, BAR - full - 1)) + "]";
    }

    private String padded(String line) {
        int room = Math.max(20, shell.width() - 1);
        return line.length() > room ? line.substring(0, room - 3) + "..." : line + " ".repeat(room - line.length());
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        if (shown && shell.isTerminal()) {
            shell.err().print("\r" + padded("") + "\r");
            shell.err().flush();
        }
    }
}
