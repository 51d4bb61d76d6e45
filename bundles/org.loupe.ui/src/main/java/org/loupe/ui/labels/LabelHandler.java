package org.loupe.ui.labels;

import java.util.List;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.HandlerUtil;
import org.loupe.core.annotation.Edit;
import org.loupe.ui.UnitInNetwork;

/** Asks what the selected units are to be called, beside the pointer or over the part where the wall says so. */
public final class LabelHandler extends AbstractHandler {

    private static final int WIDTH = 180;

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IStructuredSelection selection = HandlerUtil.getCurrentStructuredSelection(event);
        List<UnitInNetwork> units = selection.stream().filter(UnitInNetwork.class::isInstance)
                .map(UnitInNetwork.class::cast).toList();
        Control focus = HandlerUtil.getActiveShellChecked(event).getDisplay().getFocusControl();
        if (!units.isEmpty() && focus != null) {
            Point pointer = focus.toControl(focus.getDisplay().getCursorLocation());
            boolean inside = new Rectangle(0, 0, focus.getSize().x, focus.getSize().y).contains(pointer);
            ask(focus, new Rectangle(inside ? pointer.x : 0, inside ? pointer.y : 0, WIDTH, 0), units);
        }
        return null;
    }

    /** Opens a field for the label of units, all of one network. */
    public static void ask(Control control, Rectangle place, List<UnitInNetwork> units) {
        Labels labels = Labels.of(PlatformUI.getWorkbench());
        UnitInNetwork first = units.get(0);
        String now = labels.known(first.network()).own().label(first.unit()).orElse("");
        LabelEditor.open(control, place, now, text -> {
            List<Edit> edits = units.stream().map(unit -> (Edit) new Edit.Label(unit.unit(), text)).toList();
            labels.change(first.network(), edits.size() == 1 ? edits.get(0)
                    : new Edit.Several("Label " + edits.size() + " Units", edits));
        });
    }
}
