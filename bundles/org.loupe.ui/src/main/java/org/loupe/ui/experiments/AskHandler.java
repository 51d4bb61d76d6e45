package org.loupe.ui.experiments;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.window.Window;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.loupe.core.Analysis;
import org.loupe.core.circuit.ProposeCircuit;
import org.loupe.core.network.Network;
import org.loupe.core.tuning.FindFamilies;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;

/** Asks an analysis about what is selected, and shows the answer in the view of experiments. */
public final class AskHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchPage page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
        Laboratory laboratory = page.getWorkbenchWindow().getService(Laboratory.class);
        AskDialog.Wish wish = wish(laboratory, HandlerUtil.getCurrentStructuredSelection(event),
                event.getParameter(LoupeUi.ASK_ANALYSIS));
        AskDialog dialog = new AskDialog(HandlerUtil.getActiveShellChecked(event), laboratory, wish);
        if (dialog.open() == Window.OK) {
            try {
                ((ExperimentsView) page.showView(LoupeUi.EXPERIMENTS)).ask(dialog.wish(), false);
            } catch (PartInitException e) {
                throw new ExecutionException("The view " + LoupeUi.EXPERIMENTS + " could not be opened", e);
            }
        }
        return null;
    }

    private static AskDialog.Wish wish(Laboratory laboratory, IStructuredSelection selection, String id) {
        Network network = laboratory.networks().get(0);
        List<String> subjects = new ArrayList<>();
        for (Object one : selection) {
            if (one instanceof UnitInNetwork unit) {
                network = unit.network();
                subjects.add(unit.unit().toString());
            } else if (one instanceof LayerInNetwork layer) {
                network = layer.network();
                subjects.add(layer.layer().name());
            } else if (one instanceof Network whole) {
                network = whole;
            }
        }
        List<Registered<Analysis<?, ?>>> all = laboratory.registry().analyses();
        boolean isLayer = selection.getFirstElement() instanceof LayerInNetwork;
        return AskDialog.Wish.about(all.stream().filter(one -> one.id().equals(id)).findFirst()
                .or(() -> all.stream().filter(one -> isLayer ? one.value() instanceof FindFamilies
                        : one.value() instanceof ProposeCircuit).findFirst()).orElse(all.get(0)), network, subjects);
    }
}
