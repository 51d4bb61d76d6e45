package org.loupe.rcp;

import org.eclipse.swt.graphics.Point;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.StudyFolder;
import org.loupe.ui.network.NetworkDrop;

/** The window around the views. */
final class Window extends WorkbenchWindowAdvisor {

    private static final Point FIRST_SIZE = new Point(1440, 900);

    private final Laboratory laboratory;

    Window(IWorkbenchWindowConfigurer configurer, Laboratory laboratory) {
        super(configurer);
        this.laboratory = laboratory;
    }

    @Override
    public ActionBarAdvisor createActionBarAdvisor(IActionBarConfigurer configurer) {
        return new MenuBar(configurer);
    }

    @Override
    public void preWindowOpen() {
        IWorkbenchWindowConfigurer configurer = getWindowConfigurer();
        configurer.setInitialSize(FIRST_SIZE);
        configurer.setShowCoolBar(false);
        configurer.setShowPerspectiveBar(false);
        configurer.setShowStatusLine(true);
        configurer.setShowProgressIndicator(true);
        boolean isStandard = laboratory.study().folder().equals(StudyFolder.standard());
        configurer.setTitle(isStandard ? "Loupe" : "Loupe – " + laboratory.study().folder());
    }

    @Override
    public void postWindowCreate() {
        IWorkbenchWindow window = getWindowConfigurer().getWindow();
        WelcomeStrip.showFirst(window);
        NetworkDrop.attach(window.getWorkbench(), window.getShell());
    }

    /** A window in which nothing is active yet starts on the wall, so that its unit is explained. */
    @Override
    public void postWindowOpen() {
        IWorkbenchPage page = getWindowConfigurer().getWindow().getActivePage();
        IWorkbenchPart wall = page == null ? null : page.findView(LoupeUi.WALL);
        if (wall != null) {
            page.activate(wall);
        }
    }
}
