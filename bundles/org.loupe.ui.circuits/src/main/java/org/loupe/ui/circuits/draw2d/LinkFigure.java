package org.loupe.ui.circuits.draw2d;

import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.Polyline;
import org.eclipse.draw2d.geometry.PointList;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.loupe.core.circuit.Circuit.Effect;
import org.loupe.core.circuit.graph.GraphSheet;
import org.loupe.core.circuit.graph.Scene.Curve;
import org.loupe.core.circuit.graph.ShownGraph.Edge;

/** A link as a curve, as thick as it is strong; what it does shows in its colour and in how it is interrupted. */
final class LinkFigure extends Polyline {

    private static final double FADED = .28;
    private static final int NEAR = 4;

    private final Look look;
    private final Effect effect;
    private final int[] dashes;
    private Curve curve;
    private boolean isFaded;
    private boolean isPointedAt;

    LinkFigure(Look look, Effect effect) {
        this.look = look;
        this.effect = effect;
        double[] lengths = GraphSheet.dashes(effect);
        dashes = new int[lengths.length];
        for (int i = 0; i < dashes.length; i++) {
            dashes[i] = (int) Math.round(lengths[i]);
        }
        setTolerance(NEAR);
    }

    Edge edge() {
        return curve.edge();
    }

    Effect effect() {
        return effect;
    }

    /** Shows another course of the link, moved by so many points on the screen. */
    void show(Curve next, int left, int top) {
        curve = next;
        PointList line = new PointList(next.points().length / 2);
        for (int i = 0; i < next.points().length; i += 2) {
            line.addPoint(left + look.column(next.points()[i]), top + look.row(next.points()[i + 1]));
        }
        setLineWidth(width());
        setPoints(line);
    }

    private int width() {
        return (int) Math.max(1, Math.round(curve.thickness() * Math.min(1, look.zoom()))) + (isPointedAt ? 2 : 0);
    }

    void fade(boolean faded) {
        if (faded != isFaded) {
            isFaded = faded;
            repaint();
        }
    }

    void pointAt(boolean pointedAt) {
        if (pointedAt != isPointedAt) {
            isPointedAt = pointedAt;
            setLineWidth(width());
            repaint();
        }
    }

    @Override
    protected void outlineShape(Graphics graphics) {
        Color colour = look.colour(effect);
        graphics.setForegroundColor(isFaded && !isPointedAt ? look.palette().faded(colour, FADED) : colour);
        graphics.setLineWidth(width());
        graphics.setAntialias(SWT.ON);
        if (dashes.length > 0) {
            graphics.setLineDash(dashes);
        } else {
            graphics.setLineStyle(Graphics.LINE_SOLID);
        }
        graphics.drawPolyline(getPoints());
        graphics.setLineStyle(Graphics.LINE_SOLID);
    }
}
