package org.loupe.ui.structure;

import java.util.List;
import java.util.Locale;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Path;
import org.eclipse.swt.graphics.Rectangle;
import org.loupe.core.structure.Layout;
import org.loupe.core.structure.Layout.Place;
import org.loupe.core.structure.Layout.Point;
import org.loupe.core.structure.Structure.Box;
import org.loupe.core.structure.Structure.Line;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.Texts;

/**
 * Draws boxes and lines, in their own coordinates.
 *
 * @param zoom     how large they are shown, which decides what is written into boxes
 * @param selected index of the box that is marked, or -1
 * @param wanted   what titles are searched for, in lower case, or an empty text
 */
record StructurePainter(Drawing drawing, GC gc, Palette palette, double zoom, int selected, String wanted) {

    /** From this zoom on, boxes say what is in them. */
    static final double DETAILS_FROM = 0.55;

    /** Room around everything. */
    static final int MARGIN = 12;

    private static final double TITLES_FROM = 0.28;
    private static final int ROUND = 8;

    /** Whether a box is searched for. */
    static boolean isWanted(Box box, String wanted) {
        return !wanted.isEmpty() && box.title().toLowerCase(Locale.ROOT).contains(wanted);
    }

    /** Draws what can be seen in a part of the drawing. */
    void paint(Rectangle seen) {
        paintLines(seen);
        for (int i = 0; i < drawing.structure().boxes().size(); i++) {
            Place place = drawing.layout().places().get(i);
            if (seen.intersects((int) place.left(), (int) place.top(), (int) Layout.BOX_WIDTH, (int) Layout.BOX_HEIGHT)) {
                paintBox(drawing.structure().boxes().get(i), place, i == selected);
            }
        }
        paintEnd();
    }

    private void paintLines(Rectangle seen) {
        gc.setLineWidth(1);
        for (int i = 0; i < drawing.layout().paths().size(); i++) {
            List<Point> path = drawing.layout().paths().get(i);
            Point first = path.get(0);
            Point last = path.get(path.size() - 1);
            if (last.top() > seen.y + seen.height || first.top() < seen.y) {
                continue;
            }
            Line line = drawing.structure().lines().get(i);
            boolean near = line.from() == selected || line.to() == selected;
            gc.setForeground(near ? palette.accent() : palette.faint());
            gc.setLineWidth(near ? 2 : 1);
            Path curve = new Path(gc.getDevice());
            try {
                curve.moveTo((float) first.left(), (float) first.top());
                for (int point = 1; point < path.size(); point++) {
                    Point from = path.get(point - 1);
                    Point to = path.get(point);
                    float middle = (float) (from.top() + to.top()) / 2;
                    curve.cubicTo((float) from.left(), middle, (float) to.left(), middle, (float) to.left(),
                            (float) to.top());
                }
                gc.drawPath(curve);
            } finally {
                curve.dispose();
            }
        }
        gc.setLineWidth(1);
    }

    private void paintBox(Box box, Place place, boolean isSelected) {
        int boxLeft = (int) place.left();
        int boxTop = (int) place.top();
        int width = (int) Layout.BOX_WIDTH;
        int height = (int) Layout.BOX_HEIGHT;
        gc.setBackground(isSelected ? palette.accent() : palette.well());
        if (box.folded()) {
            gc.setForeground(palette.faint());
            gc.fillRoundRectangle(boxLeft + 4, boxTop - 4, width, height, ROUND, ROUND);
            gc.drawRoundRectangle(boxLeft + 4, boxTop - 4, width, height, ROUND, ROUND);
        }
        gc.fillRoundRectangle(boxLeft, boxTop, width, height, ROUND, ROUND);
        gc.setForeground(isWanted(box, wanted) ? palette.warning() : box.layer().isPresent() || box.folded() ? palette.muted()
                : palette.line());
        gc.setLineWidth(isWanted(box, wanted) ? 3 : 1);
        gc.drawRoundRectangle(boxLeft, boxTop, width, height, ROUND, ROUND);
        gc.setLineWidth(1);
        if (zoom < TITLES_FROM) {
            return;
        }
        gc.setForeground(isSelected ? palette.background() : palette.foreground());
        String shape = box.shape().toString().replace('x', '×');
        int shapeWidth = gc.textExtent(shape).x;
        int lineHeight = gc.getFontMetrics().getHeight();
        int titleTop = boxTop + (zoom < DETAILS_FROM || box.detail().isEmpty() ? (height - lineHeight) / 2
                : height / 2 - lineHeight);
        gc.drawText(ending(box.title(), width - shapeWidth - 3 * ROUND), boxLeft + ROUND, titleTop,
                SWT.DRAW_TRANSPARENT);
        gc.setForeground(isSelected ? palette.background() : palette.muted());
        gc.drawText(shape, boxLeft + width - ROUND - shapeWidth, titleTop, SWT.DRAW_TRANSPARENT);
        if (zoom >= DETAILS_FROM && !box.detail().isEmpty()) {
            gc.drawText(Texts.shortened(gc, box.detail(), width - 2 * ROUND), boxLeft + ROUND, boxTop + height / 2,
                    SWT.DRAW_TRANSPARENT);
        }
    }

    /** A name that is too long without its beginning, for layers of one block differ at the end. */
    private String ending(String name, int room) {
        String shown = name;
        for (int from = 1; from < name.length() && gc.textExtent(shown).x > room; from++) {
            shown = "…" + name.substring(from);
        }
        return shown;
    }

    /** What could not be read, in a broken frame above the last box. */
    private void paintEnd() {
        if (drawing.end().isEmpty()) {
            return;
        }
        int width = (int) Math.max(Layout.BOX_WIDTH, Math.min(drawing.layout().width() - 2 * MARGIN, 3 * Layout.BOX_WIDTH));
        int boxLeft = (int) (drawing.layout().width() - width) / 2;
        int boxTop = (int) -Layout.BOX_HEIGHT - MARGIN;
        gc.setForeground(palette.warning());
        gc.setLineStyle(SWT.LINE_DASH);
        gc.drawRoundRectangle(boxLeft, boxTop, width, (int) Layout.BOX_HEIGHT, ROUND, ROUND);
        gc.setLineStyle(SWT.LINE_SOLID);
        gc.drawText(Texts.shortened(gc, drawing.end(), width - 2 * ROUND), boxLeft + ROUND, boxTop
                + ((int) Layout.BOX_HEIGHT - gc.getFontMetrics().getHeight()) / 2, SWT.DRAW_TRANSPARENT);
    }
}
