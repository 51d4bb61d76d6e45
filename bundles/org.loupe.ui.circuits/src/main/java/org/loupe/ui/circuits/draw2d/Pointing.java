package org.loupe.ui.circuits.draw2d;

import org.eclipse.draw2d.IFigure;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.loupe.ui.circuits.GraphHost;

/** What a person does with the mouse: clicks, drags nodes along their rows and the ground, zooms with Ctrl and the wheel. */
final class Pointing {

    private static final double STEP = 1.2;
    private static final int DRAG = 4;
    private static final int SCROLL = 24;

    private final Control canvas;
    private final GraphHost host;
    private final Draw2dRenderer renderer;
    private Point pressed;
    private NodeFigure grasped;
    private boolean isDragging;
    private NodeFigure node;
    private LinkFigure link;

    Pointing(Control canvas, GraphHost host, Draw2dRenderer renderer) {
        this.canvas = canvas;
        this.host = host;
        this.renderer = renderer;
    }

    void attach() {
        canvas.addListener(SWT.MouseDown, this::down);
        canvas.addListener(SWT.MouseMove, this::move);
        canvas.addListener(SWT.MouseUp, this::up);
        canvas.addListener(SWT.MouseExit, event -> pointAt(null));
        canvas.addListener(SWT.MouseDoubleClick, this::doubled);
        canvas.addListener(SWT.MouseVerticalWheel, event -> wheel(event, false));
        canvas.addListener(SWT.MouseHorizontalWheel, event -> wheel(event, true));
    }

    private void down(Event event) {
        canvas.forceFocus();
        IFigure at = renderer.at(event.x, event.y);
        pressed = event.button == 1 ? new Point(event.x, event.y) : null;
        isDragging = false;
        grasped = null;
        if (at instanceof NodeFigure figure) {
            pressedAt(figure, event);
        } else if (at != null && Draw2dRenderer.edge(at).isPresent()) {
            if (event.button == 1) {
                host.turnKernel(Draw2dRenderer.edge(at).get());
                pressed = null;
            }
        } else {
            host.choose("", (event.stateMask & SWT.MOD1) != 0);
        }
    }

    private void pressedAt(NodeFigure figure, Event event) {
        String id = figure.node().id();
        NodeFigure.Part part = event.button == 1 ? renderer.part(figure, event.x, event.y) : NodeFigure.Part.BODY;
        switch (part) {
            case UPWARDS -> host.grow(id, false);
            case DOWNWARDS -> host.grow(id, true);
            case SHRINK -> host.shrink(id);
            case BODY -> {
                grasped = figure;
                host.choose(id, (event.stateMask & SWT.MOD1) != 0);
                return;
            }
        }
        pressed = null;
    }

    private void doubled(Event event) {
        if (event.button == 1 && renderer.at(event.x, event.y) instanceof NodeFigure figure
                && renderer.part(figure, event.x, event.y) == NodeFigure.Part.BODY) {
            pressed = null;
            grasped = null;
            host.grow(figure.node().id(), true);
        }
    }

    private void move(Event event) {
        if (pressed == null) {
            pointAt(renderer.at(event.x, event.y));
            return;
        }
        int columns = event.x - pressed.x;
        int rows = event.y - pressed.y;
        isDragging |= Math.abs(columns) + Math.abs(rows) > DRAG;
        if (isDragging && grasped != null) {
            renderer.drag(grasped, columns);
            pressed = new Point(event.x, event.y);
        } else if (isDragging) {
            renderer.pan(columns, rows);
            pressed = new Point(event.x, event.y);
        }
    }

    private void up(Event event) {
        if (isDragging && grasped != null) {
            host.move(grasped.node().id(), renderer.left(grasped));
        }
        pressed = null;
        grasped = null;
        isDragging = false;
    }

    private void pointAt(IFigure at) {
        NodeFigure nextNode = at instanceof NodeFigure figure ? figure : null;
        LinkFigure nextLink = at instanceof LinkFigure figure ? figure : null;
        if (nextNode != node) {
            if (node != null) {
                node.pointAt(false);
            }
            if (nextNode != null) {
                nextNode.pointAt(true);
            }
            node = nextNode;
        }
        if (nextLink != link) {
            if (link != null) {
                link.pointAt(false);
            }
            if (nextLink != null) {
                nextLink.pointAt(true);
            }
            link = nextLink;
        }
    }

    private void wheel(Event event, boolean isHorizontal) {
        if ((event.stateMask & SWT.MOD1) != 0) {
            renderer.zoomTo(renderer.zoom() * (event.count > 0 ? STEP : 1 / STEP), new Point(event.x, event.y));
        } else if (isHorizontal || (event.stateMask & SWT.SHIFT) != 0) {
            renderer.pan(SCROLL * event.count, 0);
        } else {
            renderer.pan(0, SCROLL * event.count);
        }
        event.doit = false;
    }
}
