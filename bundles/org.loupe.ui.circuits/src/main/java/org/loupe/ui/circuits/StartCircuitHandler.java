package org.loupe.ui.circuits;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.loupe.ui.UnitInNetwork;

/** Opens the Circuit view with a new circuit around the selected unit. */
public final class StartCircuitHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        if (HandlerUtil.getCurrentStructuredSelection(event).getFirstElement() instanceof UnitInNetwork unit) {
            try {
                ((CircuitView) HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage()
                        .showView(CircuitView.ID)).start(unit);
            } catch (PartInitException problem) {
                throw new ExecutionException("The view " + CircuitView.ID + " could not be opened", problem);
            }
        }
        return null;
    }
}
