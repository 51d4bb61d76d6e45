package org.loupe.ui.circuits.draw2d;

import org.eclipse.draw2d.Figure;
import org.eclipse.draw2d.IFigure;
import org.eclipse.draw2d.Label;
import org.eclipse.draw2d.MarginBorder;
import org.eclipse.draw2d.ToolbarLayout;
import org.loupe.core.circuit.graph.ShownGraph.Edge;

/** What is said of a link that is pointed at. */
public final class LinkTip {

    private static final int SIDE = 96;

    private final Look look;
    private Edge told;
    private IFigure tip;

    LinkTip(Look look) {
        this.look = look;
    }

    /** What is said of a link now; made anew only where more is known than when somebody pointed at it last. */
    IFigure of(Edge drawn) {
        Edge edge = look.host().known(drawn);
        if (!edge.equals(told)) {
            told = edge;
            tip = of(look, edge);
        }
        return tip;
    }

    /** What is shown while a link is pointed at: its kernel and its numbers. */
    public static IFigure of(Look look, Edge drawn) {
        Edge edge = look.host().known(drawn);
        Figure tip = new Figure();
        ToolbarLayout layout = new ToolbarLayout();
        layout.setSpacing(4);
        layout.setStretchMinorAxis(false);
        tip.setLayoutManager(layout);
        tip.setBorder(new MarginBorder(6));
        if (edge.links().size() == 1 && edge.links().get(0).kernel().values().length > 1) {
            tip.add(new KernelFigure(look, edge, SIDE));
        }
        edge.words().lines().forEach(line -> tip.add(new Label(line)));
        return tip;
    }
}
