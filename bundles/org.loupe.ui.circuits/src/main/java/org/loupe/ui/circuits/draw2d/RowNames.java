package org.loupe.ui.circuits.draw2d;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.draw2d.Figure;
import org.eclipse.draw2d.FigureUtilities;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.swt.graphics.Font;
import org.loupe.core.circuit.graph.Scene.Box;

/** The names of layers above the first node of each row, or before it, as long as nodes are too small to have names. */
final class RowNames extends Figure {

    private static final int ROOM = 2;

    private final Look look;
    private Map<Integer, List<Box>> rows = Map.of();
    private int left;
    private int top;

    RowNames(Look look) {
        this.look = look;
    }

    /** Shows the names of other rows, moved by so many points on the screen. */
    void show(List<Box> boxes, int toLeft, int toTop, Rectangle area) {
        rows = boxes.stream().collect(Collectors.groupingBy(box -> box.node().depth(), TreeMap::new, Collectors.toList()));
        left = toLeft;
        top = toTop;
        setBounds(area);
        setVisible(look.zoom() < Look.NAMES_FROM);
    }

    @Override
    public boolean containsPoint(int column, int row) {
        return false;
    }

    @Override
    protected void paintFigure(Graphics graphics) {
        Font font = look.plain();
        int height = FigureUtilities.getFontMetrics(font).getHeight();
        graphics.setFont(font);
        rows.values().forEach(row -> {
            Box first = row.stream().min(Comparator.comparingDouble(Box::left)).orElseThrow();
            double highest = row.stream().mapToDouble(Box::top).min().orElseThrow();
            int width = FigureUtilities.getTextWidth(first.node().unit().layer(), font) + 2 * ROOM;
            Rectangle place = new Rectangle(left + look.column(first.left()), top + look.row(highest) - height, width, height);
            if (place.y < bounds.y) {
                place.translate(-width - ROOM, height);
            }
            graphics.setBackgroundColor(look.palette().background());
            graphics.fillRectangle(place);
            graphics.setForegroundColor(look.palette().foreground());
            graphics.drawString(first.node().unit().layer(), place.x + ROOM, place.y);
        });
    }
}
