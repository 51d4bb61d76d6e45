package org.loupe.platform;

import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import org.eclipse.core.runtime.IProgressMonitor;
import org.loupe.core.Observer;

/** Shows an analysis at work on a progress monitor, and passes on what there is so far, at most ten times a second. */
final class MonitorObserver<R> implements Observer<R> {

    private static final int PARTS = 1000;
    private static final long INTERVAL_NANOSECONDS = 100_000_000;

    private final IProgressMonitor monitor;
    private final Consumer<? super R> snapshots;
    private final DoubleConsumer progress;
    private final LongSupplier clock;
    private final TimeLeft timeLeft;
    private int shown;
    private long lastShown;
    private long lastSnapshot;

    /** @param snapshots receives what there is so far, or {@code null} where nobody looks */
    MonitorObserver(IProgressMonitor monitor, String task, Consumer<? super R> snapshots, DoubleConsumer progress) {
        this(monitor, task, snapshots, progress, System::nanoTime);
    }

    MonitorObserver(IProgressMonitor monitor, String task, Consumer<? super R> snapshots, DoubleConsumer progress,
            LongSupplier clock) {
        this.monitor = monitor;
        this.snapshots = snapshots;
        this.progress = progress;
        this.clock = clock;
        this.timeLeft = new TimeLeft(clock);
        this.lastShown = clock.getAsLong() - INTERVAL_NANOSECONDS;
        this.lastSnapshot = lastShown;
        monitor.beginTask(task, PARTS);
    }

    @Override
    public boolean report(long done, long total, String what) {
        timeLeft.report(done, total);
        long now = clock.getAsLong();
        if (now - lastShown >= INTERVAL_NANOSECONDS || (total > 0 && done >= total)) {
            lastShown = now;
            show(done, total, what);
        }
        return !monitor.isCanceled();
    }

    private void show(long done, long total, String what) {
        if (total > 0) {
            int parts = (int) Math.min(PARTS, PARTS * done / total);
            monitor.worked(Math.max(0, parts - shown));
            shown = Math.max(shown, parts);
            progress.accept((double) done / total);
        }
        monitor.subTask(what + (total > 0 ? ", " + done + " of " + total : "")
                + timeLeft.left().map(left -> ", about " + TimeLeft.words(left) + " left").orElse(""));
    }

    @Override
    public boolean wantsSnapshot() {
        return snapshots != null && clock.getAsLong() - lastSnapshot >= INTERVAL_NANOSECONDS;
    }

    @Override
    public void snapshot(R soFar) {
        if (wantsSnapshot()) {
            lastSnapshot = clock.getAsLong();
            snapshots.accept(soFar);
        }
    }
}
