package org.loupe.ui.network;

import java.util.List;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IPath;
import org.eclipse.ui.IEditorLauncher;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.WorkbenchException;
import org.loupe.ui.LoupeUi;

/** What a double click on a network file in a project does: the file is opened in the perspective of Loupe. */
public final class NetworkLauncher implements IEditorLauncher {

    @Override
    public void open(IPath file) {
        IWorkbench workbench = PlatformUI.getWorkbench();
        IWorkbenchWindow window = workbench.getActiveWorkbenchWindow();
        try {
            if (window != null) {
                workbench.showPerspective(LoupeUi.PERSPECTIVE, window);
            }
        } catch (WorkbenchException problem) {
            ILog.of(NetworkLauncher.class).warn("The perspective of Loupe could not be opened", problem);
        }
        new NetworkFiles(workbench, List.of(file.toFile().toPath())).schedule();
    }
}
