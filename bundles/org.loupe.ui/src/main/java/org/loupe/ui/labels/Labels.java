package org.loupe.ui.labels;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.operations.IOperationHistory;
import org.eclipse.core.commands.operations.IUndoContext;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.ListenerList;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.statushandlers.StatusManager;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.loupe.core.annotation.Edit;
import org.loupe.core.annotation.Known;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.store.StoreException;
import org.loupe.ui.LoupeUi;

/**
 * What is written about units, for the workbench: quick to ask, changed with undo, and told to all views. For the UI
 * thread; files are read and written in the background.
 */
public final class Labels {

    private final Laboratory laboratory;
    private final IWorkbench workbench;
    private final ListenerList<Consumer<Network>> listeners = new ListenerList<>();
    private final AtomicLong asked = new AtomicLong();
    private final Map<Network, Long> newest = new HashMap<>();
    private final Map<Network, Known> loaded = new HashMap<>();
    private final Set<Network> loading = new HashSet<>();

    Labels(Laboratory laboratory, IWorkbench workbench) {
        this.laboratory = laboratory;
        this.workbench = workbench;
        laboratory.annotations().listen(this::changed);
    }

    /** Those of a workbench. */
    public static Labels of(IWorkbench workbench) {
        return workbench.getService(Labels.class);
    }

    /** What is written about a network's units; until it is read, nothing, and then the listeners are told. */
    public Known known(Network network) {
        Known found = loaded.get(network);
        if (found == null && loading.add(network)) {
            Job.createSystem("Read annotations of " + network, (ICoreRunnable) monitor -> read(network)).schedule();
        }
        return found == null ? Known.NOTHING : found;
    }

    private void read(Network network) {
        try {
            laboratory.annotations().known(network);
        } catch (StoreException problem) {
            ILog.of(Labels.class).error(problem.getMessage(), problem);
            return;
        }
        changed(network);
    }

    /** On any thread. */
    private void changed(Network network) {
        long number = asked.incrementAndGet();
        Known now = laboratory.annotations().known(network);
        Display display = workbench.getDisplay();
        if (display.isDisposed()) {
            return;
        }
        Runnable tell = () -> {
            // What was read in the background may be older than what was written meanwhile.
            if (number > newest.getOrDefault(network, 0L)) {
                newest.put(network, number);
                loaded.put(network, now);
                listeners.forEach(listener -> listener.accept(network));
            }
        };
        if (display.getThread() == Thread.currentThread()) {
            tell.run();
        } else {
            display.asyncExec(tell);
        }
    }

    /** Changes what is written, so that Ctrl+Z takes it back; an edit that changes nothing is not made. */
    public void change(Network network, Edit edit) {
        Known now = laboratory.annotations().known(network);
        if (edit.apply(now.own()).equals(now.own())) {
            return;
        }
        IOperationHistory history = workbench.getOperationSupport().getOperationHistory();
        IUndoContext context = workbench.getOperationSupport().getUndoContext();
        AnnotationOperation operation = new AnnotationOperation(laboratory, network, edit, this::store);
        operation.addContext(context);
        try {
            history.execute(operation, null, null);
        } catch (ExecutionException problem) {
            StatusManager.getManager().handle(new Status(IStatus.ERROR, LoupeUi.BUNDLE, edit.words()
                    + " could not be done", problem), StatusManager.SHOW | StatusManager.LOG);
        }
    }

    private void store() {
        Job.createSystem("Store annotations", (ICoreRunnable) monitor -> {
            try {
                laboratory.annotations().store();
            } catch (StoreException problem) {
                StatusManager.getManager().handle(new Status(IStatus.ERROR, LoupeUi.BUNDLE, problem.getMessage()
                        + " What you have written stays as long as Loupe runs, and is tried again with the next change.",
                        problem), StatusManager.SHOW | StatusManager.LOG);
            }
        }).schedule();
    }

    /** Tells somebody about every change, on the UI thread; the returned action ends that. */
    public Runnable listen(Consumer<Network> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
