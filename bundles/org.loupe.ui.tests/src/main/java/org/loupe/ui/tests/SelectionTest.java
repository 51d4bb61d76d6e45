package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Canvas;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.results.FollowingView;
import org.loupe.ui.unit.UnitView;
import org.loupe.ui.widgets.PictureCanvas;

/** The views meet in the selection, and nowhere else. */
class SelectionTest {

    @Test
    void aLayerInTheExplorerFillsTheWall() {
        Bench bench = Bench.on("explored");
        Ui.select(bench.networks, new LayerInNetwork(bench.network, bench.network.layer("edges")));
        Ui.until("the wall shows the layer", () -> bench.wall.getPartName().equals("Channels of edges"),
                bench.wall::getPartName);
        bench.showShapes();
    }

    @Test
    void aUnitOnTheWallIsExplained() {
        Bench bench = Bench.on("explained");
        bench.showShapes();
        Canvas wall = Ui.the(Ui.content(bench.wall), Canvas.class, canvas -> canvas.getListeners(SWT.KeyDown).length > 0);
        wall.setFocus();
        for (int key : new int[] {SWT.HOME, SWT.ARROW_RIGHT, SWT.ARROW_RIGHT}) {
            Ui.key(wall, key);
        }
        bench.untilExplained(2);
        Ui.until("the Ingredients view is about the same unit",
                () -> bench.ingredients.shown().filter(bench.unit(2)::equals).isPresent());
        String texts = Ui.texts(bench.unitContent());
        assertTrue(texts.contains("shapes:2"), texts);
        assertTrue(texts.contains("Channel 2 of the 6 in shapes of explained"), texts);
        assertTrue(texts.contains("Left and right were supervised here."), texts);
        assertEquals("Unit shapes:2", bench.unit.getPartName());
    }

    @Test
    void aPinnedUnitStays() {
        Bench bench = Bench.on("pinned");
        bench.show(1);
        Ui.page().activate(bench.unit);
        Ui.run(FollowingView.PIN);
        try {
            assertTrue(bench.unit.isPinned());
            Ui.select(bench.wall, bench.unit(3));
            Ui.until("the other view follows",
                    () -> bench.ingredients.shown().filter(bench.unit(3)::equals).isPresent());
            assertEquals(Optional.of(bench.unit(1)), bench.unit.shown());
            assertEquals("Unit shapes:1 (pinned)", bench.unit.getPartName());
        } finally {
            Ui.page().activate(bench.unit);
            Ui.run(FollowingView.PIN);
        }
        Ui.select(bench.wall, bench.unit(4));
        bench.untilExplained(4);
    }

    @Test
    void aNewerQuestionBeatsAnOlderAnswer() {
        Bench bench = Bench.on("newer");
        bench.show(0);
        bench.untilPictureIsDone();
        for (int channel : new int[] {1, 2, 3, 0}) {
            Ui.select(bench.wall, bench.unit(channel));
        }
        bench.untilExplained(0);
        bench.untilPictureIsDone();
        Ui.settle();
        assertEquals(Optional.of(bench.unit(0)), bench.unit.shown());
        assertEquals("shapes:0", bench.picture().getToolTipText());
    }

    @Test
    void theViewIsTheSameAfterItWasClosedAndOpened() {
        Bench bench = Bench.on("again");
        bench.show(3);
        bench.untilPictureIsDone();
        Ui.page().activate(bench.unit);
        Ui.run(FollowingView.PIN);
        Ui.run(UnitView.NEURON_COMMAND);
        Ui.close(LoupeUi.UNIT);
        Ui.select(bench.wall, new UnitInNetwork(bench.network, new Unit("shapes", 4)));
        bench.unit = Ui.open(LoupeUi.UNIT, UnitView.class);
        try {
            bench.untilExplained(3);
            assertTrue(bench.unit.isPinned(), "it is still pinned");
            Ui.until("it still looks at the centre", () -> Ui.has(bench.unitContent(),
                    PictureCanvas.class,
                    tile -> tile.isChosen() && tile.description().startsWith("Centre")));
        } finally {
            Ui.page().activate(bench.unit);
            Ui.run(UnitView.NEURON_COMMAND);
            Ui.run(FollowingView.PIN);
        }
    }
}
