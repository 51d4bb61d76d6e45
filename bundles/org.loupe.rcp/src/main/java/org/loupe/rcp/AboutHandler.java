package org.loupe.rcp;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.ISelectionService;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;

/** Opens the window about Loupe, which also tells of the network that is looked at. */
public final class AboutHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        ISelectionService selections = window.getSelectionService();
        Network network = network(selections.getSelection());
        if (network == null) {
            network = network(selections.getSelection(LoupeUi.NETWORK));
        }
        new AboutDialog(window.getShell(), window.getService(Laboratory.class), network).open();
        return null;
    }

    /** The network of what is selected, or {@code null}. */
    private static Network network(ISelection selection) {
        Object first = selection instanceof IStructuredSelection structured ? structured.getFirstElement() : null;
        if (first instanceof UnitInNetwork unit) {
            return unit.network();
        }
        return first instanceof LayerInNetwork layer ? layer.network() : first instanceof Network one ? one : null;
    }
}
