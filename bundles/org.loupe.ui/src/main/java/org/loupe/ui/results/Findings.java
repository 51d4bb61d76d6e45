package org.loupe.ui.results;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ListenerList;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbench;
import org.loupe.core.Observer;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.core.network.Network;

/**
 * Tells every view of the workbench what is being found, wherever it was asked for: a picture that grows on the wall
 * grows in the Unit view, too.
 *
 * <p>Whoever runs an analysis posts what there is so far, then what was found, then that it has ended. Views that are
 * slower than the analysis see only the newest.
 */
public final class Findings {

    private final Display display;
    private final ListenerList<Listener> listeners = new ListenerList<>();
    private final Map<String, News> pending = new LinkedHashMap<>();

    /**
     * Nobody works on a question any more.
     *
     * @param question {@link Recipe#question()}
     * @param problem  what went wrong, or {@code null} where nothing did
     */
    public record Ended(String question, Throwable problem) {
    }

    private record Listener(Consumer<Finding<?>> found, Consumer<Ended> ended) {
    }

    /** What is to be told about one question; either may be {@code null}. */
    private record News(Finding<?> finding, Ended ended) {
    }

    Findings(Display display) {
        this.display = display;
    }

    /** Those of a workbench. */
    public static Findings of(IWorkbench workbench) {
        return workbench.getService(Findings.class);
    }

    /** Tells all views; any thread may call. */
    public void post(Finding<?> finding) {
        tell(finding.recipe().question(), new News(finding, null));
    }

    /** Tells all views that the work has ended; any thread may call. */
    public void post(Ended ended) {
        tell(ended.question(), new News(null, ended));
    }

    private void tell(String question, News news) {
        boolean isFirst;
        synchronized (pending) {
            isFirst = pending.isEmpty();
            pending.merge(question, news, (old, young) -> young.finding != null ? young
                    : new News(old.finding, young.ended));
        }
        if (isFirst && !display.isDisposed()) {
            display.asyncExec(this::deliver);
        }
    }

    private void deliver() {
        Map<String, News> news;
        synchronized (pending) {
            news = new LinkedHashMap<>(pending);
            pending.clear();
        }
        for (News one : news.values()) {
            for (Listener listener : listeners) {
                if (one.finding != null) {
                    listener.found.accept(one.finding);
                }
                if (one.ended != null) {
                    listener.ended.accept(one.ended);
                }
            }
        }
    }

    /**
     * Calls back on the user interface's thread.
     *
     * @param found is given everything that is found
     * @param ended is told of every end
     * @return stops the calls
     */
    public Runnable listen(Consumer<Finding<?>> found, Consumer<Ended> ended) {
        Listener listener = new Listener(found, ended);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** An observer that does what another does, and tells all views of the snapshots. */
    public <R extends Result> Observer<R> watching(Observer<? super R> observer, Recipe recipe, Network network) {
        return new Observer<>() {
            private double share;

            @Override
            public boolean report(long done, long total, String what) {
                share = total > 0 ? (double) done / total : 0;
                return observer.report(done, total, what);
            }

            @Override
            public boolean wantsSnapshot() {
                return observer.wantsSnapshot();
            }

            @Override
            public void snapshot(R soFar) {
                observer.snapshot(soFar);
                post(new Finding<>(soFar, recipe, network, share));
            }
        };
    }
}
