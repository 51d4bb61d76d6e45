package org.loupe.platform;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Finds in the background what a view shows; only the answer to the newest question arrives. To be used from the
 * thread on which answers arrive.
 *
 * @param <Q> the question
 * @param <A> the answer
 */
public final class Latest<Q, A> implements AutoCloseable {

    private final Function<? super Q, ? extends A> find;
    private final BiConsumer<? super A, ? super Throwable> show;
    private final Executor background;
    private final Executor here;
    private volatile Object newest;

    /**
     * @param find       finds an answer, on a background thread
     * @param show       receives the answer, or {@code null} and what went wrong
     * @param background where answers are found
     * @param here       the thread on which answers arrive and questions are asked
     */
    public Latest(Function<? super Q, ? extends A> find, BiConsumer<? super A, ? super Throwable> show,
            Executor background, Executor here) {
        this.find = find;
        this.show = show;
        this.background = background;
        this.here = here;
    }

    /** Asks; the answers to earlier questions no longer arrive. */
    public void ask(Q question) {
        Object mine = new Object();
        newest = mine;
        CompletableFuture.<A>supplyAsync(() -> mine == newest ? find.apply(question) : null, background)
                .whenCompleteAsync((answer, problem) -> {
                    if (mine == newest) {
                        show.accept(answer, problem == null || problem.getCause() == null ? problem
                                : problem.getCause());
                    }
                }, here);
    }

    /** Lets no answer arrive any more. */
    @Override
    public void close() {
        newest = null;
    }
}
