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

    /**
     * How far the work on a question is that has nothing to show yet.
     *
     * @param question {@link Recipe#question()}
     * @param share    of the work that is done, from 0 to 1
     */
    public record Working(String question, double share) {
    }

    private record Listener(Consumer<Finding<?>> found, Consumer<Ended> ended, Consumer<Working> working) {
    }

    /** What is to be told about one question; each may be {@code null}. */
    private record News(Working working, Finding<?> finding, Ended ended) {

        News then(News young) {
            return young.working != null ? new News(young.working, finding, ended)
                    : young.finding != null ? young : new News(working, finding, young.ended);
        }
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
        tell(finding.recipe().question(), new News(null, finding, null));
    }

    /** Tells all views that the work has ended; any thread may call. */
    public void post(Ended ended) {
        tell(ended.question(), new News(null, null, ended));
    }

    /** Tells all views how far the work is; any thread may call. */
    public void post(Working working) {
        tell(working.question(), new News(working, null, null));
    }

    private void tell(String question, News news) {
        boolean isFirst;
        synchronized (pending) {
            isFirst = pending.isEmpty();
            pending.merge(question, news, News::then);
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
                if (one.working != null) {
                    listener.working.accept(one.working);
                }
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
        return listen(found, ended, working -> { });
    }

    /**
     * Calls back on the user interface's thread.
     *
     * @param found   is given everything that is found
     * @param ended   is told of every end
     * @param working is told how far work is that has nothing to show yet
     * @return stops the calls
     */
    public Runnable listen(Consumer<Finding<?>> found, Consumer<Ended> ended, Consumer<Working> working) {
        Listener listener = new Listener(found, ended, working);
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
