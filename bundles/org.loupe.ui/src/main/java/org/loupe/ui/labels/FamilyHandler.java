package org.loupe.ui.labels;

import java.util.List;
import java.util.Optional;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.window.Window;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.HandlerUtil;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Annotations;
import org.loupe.core.annotation.Edit;
import org.loupe.core.annotation.Family;
import org.loupe.core.network.Network;
import org.loupe.ui.UnitInNetwork;

/** Asks to which family the selected units are to be added. */
public final class FamilyHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        List<UnitInNetwork> units = HandlerUtil.getCurrentStructuredSelection(event).stream()
                .filter(UnitInNetwork.class::isInstance).map(UnitInNetwork.class::cast).toList();
        if (units.isEmpty()) {
            return null;
        }
        Network network = units.get(0).network();
        Labels labels = Labels.of(PlatformUI.getWorkbench());
        FamilyDialog dialog = new FamilyDialog(HandlerUtil.getActiveShellChecked(event), units,
                labels.known(network).own());
        if (dialog.open() == Window.OK) {
            Annotations now = labels.known(network).own();
            Family family = now.family(dialog.family()).orElse(Family.named(dialog.family()))
                    .with(units.stream().map(unit -> unit.unit().at(Unit.EVERYWHERE)).toList()).ofKind(dialog.kind());
            labels.change(network, new Edit.Group(family.name(), Optional.of(family)));
        }
        return null;
    }
}
