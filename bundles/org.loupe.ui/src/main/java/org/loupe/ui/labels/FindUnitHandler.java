package org.loupe.ui.labels;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.window.Window;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.part.IShowInTarget;
import org.eclipse.ui.part.ShowInContext;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LoupeUi;

/** Finds units by what is written about them, and shows the chosen one on the wall. */
public final class FindUnitHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        Laboratory laboratory = PlatformUI.getWorkbench().getService(Laboratory.class);
        FindUnitDialog dialog = new FindUnitDialog(HandlerUtil.getActiveShellChecked(event), laboratory);
        if (dialog.open() == Window.OK && dialog.chosen().isPresent()) {
            IWorkbenchPage page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
            try {
                if (page.showView(LoupeUi.WALL) instanceof IShowInTarget wall) {
                    wall.show(new ShowInContext(null, new StructuredSelection(dialog.chosen().get())));
                }
            } catch (PartInitException problem) {
                throw new ExecutionException("The unit could not be shown", problem);
            }
        }
        return null;
    }
}
