package org.loupe.ui.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.junit.jupiter.api.Test;

class WallGridTest {

    /** Seven rows of six cells, the last with one only; the window shows two rows and a half. */
    private final WallGrid grid = new WallGrid(37, 96, 20, 640, 310);

    @Test
    void aRowHoldsAsManyCellsAsFit() {
        assertEquals(6, grid.columns());
        assertEquals(7, grid.rows());
        assertEquals(7 * 124 + 8, grid.totalHeight());
    }

    @Test
    void aWindowNarrowerThanACellShowsOneColumn() {
        assertEquals(1, new WallGrid(5, 96, 20, 30, 310).columns());
    }

    @Test
    void theCellAtAPointIsTheOneDrawnThere() {
        for (int scroll : new int[] {0, 100, 500}) {
            for (int index = grid.first(scroll); index < grid.end(scroll); index++) {
                Rectangle cell = grid.cell(index, scroll);
                assertEquals(index, grid.at(new Point(cell.x + 5, cell.y + 5), scroll));
            }
        }
        assertEquals(-1, grid.at(new Point(2, 40), 0));
        assertEquals(-1, grid.at(new Point(200, grid.cell(36, 500).y + 5), 500));
    }

    @Test
    void whatCanBeSeenIsWhatLiesInTheWindow() {
        for (int scroll = 0; scroll <= grid.clamp(Integer.MAX_VALUE); scroll += 13) {
            Rectangle window = new Rectangle(0, 0, 640, 310);
            for (int index = 0; index < grid.count(); index++) {
                boolean isListed = index >= grid.first(scroll) && index < grid.end(scroll);
                assertTrue(isListed || !grid.cell(index, scroll).intersects(window), index + " at " + scroll);
            }
        }
    }

    @Test
    void revealingScrollsNoFurtherThanNeeded() {
        assertEquals(0, grid.reveal(3, 0));
        int scroll = grid.reveal(36, 0);
        Rectangle last = grid.cell(36, scroll);
        assertTrue(last.y >= 0 && last.y + last.height <= 310);
        assertEquals(scroll, grid.reveal(36, scroll));
        assertEquals(124, grid.reveal(6, 400));
    }

    @Test
    void anEmptyWallHasNothingToSee() {
        WallGrid empty = new WallGrid(0, 96, 20, 640, 310);
        assertEquals(0, empty.first(0));
        assertEquals(0, empty.end(0));
        assertEquals(0, empty.clamp(50));
    }
}
