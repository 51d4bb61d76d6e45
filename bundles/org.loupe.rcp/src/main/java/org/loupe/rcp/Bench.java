package org.loupe.rcp;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.core.runtime.ILog;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.application.IWorkbenchConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchAdvisor;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.Laboratory;
import org.loupe.platform.OpenRequests;
import org.loupe.store.StoreException;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.network.NetworkFiles;

/** How the workbench behaves: it remembers everything, and goes on with what was interrupted. */
final class Bench extends WorkbenchAdvisor {

    private final Laboratory laboratory;
    private final List<Path> files;
    private OpenRequests requests;

    /** @param files network files to open in the first window */
    Bench(Laboratory laboratory, List<Path> files) {
        this.laboratory = laboratory;
        this.files = files;
    }

    @Override
    public void initialize(IWorkbenchConfigurer configurer) {
        super.initialize(configurer);
        configurer.setSaveAndRestore(true);
    }

    @Override
    public String getInitialWindowPerspectiveId() {
        return LoupeUi.PERSPECTIVE;
    }

    @Override
    public String getMainPreferencePageId() {
        return "org.loupe.ui.preferences";
    }

    @Override
    public WorkbenchWindowAdvisor createWorkbenchWindowAdvisor(IWorkbenchWindowConfigurer configurer) {
        return new Window(configurer, laboratory);
    }

    @Override
    public void postStartup() {
        CompletableFuture.supplyAsync(laboratory::interrupted).thenAccept(jobs -> jobs.forEach(AnalysisJob::schedule));
        if (!files.isEmpty()) {
            open(files);
        }
        try {
            requests = OpenRequests.listen(laboratory.study().folder(), this::openInFront);
        } catch (StoreException problem) {
            ILog.of(Bench.class).warn(problem.getMessage(), problem);
        }
    }

    private static void open(List<Path> networks) {
        new NetworkFiles(PlatformUI.getWorkbench(), networks).schedule();
    }

    /** What another process was asked to open. */
    private void openInFront(List<Path> networks) {
        Display display = PlatformUI.getWorkbench().getDisplay();
        if (!display.isDisposed()) {
            display.asyncExec(() -> {
                IWorkbenchWindow[] windows = PlatformUI.getWorkbench().getWorkbenchWindows();
                if (windows.length > 0) {
                    windows[0].getShell().forceActive();
                    open(networks);
                }
            });
        }
    }

    @Override
    public void postShutdown() {
        if (requests != null) {
            requests.close();
        }
    }
}
