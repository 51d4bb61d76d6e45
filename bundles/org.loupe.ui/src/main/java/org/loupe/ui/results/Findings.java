package org.loupe.ui.results;

import java.util.function.Consumer;
import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.ui.IWorkbench;
import org.loupe.core.Observer;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.core.network.Network;
import org.osgi.service.event.EventHandler;

/**
 * Tells every view of the workbench what is being found, wherever it was asked for: a picture that grows on the wall
 * grows in the Unit view, too. Whoever runs an analysis posts what there is so far, at most ten times a second, and
 * then what was found.
 */
public final class Findings {

    /** Topic of what is found; the data is a {@link Finding}. */
    public static final String FOUND = "org/loupe/ui/finding/found";

    /** Topic of work that has ended, well or not; the data is an {@link Ended}. */
    public static final String ENDED = "org/loupe/ui/finding/ended";

    private final IEventBroker broker;

    /**
     * Nobody works on a question any more.
     *
     * @param question {@link Recipe#question()}
     * @param problem  what went wrong, or {@code null} where nothing did
     */
    public record Ended(String question, Throwable problem) {
    }

    private Findings(IEventBroker broker) {
        this.broker = broker;
    }

    /** Those of a workbench. */
    public static Findings of(IWorkbench workbench) {
        return new Findings(workbench.getService(IEventBroker.class));
    }

    /** Tells all views; any thread may call. */
    public void post(Finding<?> finding) {
        broker.post(FOUND, finding);
    }

    /** Tells all views that the work has ended; any thread may call. */
    public void post(Ended ended) {
        broker.post(ENDED, ended);
    }

    /**
     * Calls back on the user interface's thread.
     *
     * @param found is given everything that is found
     * @param ended is told of every end
     * @return stops the calls
     */
    public Runnable listen(Consumer<Finding<?>> found, Consumer<Ended> ended) {
        EventHandler onFound = event -> found.accept((Finding<?>) event.getProperty(IEventBroker.DATA));
        EventHandler onEnded = event -> ended.accept((Ended) event.getProperty(IEventBroker.DATA));
        broker.subscribe(FOUND, onFound);
        broker.subscribe(ENDED, onEnded);
        return () -> {
            broker.unsubscribe(onFound);
            broker.unsubscribe(onEnded);
        };
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
