package org.loupe.ui;

import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;
import org.loupe.platform.Latest;

/**
 * Looks something up in a system job and hands the newest answer to the UI thread. Ask and close on the UI thread.
 *
 * @param <Q> the question
 * @param <A> the answer
 */
public final class Lookup<Q, A> implements AutoCloseable {

    private final Latest<Q, A> latest;

    /**
     * @param name   what is looked up, for the log
     * @param find   finds an answer, in the background
     * @param show   receives the answer
     * @param failed receives what went wrong, which is in the log already
     */
    public Lookup(String name, Display display, Function<Q, A> find, Consumer<A> show, Consumer<Throwable> failed) {
        this.latest = new Latest<>(find, (answer, problem) -> {
            if (problem == null) {
                show.accept(answer);
            } else {
                ILog.of(Lookup.class).error("Could not look up " + name, problem);
                failed.accept(problem);
            }
        }, task -> Job.createSystem("Look up " + name, (ICoreRunnable) monitor -> task.run()).schedule(), task -> {
            if (!display.isDisposed()) {
                display.asyncExec(task);
            }
        });
    }

    /** Asks; the answers to earlier questions no longer arrive. */
    public void ask(Q question) {
        latest.ask(question);
    }

    /** Lets no answer arrive any more. */
    @Override
    public void close() {
        latest.close();
    }
}
