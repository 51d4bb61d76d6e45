package org.loupe.ui.jobs;

import java.util.Optional;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.loupe.core.Observer;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.AnalysisJob;

/**
 * Makes one picture of the queue after the other, as long as there are any. The first of several makers shows in the
 * Progress view how far the whole queue is; its Cancel stops all of them.
 */
final class PictureMaker extends Job {

    private static final int TICKS = 1000;
    private static final long BETWEEN_SNAPSHOTS = 100_000_000L;

    private final PictureQueue queue;
    private final Object family;
    private boolean awake;
    private volatile boolean givenUp;

    PictureMaker(PictureQueue queue, Object family, boolean isHelper) {
        super("Pictures");
        this.queue = queue;
        this.family = family;
        setSystem(isHelper);
        setPriority(LONG);
    }

    /** Starts to work; answers false when it already does. The queue alone calls it, as it does {@link #rest()}. */
    boolean wake() {
        if (awake) {
            return false;
        }
        awake = true;
        schedule();
        return true;
    }

    void rest() {
        awake = false;
    }

    /** Before a new picture is begun. */
    void keepOn() {
        givenUp = false;
    }

    /** Leaves the picture that is worked on as it is. */
    void giveUp() {
        givenUp = true;
    }

    @Override
    public boolean belongsTo(Object asked) {
        return asked == AnalysisJob.FAMILY || asked == family;
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        monitor.beginTask("", TICKS);
        Total total = new Total(monitor);
        Optional<PictureRequest> next = queue.begin(this);
        while (next.isPresent()) {
            setName("Pictures of " + next.get().unit().layer());
            queue.make(next.get(), new Watch(next.get(), monitor, total));
            total.made++;
            if (monitor.isCanceled()) {
                queue.stop();
            }
            next = queue.begin(this);
        }
        monitor.done();
        return monitor.isCanceled() ? Status.CANCEL_STATUS : Status.OK_STATUS;
    }

    /** How far the whole queue is, while it grows and shrinks. */
    private static final class Total {
        private final IProgressMonitor monitor;
        private int made;
        private int shown;

        Total(IProgressMonitor monitor) {
            this.monitor = monitor;
        }

        void show(double share, int open) {
            int ticks = (int) (TICKS * (made + share) / Math.max(1, made + open));
            if (ticks > shown) {
                monitor.worked(ticks - shown);
                shown = ticks;
            }
        }
    }

    /** Passes on what happens to one picture, at most ten times a second. */
    final class Watch implements Observer<Visualized> {
        private final PictureRequest request;
        private final IProgressMonitor monitor;
        private final Total total;
        private double share;
        private long lastReport;
        private long lastSnapshot;

        Watch(PictureRequest request, IProgressMonitor monitor, Total total) {
            this.request = request;
            this.monitor = monitor;
            this.total = total;
        }

        @Override
        public boolean report(long done, long all, String what) {
            share = all > 0 ? (double) done / all : 0;
            long now = System.nanoTime();
            if (now - lastReport >= BETWEEN_SNAPSHOTS) {
                lastReport = now;
                int open = queue.waiting();
                total.show(share, open);
                monitor.subTask(words(done, all, open, queue.timeLeft()));
                queue.grown(request, queue.picture(request).growing(share));
            }
            return !givenUp && !monitor.isCanceled();
        }

        private String words(long done, long all, int open, String timeLeft) {
            String step = request + ", step " + done + " of " + all;
            String others = open > 1 ? "; " + open + " pictures" : "";
            return step + others + (timeLeft.isEmpty() ? "" : ", " + timeLeft);
        }

        @Override
        public boolean wantsSnapshot() {
            return System.nanoTime() - lastSnapshot >= BETWEEN_SNAPSHOTS;
        }

        @Override
        public void snapshot(Visualized soFar) {
            if (wantsSnapshot()) {
                lastSnapshot = System.nanoTime();
                queue.grown(request, Picture.of(soFar).growing(share));
            }
        }
    }
}
