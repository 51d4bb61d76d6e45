package org.loupe.platform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.loupe.core.Recipe;
import org.loupe.store.StoreException;
import org.loupe.store.Study;

/**
 * What is still to be done in a study, written to it a moment after every change, so that it goes on at the next start
 * however this one ends. The recipes in it name no engine, for which one it is may take a while to find out, and in place of the pictures'
 * hash the name, folder or file of the set.
 */
final class Agenda {

    private static final long DELAY_MILLISECONDS = 200;

    private final Study study;
    private final Consumer<String> notices;
    private final List<Recipe> interrupted;
    private final Map<String, Recipe> waiting = new LinkedHashMap<>();
    private final Object writing = new Object();
    private final Job writer;
    private boolean closed;

    Agenda(Study study, Consumer<String> notices) {
        this.study = study;
        this.notices = notices;
        this.interrupted = study.isReadOnly() ? List.of() : study.queue().waiting();
        interrupted.forEach(question -> waiting.put(question.question(), question));
        this.writer = Job.createSystem("Remember what is still to be done", (ICoreRunnable) monitor -> write(false));
    }

    /** What was left when the study was last closed. */
    List<Recipe> interrupted() {
        return interrupted;
    }

    void remember(Recipe question) {
        synchronized (waiting) {
            if (closed || waiting.put(question.question(), question) != null) {
                return;
            }
        }
        writer.schedule(DELAY_MILLISECONDS);
    }

    void forget(Recipe question) {
        synchronized (waiting) {
            if (closed || waiting.remove(question.question()) == null) {
                return;
            }
        }
        writer.schedule(DELAY_MILLISECONDS);
    }

    /** Writes what is left now; later changes, such as those of jobs that are stopped, are not remembered. */
    void close() {
        writer.cancel();
        write(true);
    }

    private void write(boolean closing) {
        synchronized (writing) {
            List<Recipe> now;
            synchronized (waiting) {
                if (closed) {
                    return;
                }
                closed = closing;
                now = new ArrayList<>(waiting.values());
            }
            try {
                if (!study.isReadOnly()) {
                    study.queue().replace(now);
                }
            } catch (StoreException problem) {
                notices.accept(problem.getMessage());
            }
        }
    }
}
