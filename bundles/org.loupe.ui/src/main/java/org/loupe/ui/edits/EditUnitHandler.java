package org.loupe.ui.edits;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;

/** Opens the view of edits, ready to change the selected unit. */
public final class EditUnitHandler extends AbstractHandler {

    /** Made by the workbench. */
    public EditUnitHandler() {
    }

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        Object first = HandlerUtil.getCurrentStructuredSelection(event).getFirstElement();
        try {
            EditsView view = (EditsView) HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage()
                    .showView(LoupeUi.EDITS);
            if (first instanceof UnitInNetwork unit) {
                view.write(unit);
            }
            return null;
        } catch (PartInitException problem) {
            throw new ExecutionException("The view of edits could not be opened", problem);
        }
    }
}
