package org.loupe.ui.wall;

import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;

/**
 * Where the cells of the wall lie: squares with a caption, in rows that are as long as the window is wide.
 *
 * @param count   number of cells
 * @param side    height and width of a picture
 * @param caption height of the text beneath
 * @param width   width of the window
 * @param height  height of the window
 */
record WallGrid(int count, int side, int caption, int width, int height) {

    /** Free space around each cell. */
    static final int GAP = 8;

    /** Number of cells in a row, at least 1. */
    int columns() {
        return Math.max(1, (width - GAP) / (side + GAP));
    }

    /** Number of rows. */
    int rows() {
        return (count + columns() - 1) / columns();
    }

    /** From one row to the next. */
    int rowHeight() {
        return side + caption + GAP;
    }

    /** Height of all rows. */
    int totalHeight() {
        return rows() * rowHeight() + GAP;
    }

    /** How many whole rows the window shows, at least 1. */
    int page() {
        return Math.max(1, height / rowHeight());
    }

    /** The nearest possible scroll position. */
    int clamp(int scroll) {
        return Math.max(0, Math.min(scroll, totalHeight() - height));
    }

    /** Where a cell's picture and caption lie in the window. */
    Rectangle cell(int index, int scroll) {
        return new Rectangle(GAP + index % columns() * (side + GAP), GAP + index / columns() * rowHeight() - scroll,
                side, side + caption);
    }

    /** The cell at a point of the window, or -1. */
    int at(Point point, int scroll) {
        int column = (point.x - GAP) / (side + GAP);
        int row = (point.y + scroll - GAP) / rowHeight();
        int index = row * columns() + column;
        boolean exists = point.x >= GAP && point.y + scroll >= GAP && column < columns() && index < count;
        return exists && cell(index, scroll).contains(point) ? index : -1;
    }

    /** The first cell that can be seen. */
    int first(int scroll) {
        return Math.min(count, Math.max(0, (scroll - GAP) / rowHeight()) * columns());
    }

    /** The cell after the last that can be seen. */
    int end(int scroll) {
        return Math.min(count, ((scroll + height) / rowHeight() + 1) * columns());
    }

    /** The scroll position nearest to the given one at which a cell is seen whole. */
    int reveal(int index, int scroll) {
        int top = index / columns() * rowHeight();
        return clamp(Math.max(top + rowHeight() + GAP - height, Math.min(top, scroll)));
    }
}
