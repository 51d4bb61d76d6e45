package org.loupe.ui.probe;

import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.swt.widgets.Display;
import org.loupe.core.probe.Attribution;
import org.loupe.platform.Laboratory;
import org.loupe.ui.widgets.Texts;

/** What a class or a unit owes to a layer, found in the background; only the newest question is answered. For the UI thread. */
final class Explanation implements AutoCloseable {

    private static final double PERCENT = 100;

    private final Display display;
    private final Laboratory laboratory;
    private final Consumer<Attribution> found;
    private final Consumer<String> failed;
    private Optional<Attribution> attribution = Optional.empty();
    private AttributionJob job;

    /**
     * @param found  is given the answer
     * @param failed is told why there is none
     */
    Explanation(Display display, Laboratory laboratory, Consumer<Attribution> found, Consumer<String> failed) {
        this.display = display;
        this.laboratory = laboratory;
        this.found = found;
        this.failed = failed;
    }

    /** The answer; nothing while it is being found. */
    Optional<Attribution> attribution() {
        return attribution;
    }

    /** Finds another answer; the one before is forgotten. */
    void ask(ProbedPicture picture, AttributionBar.Wish wish) {
        forget();
        AttributionJob mine = new AttributionJob(laboratory, picture.network(), picture.maps(), wish);
        mine.addJobChangeListener(new JobChangeAdapter() {
            @Override
            public void done(IJobChangeEvent event) {
                if (!display.isDisposed()) {
                    display.asyncExec(() -> ended(mine));
                }
            }
        });
        job = mine;
        mine.setPriority(Job.SHORT);
        mine.schedule();
    }

    private void ended(AttributionJob one) {
        if (job == one) {
            job = null;
            attribution = one.found();
            attribution.ifPresentOrElse(found, () -> failed.accept(one.getResult().getMessage()));
        }
    }

    /** Wants no answer any more. */
    void forget() {
        attribution = Optional.empty();
        if (job != null) {
            job.cancel();
            job = null;
        }
    }

    /** Such as “dog is 8.1, 0.2 without mixed4a; the contributions add up to 7.8, 98.7 % of the difference.”. */
    static String words(Attribution found) {
        double share = found.completeness();
        return found.target() + " is " + Texts.number(found.score()) + ", " + Texts.number(found.base()) + " without "
                + found.layer() + "; the contributions add up to " + Texts.number(found.total())
                + (Double.isNaN(share) ? "." : ", " + Texts.number(PERCENT * share) + " % of the difference.");
    }

    @Override
    public void close() {
        forget();
    }
}
