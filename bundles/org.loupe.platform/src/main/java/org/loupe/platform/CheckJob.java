package org.loupe.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.loupe.core.Observer;
import org.loupe.core.check.Checked;
import org.loupe.core.engine.EngineException;
import org.loupe.core.network.Network;

/**
 * Checks in the background whether a network computes here what it should; cancelling takes effect within one step.
 * Set the consumers before scheduling; they are called on the job's thread.
 */
public final class CheckJob extends Job {

    private final Laboratory laboratory;
    private final Network network;
    private final NetworkCheck check;
    private final Duration limit;
    private Consumer<? super Checked> snapshots = found -> { };
    private Consumer<? super Checked> answers = found -> { };
    private Consumer<String> impossible = why -> { };
    private DoubleConsumer progress = share -> { };
    private volatile Checked result;

    /**
     * A check; nothing happens before it is scheduled.
     *
     * @param limit how long it may take; what there is then is what was found
     */
    public CheckJob(Laboratory laboratory, Network network, NetworkCheck check, Duration limit) {
        super("Check " + network);
        this.laboratory = laboratory;
        this.network = network;
        this.check = check;
        this.limit = limit;
        setPriority(LONG);
    }

    /** Receives what there is so far, at most ten times a second. */
    public CheckJob onSnapshot(Consumer<? super Checked> consumer) {
        snapshots = consumer;
        return this;
    }

    /** Receives what was found, whole or not. */
    public CheckJob onAnswer(Consumer<? super Checked> consumer) {
        answers = consumer;
        return this;
    }

    /** Receives why there is nothing that could be found: no second engine can run the network. */
    public CheckJob onImpossible(Consumer<String> consumer) {
        impossible = consumer;
        return this;
    }

    /** Receives the share that is done, from 0 to 1, at most ten times a second. */
    public CheckJob onProgress(DoubleConsumer consumer) {
        progress = consumer;
        return this;
    }

    /** The network that is checked. */
    public Network network() {
        return network;
    }

    /** What was found, once the job is done. */
    public Optional<Checked> result() {
        return Optional.ofNullable(result);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        long end = System.nanoTime() + limit.toNanos();
        Observer<Checked> within = new MonitorObserver<>(monitor, getName(), snapshots, progress);
        try {
            result = laboratory.check(check, network, new Observer<Checked>() {
                @Override
                public boolean report(long done, long total, String what) {
                    return within.report(done, total, what) && System.nanoTime() < end;
                }

                @Override
                public boolean wantsSnapshot() {
                    return within.wantsSnapshot();
                }

                @Override
                public void snapshot(Checked soFar) {
                    within.snapshot(soFar);
                }
            }).checked();
            answers.accept(result);
            return monitor.isCanceled() ? Status.CANCEL_STATUS : Status.OK_STATUS;
        } catch (EngineException | IllegalArgumentException | IllegalStateException problem) {
            impossible.accept(problem.getMessage());
            return Status.CANCEL_STATUS;
        } catch (RuntimeException | LinkageError problem) {
            impossible.accept(String.valueOf(problem.getMessage()));
            return Status.error(getName() + " failed: " + problem.getMessage(), problem);
        }
    }

    @Override
    public boolean belongsTo(Object family) {
        return family == AnalysisJob.FAMILY || family == laboratory;
    }
}
