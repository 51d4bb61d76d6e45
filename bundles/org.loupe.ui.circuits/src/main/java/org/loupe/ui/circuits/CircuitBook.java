package org.loupe.ui.circuits;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.operations.IOperationHistory;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.ListenerList;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.ISchedulingRule;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.statushandlers.StatusManager;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.store.StoreException;
import org.loupe.store.StoredCircuits;

/**
 * The circuits of the open study, for the workbench: changed with undo, told to all views, and written in the background
 * after each change. For the UI thread, but for what says otherwise.
 */
public final class CircuitBook {

    /** This bundle. */
    static final String BUNDLE = "org.loupe.ui.circuits";

    private final Laboratory laboratory;
    private final IWorkbench workbench;
    private final ListenerList<BiConsumer<Drawn, Drawn>> listeners = new ListenerList<>();
    private final Map<Key, Drawn> newest = new LinkedHashMap<>();
    private final Map<Key, Optional<Drawn>> unwritten = new LinkedHashMap<>();
    private final ISchedulingRule oneByOne = new ISchedulingRule() {
        @Override
        public boolean contains(ISchedulingRule rule) {
            return rule == this;
        }

        @Override
        public boolean isConflicting(ISchedulingRule rule) {
            return rule == this;
        }
    };

    private record Key(Network network, String name) {
        static Key of(Drawn drawn) {
            return new Key(drawn.network(), drawn.name());
        }
    }

    CircuitBook(Laboratory laboratory, IWorkbench workbench) {
        this.laboratory = laboratory;
        this.workbench = workbench;
    }

    /** Those of a workbench. */
    public static CircuitBook of(IWorkbench workbench) {
        return workbench.getService(CircuitBook.class);
    }

    /** A circuit as it was last changed since Loupe was started. */
    public Optional<Drawn> newest(Network network, String name) {
        return Optional.ofNullable(newest.get(new Key(network, name)));
    }

    /**
     * Changes a circuit, so that Ctrl+Z takes it back.
     *
     * @param words  what is done, for the Edit menu
     * @param before as it was, or {@code null} where there was none
     * @param after  as it is now, or {@code null} where there is none any more
     */
    public void change(String words, Drawn before, Drawn after) {
        IOperationHistory history = workbench.getOperationSupport().getOperationHistory();
        CircuitOperation operation = new CircuitOperation(words, () -> replace(before, after), () -> replace(after, before));
        operation.addContext(workbench.getOperationSupport().getUndoContext());
        try {
            history.execute(operation, null, null);
        } catch (ExecutionException problem) {
            StatusManager.getManager().handle(new Status(IStatus.ERROR, BUNDLE, words + " could not be done", problem),
                    StatusManager.SHOW | StatusManager.LOG);
        }
    }

    private void replace(Drawn before, Drawn after) {
        Drawn any = after == null ? before : after;
        if (before != null && !before.isStateOf(after)) {
            newest.remove(Key.of(before));
            write(Key.of(before));
        }
        if (after != null) {
            newest.put(Key.of(any), after);
            write(Key.of(any));
        }
        listeners.forEach(listener -> listener.accept(before, after));
    }

    /** Takes note of a circuit that was read from the study. */
    void opened(Drawn drawn) {
        newest.putIfAbsent(Key.of(drawn), drawn);
    }

    /** In the background, and only the newest state where several wait. */
    private void write(Key key) {
        synchronized (unwritten) {
            unwritten.put(key, Optional.ofNullable(newest.get(key)));
        }
        Job job = Job.createSystem("Store circuits", (ICoreRunnable) monitor -> writeAll());
        job.setRule(oneByOne);
        job.schedule();
    }

    private void writeAll() {
        Map<Key, Optional<Drawn>> todo;
        synchronized (unwritten) {
            todo = new LinkedHashMap<>(unwritten);
            unwritten.clear();
        }
        todo.forEach((key, drawn) -> {
            String network = laboratory.hash(key.network);
            StoredCircuits circuits = laboratory.study().circuits();
            try {
                if (drawn.isPresent()) {
                    circuits.write(network, key.name, drawn.get().graph());
                } else {
                    circuits.remove(network, key.name);
                }
            } catch (StoreException problem) {
                StatusManager.getManager().handle(new Status(IStatus.ERROR, BUNDLE, problem.getMessage() + " The circuit stays"
                        + " as long as Loupe runs, and is written again with the next change.", problem),
                        StatusManager.SHOW | StatusManager.LOG);
            }
        });
    }

    /** Tells somebody about every change, on the UI thread: how a circuit was, and how it is; the returned action ends that. */
    public Runnable listen(BiConsumer<Drawn, Drawn> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
