package org.loupe.ui.circuits.zest;

import java.util.function.Function;
import org.eclipse.draw2d.IFigure;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.swt.graphics.Color;
import org.eclipse.zest.core.viewers.IConnectionStyleProvider;
import org.eclipse.zest.core.viewers.IFigureProvider;
import org.eclipse.zest.core.widgets.ZestStyles;
import org.loupe.core.circuit.graph.Scene.Curve;
import org.loupe.ui.circuits.draw2d.LinkTip;
import org.loupe.ui.circuits.draw2d.Look;

/** What nodes and links look like. */
final class Style extends LabelProvider implements IConnectionStyleProvider, IFigureProvider {

    private final Look look;
    private final Function<Object, IFigure> figures;

    /** @param figures the figure of a node, by its id */
    Style(Look look, Function<Object, IFigure> figures) {
        this.look = look;
        this.figures = figures;
    }

    @Override
    public String getText(Object element) {
        return "";
    }

    @Override
    public IFigure getFigure(Object element) {
        return figures.apply(element);
    }

    @Override
    public int getConnectionStyle(Object link) {
        return switch (((Curve) link).edge().effect()) {
            case EXCITES -> ZestStyles.CONNECTIONS_SOLID;
            case INHIBITS -> ZestStyles.CONNECTIONS_DASH;
            case BOTH -> ZestStyles.CONNECTIONS_DOT;
        };
    }

    @Override
    public Color getColor(Object link) {
        return look.colour(((Curve) link).edge().effect());
    }

    @Override
    public Color getHighlightColor(Object link) {
        return look.palette().accent();
    }

    @Override
    public int getLineWidth(Object link) {
        return (int) Math.max(1, Math.round(((Curve) link).thickness()));
    }

    @Override
    public IFigure getTooltip(Object element) {
        return element instanceof Curve curve ? LinkTip.of(look, curve.edge()) : null;
    }
}
