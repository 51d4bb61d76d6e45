package org.loupe.ui.unit;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.handlers.IHandlerService;
import org.loupe.ui.LoupeUi;

/** Opens the Unit view, where pictures are shown, and leaves it to the view to ask how one is to be made. */
public final class VisualizeAsHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        if (LoupeUi.UNIT.equals(HandlerUtil.getActivePartId(event))) {
            return null;
        }
        try {
            window.getActivePage().showView(LoupeUi.UNIT);
        } catch (PartInitException e) {
            throw new ExecutionException("The view " + LoupeUi.UNIT + " could not be opened", e);
        }
        // Once the view is active and has taken in the selection, the command is its own.
        Display display = window.getShell().getDisplay();
        display.asyncExec(() -> ask(window));
        return null;
    }

    private static void ask(IWorkbenchWindow window) {
        if (window.getShell() == null || window.getShell().isDisposed()) {
            return;
        }
        try {
            window.getService(IHandlerService.class).executeCommand(LoupeUi.VISUALIZE_AS, null);
        } catch (CommandException e) {
            ILog.of(VisualizeAsHandler.class).error("The Unit view could not be asked for a picture", e);
        }
    }
}
