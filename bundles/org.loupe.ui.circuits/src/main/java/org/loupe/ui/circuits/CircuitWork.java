package org.loupe.ui.circuits;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;
import org.loupe.core.circuit.graph.CircuitGraph;
import org.loupe.core.circuit.graph.Neighbours;
import org.loupe.core.network.Network;

/**
 * Changes of circuits that read the weights or look for places, in the background, one after the other and each upon what
 * the one before has left. For the UI thread.
 */
final class CircuitWork implements AutoCloseable {

    /**
     * A change.
     *
     * @param words   what is done, for the Edit menu and the Progress view
     * @param network whose weights are read
     * @param subject the circuit that is changed, asked for when its turn comes, on the UI thread; empty where there is none
     * @param change  makes the new state, given the weights and the graph, which is {@code null} where there is none
     * @param done    takes in the new state, upon the one that it was made of, on the UI thread
     */
    record Task(String words, Network network, Supplier<Optional<Drawn>> subject,
            BiFunction<Neighbours, CircuitGraph, CircuitGraph> change, Done done) {
    }

    /** Takes in what was made. */
    interface Done {
        void take(Optional<Drawn> before, CircuitGraph after);
    }

    private final Display display;
    private final Consumer<String> busy;
    private final Consumer<Throwable> failed;
    private final NeighboursOfNetworks neighbours;
    private final Deque<Task> waiting = new ArrayDeque<>();
    private Job running;
    private boolean isClosed;

    /**
     * @param neighbours the weights
     * @param busy       is told what is being done, or an empty text
     * @param failed     is told what could not be done
     */
    CircuitWork(Display display, NeighboursOfNetworks neighbours, Consumer<String> busy, Consumer<Throwable> failed) {
        this.display = display;
        this.neighbours = neighbours;
        this.busy = busy;
        this.failed = failed;
    }

    void ask(Task task) {
        waiting.add(task);
        next();
    }

    boolean isBusy() {
        return running != null;
    }

    private void next() {
        if (running != null || waiting.isEmpty() || isClosed) {
            return;
        }
        Task task = waiting.poll();
        Optional<Drawn> before = task.subject().get();
        running = new Job(task.words()) {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                CircuitGraph after = null;
                Throwable problem = null;
                try {
                    after = task.change().apply(neighbours.of(task.network()), before.map(Drawn::graph).orElse(null));
                } catch (RuntimeException | LinkageError e) {
                    problem = e;
                }
                CircuitGraph made = after;
                Throwable why = problem;
                boolean isGivenUp = monitor.isCanceled();
                if (!display.isDisposed()) {
                    display.asyncExec(() -> end(task, before, isGivenUp ? null : made, why));
                }
                return isGivenUp ? Status.CANCEL_STATUS : Status.OK_STATUS;
            }
        };
        busy.accept(task.words());
        running.schedule();
    }

    private void end(Task task, Optional<Drawn> before, CircuitGraph after, Throwable problem) {
        running = null;
        if (isClosed) {
            return;
        }
        busy.accept("");
        if (problem != null) {
            failed.accept(problem);
        } else if (after != null) {
            take(task, before, after);
        }
        next();
    }

    /** Where something else was done meanwhile, it is done again upon that. */
    private void take(Task task, Optional<Drawn> before, CircuitGraph after) {
        if (task.subject().get().equals(before)) {
            task.done().take(before, after);
        } else {
            waiting.addFirst(task);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        waiting.clear();
        if (running != null) {
            running.cancel();
        }
    }
}
