package org.loupe.ui.results;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.eclipse.swt.widgets.Display;
import org.loupe.core.Result;
import org.loupe.ui.Lookup;

/**
 * How several questions stand that one view shows together. They are looked up in the background; what is found in
 * the meantime is not lost. For the user interface's thread.
 *
 * @param <A> the arguments
 * @param <R> what is found
 */
public final class Inquiries<A extends Record, R extends Result> implements AutoCloseable {

    private final Lookup<List<Question<A, R>>, List<Inquiry<A, R>>> lookup;
    private final Runnable opened;
    private final IntConsumer changed;
    private final List<Runnable> meanwhile = new ArrayList<>();
    private List<Question<A, R>> questions = List.of();
    private List<Inquiry<A, R>> all = List.of();
    private boolean isOpening;

    /**
     * @param name    what is looked up, for the log
     * @param opened  is called when it is known how all questions stand
     * @param changed is told the index of a question that stands otherwise
     * @param failed  is told why nothing could be looked up
     */
    public Inquiries(String name, Display display, Questions source, Runnable opened, IntConsumer changed,
            Consumer<Throwable> failed) {
        this.opened = opened;
        this.changed = changed;
        this.lookup = new Lookup<>(name, display, asked -> asked.stream().map(source::open).toList(), this::open, problem -> {
            isOpening = false;
            meanwhile.clear();
            failed.accept(problem);
        });
    }

    /** Looks other questions up. */
    public void ask(List<Question<A, R>> others) {
        questions = others;
        all = List.of();
        isOpening = true;
        meanwhile.clear();
        lookup.ask(others);
    }

    /** How they stand, in their order; empty until that is known. */
    public List<Inquiry<A, R>> all() {
        return all;
    }

    /** Takes in what was found. */
    public void hear(Finding<?> finding) {
        if (isOpening) {
            meanwhile.add(() -> hear(finding));
        }
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).hear(finding)) {
                changed.accept(i);
            }
        }
    }

    /** Takes in how far some work is. */
    public void hear(Findings.Working working) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).hear(working)) {
                changed.accept(i);
            }
        }
    }

    /** Takes in that some work has ended. */
    public void hear(Findings.Ended ended) {
        if (isOpening) {
            meanwhile.add(() -> hear(ended));
        }
        boolean isMissed = false;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).hear(ended)) {
                changed.accept(i);
                isMissed |= ended.problem() == null && all.get(i).finding().isEmpty();
            }
        }
        if (isMissed) {
            // It was found before anybody here listened, and was not yet in the store when it was looked up.
            isOpening = true;
            lookup.ask(questions);
        }
    }

    private void open(List<Inquiry<A, R>> found) {
        all = found;
        isOpening = false;
        opened.run();
        List<Runnable> heard = List.copyOf(meanwhile);
        meanwhile.clear();
        heard.forEach(Runnable::run);
    }

    /** Looks nothing up any more. */
    @Override
    public void close() {
        lookup.close();
    }
}
