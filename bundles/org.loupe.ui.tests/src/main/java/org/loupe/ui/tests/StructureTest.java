package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.Test;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.structure.StructureView;

/** The drawing of a network, and the selection that it shares. */
class StructureTest {

    private static Canvas canvas(StructureView view) {
        return Ui.the(Ui.content(view), Canvas.class, canvas -> canvas.getListeners(SWT.KeyDown).length > 0
                && canvas.getListeners(SWT.MouseVerticalWheel).length > 0);
    }

    private static void untilDrawn(StructureView view, Bench bench) {
        Ui.until("the network is drawn", () -> view.shown().filter(bench.network::equals).isPresent(),
                () -> view.shown().toString());
    }

    @Test
    void aNetworkIsDrawnAndALayerIsMarkedWhereverItIsSelected() {
        Bench bench = Bench.on("drawn");
        StructureView view = Ui.open(LoupeUi.STRUCTURE, StructureView.class);
        Ui.select(bench.networks, new LayerInNetwork(bench.network, bench.network.layer("edges")));
        untilDrawn(view, bench);
        assertEquals(List.of("picture", "edges", "shapes"), view.titles());
        Ui.until("the layer is marked", () -> view.marked().equals(Optional.of("edges")), () -> view.marked().toString());
        bench.showShapes();
        Ui.until("the other layer is marked", () -> view.marked().equals(Optional.of("shapes")));
        Ui.screenshot("structure");
    }

    @Test
    void aBoxThatIsChosenIsSelectedEverywhere() {
        Bench bench = Bench.on("chosen");
        bench.showShapes();
        StructureView view = Ui.open(LoupeUi.STRUCTURE, StructureView.class);
        untilDrawn(view, bench);
        Ui.page().activate(view);
        Ui.key(canvas(view), SWT.HOME);
        Ui.key(canvas(view), SWT.ARROW_UP);
        Ui.until("the wall shows the layer of the box", () -> bench.wall.getPartName().equals("Channels of edges"),
                bench.wall::getPartName);
    }

    @Test
    void aLayerIsFoundByAPartOfItsName() {
        Bench bench = Bench.on("sought");
        StructureView view = Ui.open(LoupeUi.STRUCTURE, StructureView.class);
        Ui.select(bench.networks, new LayerInNetwork(bench.network, bench.network.layer("edges")));
        untilDrawn(view, bench);
        Ui.the(Ui.content(view), Text.class, text -> true).setText("SHAP");
        Ui.until("it is marked", () -> view.marked().equals(Optional.of("shapes")), () -> view.marked().toString());
    }
}
