package org.loupe.ui.edits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.surgery.KernelChange;

class KernelDrawingTest {

    private final Unit from = new Unit("a", 3);
    private final Unit to = new Unit("b", 1);
    private final KernelDrawing drawing = new KernelDrawing(2, 2, new float[] {.1f, .2f, .3f, .4f});

    @Test
    void whatIsDrawnIsTheEditThatIsMade() {
        drawing.paint(0, 0, 1.23456);
        drawing.paint(1, 1, 0);
        drawing.paint(0, 1, -2e-6);
        KernelChange change = KernelChange.parse(drawing.change(from, to));
        assertEquals(from, change.from());
        assertEquals(to, change.to());
        assertEquals(4, change.values().stream().mapToInt(List::size).sum());
        assertEquals(1.235, change.values().get(0).get(0), 1e-6);
        assertEquals(-2e-6, change.values().get(0).get(1), 1e-9);
        assertEquals(.3, change.values().get(1).get(0), 1e-6);
        assertEquals(0, change.values().get(1).get(1));
    }

    @Test
    void aStrokeIsTakenBackAtOnceAndMadeAgain() {
        drawing.beginStroke();
        drawing.paint(0, 0, 1);
        drawing.paint(0, 1, 1);
        drawing.endStroke();
        drawing.paint(1, 0, -1);
        assertTrue(drawing.isChanged());
        drawing.undo();
        assertEquals(.3f, drawing.at(1, 0));
        assertEquals(1, drawing.at(0, 1));
        drawing.undo();
        assertFalse(drawing.isChanged());
        assertFalse(drawing.canUndo());
        drawing.redo();
        drawing.redo();
        assertEquals(-1, drawing.at(1, 0));
        assertFalse(drawing.canRedo());
    }

    @Test
    void aStrokeThatChangesNothingIsNoStep() {
        drawing.beginStroke();
        drawing.endStroke();
        drawing.restore();
        drawing.paint(0, 0, .1);
        assertFalse(drawing.canUndo());
    }

    @Test
    void mirroringTurningAndTheOtherSignMoveTheCells() {
        drawing.mirror();
        assertEquals("a:3 -> b:1 = [0.2 0.1; 0.4 0.3]", drawing.change(from, to));
        drawing.mirror();
        drawing.turn();
        assertEquals("a:3 -> b:1 = [0.3 0.1; 0.4 0.2]", drawing.change(from, to));
        drawing.negate();
        drawing.paint(0, 0, 0);
        assertEquals("a:3 -> b:1 = [0 -0.1; -0.4 -0.2]", drawing.change(from, to));
        drawing.clear();
        assertEquals(0, drawing.norm());
        assertEquals(Math.sqrt(.3), drawing.normBefore(), 1e-6);
    }

    @Test
    void aKernelWithoutItsWeightsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new KernelDrawing(2, 2, new float[3]));
    }
}
