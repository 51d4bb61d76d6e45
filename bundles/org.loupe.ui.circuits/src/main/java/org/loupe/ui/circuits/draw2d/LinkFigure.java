package org.loupe.ui.circuits.draw2d;

import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.IFigure;
import org.eclipse.draw2d.Polyline;
import org.eclipse.draw2d.geometry.PointList;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Path;
import org.eclipse.swt.widgets.Display;
import org.loupe.core.circuit.Circuit.Effect;
import org.loupe.core.circuit.graph.GraphSheet;
import org.loupe.core.circuit.graph.Scene.Curve;
import org.loupe.core.circuit.graph.ShownGraph.Edge;

/** A link as a curve, as thick as it is strong; what it does shows in its colour and in how it is interrupted. */
final class LinkFigure extends Polyline {

    private static final double FADED = .28;
    private static final double PALEST = .22;
    private static final int NEAR = 4;

    private final Look look;
    private final Effect effect;
    private final int[] dashes;
    private final LinkTip tip;
    private Curve curve;
    private int left;
    private int top;
    private Stress stress = Stress.USUAL;
    private boolean isPointedAt;
    private boolean isMinor;

    /** How much it is to be seen among the others. */
    enum Stress {
        USUAL, FADED, STRONG
    }

    LinkFigure(Look look, Effect effect) {
        this.look = look;
        this.effect = effect;
        this.tip = new LinkTip(look);
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

    @Override
    public IFigure getToolTip() {
        return tip.of(edge());
    }

    Effect effect() {
        return effect;
    }

    /** Shows another course of the link, moved by so many points on the screen. */
    void show(Curve next, int toLeft, int toTop) {
        curve = next;
        left = toLeft;
        top = toTop;
        PointList line = new PointList(next.points().length / 2);
        for (int i = 0; i < next.points().length; i += 2) {
            line.addPoint(left + look.column(next.points()[i]), top + look.row(next.points()[i + 1]));
        }
        setLineWidth(width());
        setPoints(line);
    }

    /** The curve itself: points between which lines are straight would show. */
    private Path path() {
        double[] points = curve.points();
        double[] controls = curve.controls();
        int last = points.length - 2;
        Path path = new Path(Display.getCurrent());
        path.moveTo(left + look.column(points[0]), top + look.row(points[1]));
        path.cubicTo(left + look.column(controls[0]), top + look.row(controls[1]), left + look.column(controls[2]),
                top + look.row(controls[3]), left + look.column(points[last]), top + look.row(points[last + 1]));
        return path;
    }

    private int width() {
        return (int) Math.max(1, Math.round(curve.thickness() * Math.min(1, look.zoom())))
                + (isPointedAt ? 2 : stress == Stress.STRONG && look.isCrowded() ? 1 : 0);
    }

    /** A line that would be thinner than a point is paler instead. */
    private double thinness() {
        return !look.isCrowded() ? 1 : Math.max(PALEST, Math.min(1, curve.thickness() * look.zoom()));
    }

    void stress(Stress next) {
        if (next != stress) {
            stress = next;
            setLineWidth(width());
            repaint();
        }
    }

    /** Says whether it can be left out while the drawing is being moved. */
    void minor(boolean minor) {
        isMinor = minor;
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
        if (isMinor && look.isMoving() && stress != Stress.STRONG && !isPointedAt) {
            return;
        }
        Color colour = look.colour(effect);
        double strength = isPointedAt ? 1 : switch (stress) {
            case FADED -> Math.min(FADED, thinness());
            case STRONG -> 1;
            case USUAL -> thinness();
        };
        graphics.setForegroundColor(strength < 1 ? look.palette().faded(colour, strength) : colour);
        graphics.setLineWidth(width());
        graphics.setAntialias(SWT.ON);
        if (dashes.length > 0) {
            graphics.setLineDash(dashes);
        } else {
            graphics.setLineStyle(Graphics.LINE_SOLID);
        }
        Path path = path();
        graphics.drawPath(path);
        path.dispose();
        graphics.setLineStyle(Graphics.LINE_SOLID);
    }
}
