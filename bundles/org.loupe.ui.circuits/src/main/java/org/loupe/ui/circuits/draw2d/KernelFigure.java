package org.loupe.ui.circuits.draw2d;

import org.eclipse.draw2d.Figure;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.geometry.Dimension;
import org.eclipse.draw2d.geometry.Rectangle;
import org.loupe.core.circuit.Kernel;
import org.loupe.core.circuit.graph.ShownGraph.Edge;

/**
 * A kernel by its own largest weight, a square for each weight, with a dot where the upper unit stands. The frame of one that luck
 * makes as well is dotted.
 */
public final class KernelFigure extends Figure {

    private static final int DOT = 3;

    private final Look look;
    private final Edge edge;
    private final Kernel kernel;

    /**
     * @param edge whose strongest kernel is drawn
     * @param side of the square that it fits in
     */
    public KernelFigure(Look look, Edge edge, int side) {
        this.look = look;
        this.edge = edge;
        this.kernel = edge.links().get(0).kernel();
        double cell = (double) side / Math.max(kernel.rows(), kernel.columns());
        setPreferredSize(new Dimension((int) Math.max(2, Math.round(cell * kernel.columns())),
                (int) Math.max(2, Math.round(cell * kernel.rows()))));
        setSize(getPreferredSize());
    }

    @Override
    protected void paintFigure(Graphics graphics) {
        double peak = kernel.peak();
        for (int row = 0; row < kernel.rows(); row++) {
            int top = bounds.y + row * bounds.height / kernel.rows();
            int bottom = bounds.y + (row + 1) * bounds.height / kernel.rows();
            for (int column = 0; column < kernel.columns(); column++) {
                int left = bounds.x + column * bounds.width / kernel.columns();
                int right = bounds.x + (column + 1) * bounds.width / kernel.columns();
                graphics.setBackgroundColor(look.palette().signed(peak == 0 ? 0 : kernel.at(row, column) / peak));
                graphics.fillRectangle(left, top, right - left, bottom - top);
            }
        }
        if (kernel.top() <= 0 && kernel.left() <= 0 && -kernel.top() < kernel.rows() && -kernel.left() < kernel.columns()) {
            graphics.setBackgroundColor(look.palette().foreground());
            graphics.fillOval(bounds.x + (int) ((.5 - kernel.left()) * bounds.width / kernel.columns()) - DOT / 2,
                    bounds.y + (int) ((.5 - kernel.top()) * bounds.height / kernel.rows()) - DOT / 2, DOT, DOT);
        }
        boolean isLuck = look.host().known(edge).isLuck();
        graphics.setForegroundColor(isLuck ? look.palette().foreground() : look.palette().faint());
        graphics.setLineStyle(isLuck ? Graphics.LINE_DOT : Graphics.LINE_SOLID);
        graphics.drawRectangle(new Rectangle(bounds.x, bounds.y, bounds.width - 1, bounds.height - 1));
        graphics.setLineStyle(Graphics.LINE_SOLID);
    }
}
