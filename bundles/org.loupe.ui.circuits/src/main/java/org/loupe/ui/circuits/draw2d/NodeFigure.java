package org.loupe.ui.circuits.draw2d;

import java.util.List;
import org.eclipse.draw2d.Figure;
import org.eclipse.draw2d.FigureUtilities;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.Image;
import org.loupe.core.Unit;
import org.loupe.core.circuit.graph.Scene;
import org.loupe.core.circuit.graph.Scene.Box;
import org.loupe.core.circuit.graph.ShownGraph.Node;
import org.loupe.ui.widgets.Palette;

/** A node: its picture, its name and what is known of it; while it is pointed at or chosen, with signs to grow and shrink. */
public final class NodeFigure extends Figure {

    /** What is at a place of a node. */
    enum Part {
        BODY, UPWARDS, DOWNWARDS, SHRINK
    }

    private static final int MOST = 4;
    private static final double SIGN = 16;
    private static final double NAME = .95;
    private static final double NUMBER = 1.8;
    private static final double SECOND = .85;

    private final Look look;
    private Box box;
    private boolean isChosen;
    private boolean isPointedAt;

    /** A node that is not shown yet. */
    public NodeFigure(Look look) {
        this.look = look;
    }

    /** What it shows. */
    public Node node() {
        return box.node();
    }

    Box box() {
        return box;
    }

    /** Shows another state of the same node, moved by so many points on the screen. */
    public void show(Box next, int left, int top) {
        box = next;
        setBounds(new Rectangle(left + look.column(next.left()), top + look.row(next.top()), look.scaled(Scene.BOX_WIDTH),
                look.scaled(Scene.BOX_HEIGHT)));
    }

    /** Marks it, or no longer. */
    public void choose(boolean chosen) {
        if (chosen != isChosen) {
            isChosen = chosen;
            repaint();
        }
    }

    void pointAt(boolean pointedAt) {
        if (pointedAt != isPointedAt) {
            isPointedAt = pointedAt;
            repaint();
        }
    }

    private boolean hasSigns() {
        return (isChosen || isPointedAt) && look.zoom() >= Look.NAMES_FROM;
    }

    Part at(int left, int top) {
        if (hasSigns()) {
            if (sign(Part.UPWARDS).contains(left, top)) {
                return Part.UPWARDS;
            } else if (sign(Part.DOWNWARDS).contains(left, top)) {
                return Part.DOWNWARDS;
            } else if (sign(Part.SHRINK).contains(left, top)) {
                return Part.SHRINK;
            }
        }
        return Part.BODY;
    }

    private Rectangle sign(Part part) {
        int side = look.scaled(SIGN);
        int bottom = bounds.y + look.scaled(Scene.PADDING + Scene.PICTURE) - side - 2;
        int left = part == Part.SHRINK ? bounds.x + look.scaled(Scene.PADDING + Scene.PICTURE) - side - 2
                : bounds.x + (bounds.width - side) / 2;
        int top = part == Part.UPWARDS ? bounds.y + look.scaled(Scene.PADDING) + 2 : bottom;
        return new Rectangle(left, top, side, side);
    }

    @Override
    protected void paintFigure(Graphics graphics) {
        Palette palette = look.palette();
        graphics.setBackgroundColor(palette.background());
        graphics.fillRectangle(bounds);
        paintPictures(graphics, palette);
        if (look.zoom() >= Look.NAMES_FROM) {
            paintTexts(graphics, palette);
        }
        boolean isStrong = isChosen || node().centre();
        graphics.setLineStyle(Graphics.LINE_SOLID);
        graphics.setForegroundColor(isChosen ? palette.accent() : node().centre() ? palette.foreground() : palette.line());
        int width = isChosen ? 3 : isStrong ? 2 : 1;
        graphics.setLineWidth(width);
        graphics.drawRectangle(new Rectangle(bounds.x + width / 2, bounds.y + width / 2, bounds.width - width, bounds.height - width));
        graphics.setLineWidth(1);
        if (node().pinned()) {
            int side = Math.max(7, look.scaled(11));
            graphics.setAntialias(SWT.ON);
            graphics.setBackgroundColor(palette.background());
            graphics.fillOval(bounds.x + 2, bounds.y + 2, side + 4, side + 4);
            graphics.setBackgroundColor(palette.warning());
            graphics.fillOval(bounds.x + 4, bounds.y + 4, side, side);
        }
        if (hasSigns()) {
            paintSign(graphics, palette, Part.UPWARDS);
            paintSign(graphics, palette, Part.DOWNWARDS);
            paintSign(graphics, palette, Part.SHRINK);
        }
    }

    private void paintPictures(Graphics graphics, Palette palette) {
        List<Unit> units = node().units().subList(0, Math.min(node().units().size(), node().isGroup() ? MOST : 1));
        double side = units.size() == 1 ? Scene.PICTURE : Scene.PICTURE / 2;
        for (int i = 0; i < units.size(); i++) {
            int left = bounds.x + look.scaled(Scene.PADDING + i % 2 * side);
            int top = bounds.y + look.scaled(Scene.PADDING + i / 2 * side);
            Rectangle place = new Rectangle(left, top, look.scaled(side), look.scaled(side));
            Image image = look.image(units.get(i), place);
            if (image == null) {
                graphics.setBackgroundColor(palette.well());
                graphics.fillRectangle(place);
                paintNumber(graphics, palette, units.get(i), place);
            } else {
                org.eclipse.swt.graphics.Rectangle own = image.getBounds();
                graphics.setInterpolation(look.isMoving() ? SWT.NONE : SWT.HIGH);
                graphics.drawImage(image, 0, 0, own.width, own.height, place.x, place.y, place.width, place.height);
            }
        }
    }

    /** Stands where a picture is not there yet. */
    private void paintNumber(Graphics graphics, Palette palette, Unit unit, Rectangle place) {
        String number = Integer.toString(unit.channel());
        Font font = look.font(NUMBER);
        int width = FigureUtilities.getTextWidth(number, font);
        int height = FigureUtilities.getFontMetrics(font).getHeight();
        if (width < place.width && height < place.height) {
            graphics.setFont(font);
            graphics.setForegroundColor(palette.faint());
            graphics.drawString(number, place.x + (place.width - width) / 2, place.y + (place.height - height) / 2);
        }
    }

    private void paintTexts(Graphics graphics, Palette palette) {
        int top = bounds.y + look.scaled(Scene.PADDING + Scene.PICTURE + 1);
        Font name = look.font(NAME);
        paintText(graphics, name, node().title(), top, palette.foreground());
        if (look.zoom() >= Look.SECONDS_FROM) {
            paintText(graphics, look.font(SECOND), look.host().second(node()),
                    top + FigureUtilities.getFontMetrics(name).getHeight() - look.scaled(2), palette.muted());
        }
    }

    private void paintText(Graphics graphics, Font font, String text, int top, org.eclipse.swt.graphics.Color colour) {
        int room = bounds.width - look.scaled(4);
        String shown = text;
        while (shown.length() > 1 && FigureUtilities.getTextWidth(shown.equals(text) ? text : shown + "…", font) > room) {
            shown = shown.substring(0, shown.length() - 1);
        }
        String cut = shown.equals(text) ? text : shown + "…";
        graphics.setFont(font);
        graphics.setForegroundColor(colour);
        graphics.drawString(cut, bounds.x + (bounds.width - FigureUtilities.getTextWidth(cut, font)) / 2, top);
    }

    private void paintSign(Graphics graphics, Palette palette, Part part) {
        Rectangle place = sign(part);
        graphics.setAntialias(SWT.ON);
        graphics.setBackgroundColor(palette.accent());
        graphics.fillOval(place);
        graphics.setForegroundColor(palette.background());
        graphics.setLineWidth(2);
        int middle = place.x + place.width / 2;
        int row = place.y + place.height / 2;
        int arm = Math.max(2, place.width / 4);
        graphics.drawLine(middle - arm, row, middle + arm, row);
        if (part != Part.SHRINK) {
            graphics.drawLine(middle, row - arm, middle, row + arm);
        }
        graphics.setLineWidth(1);
    }
}
