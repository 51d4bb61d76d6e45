package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.Network;
import org.loupe.core.surgery.KernelChange;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.edits.EditsView;
import org.loupe.ui.widgets.Texts;

/** The edits of a network, and the network that they make. */
class EditsTest {

    private static EditsView open(Bench bench) {
        EditsView view = Ui.open(LoupeUi.EDITS, EditsView.class);
        Ui.select(bench.networks, bench.network);
        Ui.until("the first edit is asked for", () -> Ui.has(Ui.content(view), Text.class,
                text -> text.getText().equals(bench.network.name() + "-edited")), () -> Ui.texts(Ui.content(view)));
        return view;
    }

    private static void make(EditsView view, String change) {
        Ui.page().activate(view);
        Ui.the(Ui.content(view), Text.class, text -> text.getMessage().startsWith("Next edit")).setText(change);
        Ui.press(Ui.button(Ui.content(view), "Make"));
    }

    private static Table table(EditsView view) {
        return Ui.the(Ui.content(view), Table.class, table -> true);
    }

    private static void until(EditsView view, String... states) {
        Ui.until("there are " + states.length + " edits", () -> Ui.has(Ui.content(view), Table.class, table -> {
            boolean all = table.getItemCount() == states.length;
            for (int i = 0; all && i < states.length; i++) {
                all = table.getItem(i).getText(3).equals(states[i]);
            }
            return all;
        }), () -> Ui.texts(Ui.content(view)));
    }

    @Test
    void anEditMakesANetworkBesideTheOriginalAndIsTakenBackAndMadeAgain() {
        Bench bench = Bench.on("uncut");
        EditsView view = open(bench);
        make(view, "shapes:2 = 0");
        until(view, "made");
        assertEquals("shapes:2 = 0", table(view).getItem(0).getText(1));
        Ui.until("the edited network is selected", () -> ((IStructuredSelection) bench.networks.getSite().getSelectionProvider()
                .getSelection()).getFirstElement() instanceof Network network && network.name().equals("uncut-edited"));
        make(view, "edges:0 -> shapes:1 = 0");
        until(view, "made", "made");
        Ui.screenshot("edits");
        Ui.page().activate(view);
        Ui.run(IWorkbenchCommandConstants.EDIT_UNDO);
        until(view, "made", "taken back");
        Ui.run(IWorkbenchCommandConstants.EDIT_REDO);
        until(view, "made", "made");
        Network edited = Bench.laboratory().network("uncut-edited");
        assertTrue(edited.about().contains("shapes:2 = 0"), edited.about());
        assertEquals(bench.network.layers().size(), edited.layers().size());
    }

    @Test
    void aKernelIsDrawnWithMouseAndKeysAndMadeAnEdit() {
        Bench bench = Bench.on("drawn-upon");
        EditsView view = open(bench);
        bench.showShapes();
        bench.select(2);
        Dialogs.in("Draw a Kernel", () -> {
            Ui.press(Ui.button(Ui.content(view), "Draw a Kernel"));
            until(view, "made");
        }, dialog -> kernel(dialog).filter(canvas -> !canvas.getClientArea().isEmpty()).isPresent(), EditsTest::draw);
        String change = table(view).getItem(0).getText(1);
        assertTrue(change.matches("edges:\\d+ -> shapes:2 = \\[.*; .*; .*\\]"), change);
        List<List<Double>> weights = KernelChange.parse(change).values();
        assertEquals(weights.get(1).get(1), -weights.get(1).get(0), 1e-9, change);
        assertEquals("by hand", table(view).getItem(0).getText(2));
    }

    private static Optional<Canvas> kernel(Shell dialog) {
        return Ui.all(dialog, Canvas.class).stream().filter(canvas -> canvas.getData(Texts.DESCRIPTION) instanceof String text
                && text.startsWith("Kernel of 3 rows")).findFirst();
    }

    /** Paints two cells beside each other, the second one by the keyboard with the other sign. */
    private static void draw(Shell dialog) {
        Canvas kernel = kernel(dialog).orElseThrow();
        Event mouse = new Event();
        mouse.button = 1;
        mouse.x = kernel.getClientArea().width / 2;
        mouse.y = kernel.getClientArea().height / 2;
        kernel.notifyListeners(SWT.MouseDown, mouse);
        kernel.notifyListeners(SWT.MouseUp, mouse);
        Ui.key(kernel, SWT.ARROW_LEFT);
        for (char key : new char[] {' ', 'n'}) {
            Event typed = new Event();
            typed.character = key;
            kernel.notifyListeners(SWT.KeyDown, typed);
        }
        Ui.the(dialog, Text.class, text -> text.getMessage().startsWith("may be")).setText("by hand");
        Ui.screenshot(dialog, "draw-a-kernel");
        Ui.press(Ui.button(dialog, "&Make"));
    }

    @Test
    void anEditThatMakesNoSenseIsRefusedWithAReasonAndMakesNothing() {
        Bench bench = Bench.on("sane");
        EditsView view = open(bench);
        make(view, "shapes:99 = 0");
        Ui.until("the reason is told", () -> Ui.has(Ui.content(view), Label.class,
                label -> label.getText().contains("channels 0 to " + (TinyNetwork.SHAPES - 1))),
                () -> Ui.texts(Ui.content(view)));
        assertTrue(Bench.laboratory().edits().all().stream().noneMatch(edits -> edits.name().equals("sane-edited")));
    }
}
