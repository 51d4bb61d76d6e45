package org.loupe.ui.examples;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.UnitInNetwork;

/** Asks which pictures the selected network is to be asked with. */
public final class ChoosePicturesHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        Object selected = HandlerUtil.getCurrentStructuredSelection(event).getFirstElement();
        Network network = selected instanceof LayerInNetwork layer ? layer.network()
                : selected instanceof UnitInNetwork unit ? unit.network() : (Network) selected;
        PictureChooser.choose(window.getShell(), window.getService(Laboratory.class), network);
        return null;
    }
}
