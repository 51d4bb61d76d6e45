package org.loupe.ui.network;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.MultiStatus;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbench;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.Laboratory;
import org.loupe.platform.OpenedNetwork;
import org.loupe.ui.LoupeUi;

/**
 * Reads network files in the background, asks where something about them is not known, copies them into the study,
 * tells the views, and starts a check of each.
 */
public final class NetworkFiles extends Job {

    private static final long GLANCE_MILLISECONDS = 50;

    private final IWorkbench workbench;
    private final Laboratory laboratory;
    private final List<Path> files;

    /** Nothing happens before it is scheduled. */
    public NetworkFiles(IWorkbench workbench, List<Path> files) {
        super(files.size() == 1 ? "Open the network " + files.get(0).getFileName()
                : "Open " + files.size() + " networks");
        this.workbench = workbench;
        this.laboratory = workbench.getService(Laboratory.class);
        this.files = List.copyOf(files);
        setUser(true);
    }

    @Override
    public boolean belongsTo(Object family) {
        return family == AnalysisJob.FAMILY || family == laboratory;
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        SubMonitor progress = SubMonitor.convert(monitor, files.size());
        MultiStatus problems = new MultiStatus(NetworkFiles.class, 0, "Some networks could not be opened");
        for (Path file : files) {
            progress.split(1).subTask("reading " + file.getFileName());
            try {
                open(read(() -> laboratory.open(file.toString(), InputChoice.NONE), monitor), monitor);
            } catch (OperationCanceledException stopped) {
                return Status.CANCEL_STATUS;
            } catch (RuntimeException | LinkageError e) {
                problems.add(Status.error(e.getMessage(), e));
            }
        }
        IStatus[] all = problems.getChildren();
        return all.length == 0 ? Status.OK_STATUS : all.length == 1 ? all[0] : problems;
    }

    private void open(OpenedNetwork opened, IProgressMonitor monitor) {
        Network network = opened.network();
        if (laboratory.isKept(network)) {
            laboratory.touch(network);
            show(workbench, network);
        } else if (opened.isDoubtful()) {
            ask(opened);
        } else {
            monitor.subTask("copying " + network + " into the study");
            keep(workbench, opened);
        }
    }

    /** Opens the wizard, unless all windows are closed by then. */
    private void ask(OpenedNetwork opened) {
        Display display = workbench.getDisplay();
        if (!display.isDisposed()) {
            display.asyncExec(() -> {
                if (workbench.getWorkbenchWindowCount() > 0) {
                    InputWizard.open(workbench, opened);
                }
            });
        }
    }

    /** Copies a network into the study and shows it; not for the user interface's thread. */
    static Network keep(IWorkbench workbench, OpenedNetwork opened) {
        Network network = workbench.getService(Laboratory.class).keep(opened);
        show(workbench, network);
        return network;
    }

    private static void show(IWorkbench workbench, Network network) {
        NetworkStates states = NetworkStates.of(workbench);
        states.load(network);
        workbench.getService(IEventBroker.class).post(LoupeUi.NETWORK_ADDED, network);
        if (states.of(network).kind() == NetworkStates.Kind.UNCHECKED) {
            states.check(network);
        }
    }

    /**
     * Waits for a reader, which knows nothing of monitors: when nobody wants the rest, it is interrupted and left
     * behind.
     *
     * @throws OperationCanceledException when the monitor is cancelled first
     */
    static <T> T read(Supplier<T> reading, IProgressMonitor monitor) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                result.complete(reading.get());
            } catch (RuntimeException | LinkageError | OutOfMemoryError problem) {
                result.completeExceptionally(problem);
            }
        }, "Read a network");
        reader.setDaemon(true);
        reader.start();
        while (true) {
            try {
                return result.get(GLANCE_MILLISECONDS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                if (monitor.isCanceled()) {
                    reader.interrupt();
                    throw new OperationCanceledException();
                }
            } catch (InterruptedException | CancellationException stop) {
                reader.interrupt();
                throw new OperationCanceledException();
            } catch (ExecutionException failed) {
                Throwable problem = failed.getCause();
                if (problem instanceof OutOfMemoryError) {
                    throw new IllegalStateException("There is not enough memory for this network. Start Loupe with more, such"
                            + " as LOUPE_VMARGS=-Xmx6g.", problem);
                }
                throw problem instanceof RuntimeException told ? told : new CompletionException(problem);
            }
        }
    }
}
