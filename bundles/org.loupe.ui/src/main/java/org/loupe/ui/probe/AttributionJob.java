package org.loupe.ui.probe;

import java.util.Optional;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.loupe.core.network.Network;
import org.loupe.core.probe.Attribution;
import org.loupe.core.probe.PictureMaps;
import org.loupe.platform.Laboratory;

/** Explains a target by a layer, in the background; can be cancelled between its steps. */
final class AttributionJob extends Job {

    private final Laboratory laboratory;
    private final Network network;
    private final PictureMaps maps;
    private final AttributionBar.Wish wish;
    private volatile Attribution answer;

    AttributionJob(Laboratory laboratory, Network network, PictureMaps maps, AttributionBar.Wish wish) {
        super("Explain " + wish.target() + " by " + wish.layer());
        this.laboratory = laboratory;
        this.network = network;
        this.maps = maps;
        this.wish = wish;
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        SubMonitor progress = SubMonitor.convert(monitor, getName(), wish.steps());
        int[] reported = new int[1];
        try {
            Optional<Attribution> found = laboratory.run(network, session -> Attribution.of(session, maps.picture(),
                    wish.layer(), maps.map(wish.layer()).orElseThrow(), wish.target(), wish.steps(), (done, total, what) -> {
                        progress.worked((int) done - reported[0]);
                        reported[0] = (int) done;
                        return !monitor.isCanceled();
                    }));
            if (found.isEmpty() || monitor.isCanceled()) {
                return Status.CANCEL_STATUS;
            }
            answer = found.get();
            return Status.OK_STATUS;
        } catch (RuntimeException | LinkageError problem) {
            return Status.error(getName() + " failed: " + problem.getMessage(), problem);
        }
    }

    /** The answer, once the job is done and was not cancelled. */
    Optional<Attribution> found() {
        return Optional.ofNullable(answer);
    }

    @Override
    public boolean belongsTo(Object family) {
        return family == laboratory;
    }
}
