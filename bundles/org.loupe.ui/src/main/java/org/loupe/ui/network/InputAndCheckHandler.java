package org.loupe.ui.network;

import java.util.List;
import java.util.Optional;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.handlers.HandlerUtil;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkReading;
import org.loupe.platform.Laboratory;
import org.loupe.platform.OpenedNetwork;
import org.loupe.ui.LoupeUi;

/** Opens the wizard, or starts a check in the background, for the network that is selected. */
public final class InputAndCheckHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        Optional<Network> selected = selected(HandlerUtil.getCurrentStructuredSelection(event).toList());
        if (selected.isPresent()) {
            IWorkbench workbench = HandlerUtil.getActiveWorkbenchWindowChecked(event).getWorkbench();
            Network network = selected.get();
            if (event.getCommand().getId().equals(LoupeUi.CHECK)) {
                NetworkStates.of(workbench).check(network);
            } else {
                InputWizard.open(workbench, workbench.getService(Laboratory.class).opened(network).orElseGet(
                        () -> new OpenedNetwork(NetworkReading.of(network), "", Optional.empty())));
            }
        }
        return null;
    }

    private static Optional<Network> selected(List<?> objects) {
        return objects.stream().findFirst().flatMap(NetworkTree::network);
    }
}
