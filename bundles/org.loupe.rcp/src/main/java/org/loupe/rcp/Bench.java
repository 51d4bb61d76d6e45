package org.loupe.rcp;

import java.util.concurrent.CompletableFuture;
import org.eclipse.ui.application.IWorkbenchConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchAdvisor;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LoupeUi;

/** How the workbench behaves: it remembers everything, and goes on with what was interrupted. */
final class Bench extends WorkbenchAdvisor {

    private final Laboratory laboratory;

    Bench(Laboratory laboratory) {
        this.laboratory = laboratory;
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
    }
}
