package org.loupe.ui.circuits.zest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.draw2d.AbsoluteBendpoint;
import org.eclipse.draw2d.BendpointConnectionRouter;
import org.eclipse.draw2d.Bendpoint;
import org.eclipse.draw2d.Connection;
import org.eclipse.draw2d.ConnectionLocator;
import org.eclipse.draw2d.IFigure;
import org.eclipse.draw2d.Viewport;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.zest.core.viewers.GraphViewer;
import org.eclipse.zest.core.widgets.CGraphNode;
import org.eclipse.zest.core.widgets.Graph;
import org.eclipse.zest.core.widgets.GraphConnection;
import org.eclipse.zest.core.widgets.GraphNode;
import org.eclipse.zest.core.widgets.ZestStyles;
import org.loupe.core.circuit.graph.Scene;
import org.loupe.core.circuit.graph.Scene.Box;
import org.loupe.core.circuit.graph.Scene.Curve;
import org.loupe.ui.circuits.GraphHost;
import org.loupe.ui.circuits.GraphRenderer;
import org.loupe.ui.circuits.draw2d.KernelFigure;
import org.loupe.ui.circuits.draw2d.Look;
import org.loupe.ui.circuits.draw2d.NodeFigure;

/** Draws circuits with a Zest {@link GraphViewer}, each node at the scene's place, each link along the scene's curve. */
public final class ZestRenderer implements GraphRenderer {

    private static final double LEAST = .04;
    private static final double MOST = 3;
    private static final double LEGIBLE = .75;
    private static final double STEP = 1.2;
    private static final int DRAG = 4;

    private final Map<String, NodeFigure> figures = new HashMap<>();
    private final Set<String> marked = new HashSet<>();
    private GraphViewer viewer;
    private Graph graph;
    private GraphHost host;
    private Look look;
    private Scene scene = new Scene(List.of(), List.of(), 0, 0, 0, 0);
    private Point pressed;
    private boolean isDragging;

    @Override
    public Control create(Composite parent, GraphHost graphHost) {
        host = graphHost;
        viewer = new GraphViewer(parent, SWT.NONE) {
            @Override
            protected GraphNode createNodeObject(Graph model, IFigure figure) {
                return new Marked(model, figure);
            }
        };
        graph = viewer.getGraphControl();
        look = new Look(graph, host);
        graph.addDisposeListener(event -> look.close());
        graph.setBackground(look.palette().background());
        viewer.setContentProvider(new Links());
        viewer.setLabelProvider(new Style(look, id -> figures.get(id)));
        viewer.setNodeStyle(ZestStyles.NODES_NO_ANIMATION | ZestStyles.NODES_NO_LAYOUT_RESIZE);
        viewer.setLayoutAlgorithm(new Coordinates(id -> scene.box((String) id).orElse(null)), false);
        graph.addListener(SWT.MouseDown, this::down);
        graph.addListener(SWT.MouseMove, this::move);
        graph.addListener(SWT.MouseUp, event -> up());
        graph.addListener(SWT.MouseDoubleClick, event -> nodeAt(event.x, event.y).ifPresent(id -> host.grow(id, true)));
        graph.addListener(SWT.MouseVerticalWheel, this::wheel);
        return graph;
    }

    /** A node that is marked when the host says so, whatever Zest takes for selected. */
    private static final class Marked extends CGraphNode {
        Marked(Graph model, IFigure figure) {
            super(model, SWT.NONE, figure);
        }

        @Override
        public void highlight() {
            // The node's own figure shows what is chosen.
        }

        @Override
        public void unhighlight() {
            // The node's own figure shows what is chosen.
        }
    }

    @Override
    public void show(Scene next, boolean fits) {
        Optional<Box> anchor = scene.boxes().stream().filter(box -> next.box(box.node().id()).isPresent()).findFirst();
        Optional<Rectangle> before = anchor.flatMap(box -> bounds(box.node().id()));
        scene = next;
        look.begin();
        figures.clear();
        for (Box box : scene.boxes()) {
            NodeFigure figure = new NodeFigure(look);
            figure.show(box, 0, 0);
            figure.choose(marked.contains(box.node().id()));
            figures.put(box.node().id(), figure);
        }
        viewer.setInput(scene);
        scene.boxes().forEach(box -> viewer.addNode(box.node().id()));
        graph.applyLayoutNow();
        scene.curves().forEach(this::route);
        graph.getLightweightSystem().getUpdateManager().performUpdate();
        if (fits) {
            begin();
        } else if (before.isPresent()) {
            Rectangle now = bounds(anchor.orElseThrow().node().id()).orElseThrow();
            pan(before.get().x - now.x, before.get().y - now.y);
        }
    }

    private void route(Curve curve) {
        if (!(viewer.findGraphItem(curve) instanceof GraphConnection link)) {
            return;
        }
        Connection figure = link.getConnectionFigure();
        List<Bendpoint> bends = new ArrayList<>();
        for (int i = 0; i < curve.points().length; i += 2) {
            bends.add(new AbsoluteBendpoint((int) Math.round(curve.points()[i]), (int) Math.round(curve.points()[i + 1])));
        }
        figure.setConnectionRouter(new BendpointConnectionRouter());
        figure.setRoutingConstraint(bends);
        if (curve.kernel()) {
            KernelFigure kernel = new KernelFigure(look, curve.edge(), (int) Scene.side(curve.edge().links().get(0).kernel()));
            figure.add(kernel, new ConnectionLocator(figure, ConnectionLocator.MIDDLE));
        }
    }

    @Override
    public void mark(Set<String> nodes) {
        marked.clear();
        marked.addAll(nodes);
        figures.forEach((id, figure) -> figure.choose(nodes.contains(id)));
    }

    @Override
    public void refresh() {
        look.begin();
        graph.setBackground(look.palette().background());
        graph.redraw();
        graph.getContents().repaint();
        if (look.isLate()) {
            graph.getDisplay().asyncExec(() -> {
                if (!graph.isDisposed()) {
                    refresh();
                }
            });
        }
    }

    @Override
    public void reveal(String node) {
        bounds(node).ifPresent(place -> {
            Rectangle area = graph.getClientArea();
            if (!area.contains(place.x, place.y) || !area.contains(place.x + place.width, place.y + place.height)) {
                pan(area.width / 2 - place.x - place.width / 2, area.height / 2 - place.y - place.height / 2);
            }
        });
    }

    private void begin() {
        fit();
        if (zoom() < LEGIBLE && graph.getClientArea().width > 1) {
            graph.getRootLayer().setScale(LEGIBLE);
            graph.getLightweightSystem().getUpdateManager().performUpdate();
            scene.boxes().stream().filter(box -> box.node().centre()).findFirst().flatMap(box -> bounds(box.node().id()))
                    .ifPresent(place -> pan(graph.getClientArea().width / 2 - place.x - place.width / 2,
                            graph.getClientArea().height / 2 - place.y - place.height / 2));
        }
    }

    @Override
    public void fit() {
        Rectangle area = graph.getClientArea();
        if (area.width > 1 && area.height > 1 && scene.width() > 0) {
            graph.getRootLayer().setScale(Math.max(LEAST, Math.min(1,
                    Math.min(area.width / scene.width(), area.height / scene.height()))));
        }
        graph.getLightweightSystem().getUpdateManager().performUpdate();
        graph.getViewport().setViewLocation(0, 0);
    }

    @Override
    public double zoom() {
        return graph.getRootLayer().getScale();
    }

    @Override
    public void zoomTo(double zoom, Point around) {
        double before = zoom();
        double next = Math.max(LEAST, Math.min(MOST, zoom));
        Viewport viewport = graph.getViewport();
        double column = (around.x + viewport.getViewLocation().x) / before;
        double row = (around.y + viewport.getViewLocation().y) / before;
        graph.getRootLayer().setScale(next);
        graph.getLightweightSystem().getUpdateManager().performUpdate();
        viewport.setViewLocation((int) Math.round(column * next) - around.x, (int) Math.round(row * next) - around.y);
    }

    private void pan(int columns, int rows) {
        Viewport viewport = graph.getViewport();
        viewport.setViewLocation(viewport.getViewLocation().x - columns, viewport.getViewLocation().y - rows);
    }

    @Override
    public Optional<Rectangle> bounds(String node) {
        NodeFigure figure = figures.get(node);
        if (figure == null || figure.getParent() == null) {
            return Optional.empty();
        }
        org.eclipse.draw2d.geometry.Rectangle place = figure.getBounds().getCopy();
        figure.translateToAbsolute(place);
        return Optional.of(new Rectangle(place.x, place.y, place.width, place.height));
    }

    private Optional<String> nodeAt(int column, int row) {
        return figures.keySet().stream().filter(id -> bounds(id).filter(place -> place.contains(column, row)).isPresent())
                .findFirst();
    }

    private void down(Event event) {
        graph.forceFocus();
        pressed = event.button == 1 ? new Point(event.x, event.y) : null;
        isDragging = false;
        Optional<String> node = nodeAt(event.x, event.y);
        if (node.isPresent()) {
            host.choose(node.get(), (event.stateMask & SWT.MOD1) != 0);
        } else if (linkAt(event.x, event.y).isPresent()) {
            pressed = null;
            linkAt(event.x, event.y).ifPresent(curve -> host.turnKernel(curve.edge()));
        } else {
            host.choose("", (event.stateMask & SWT.MOD1) != 0);
        }
    }

    private Optional<Curve> linkAt(int column, int row) {
        return scene.curves().stream().filter(curve -> {
            if (viewer.findGraphItem(curve) instanceof GraphConnection link) {
                org.eclipse.draw2d.geometry.Point at = new org.eclipse.draw2d.geometry.Point(column, row);
                link.getConnectionFigure().translateToRelative(at);
                return link.getConnectionFigure().containsPoint(at);
            }
            return false;
        }).findFirst();
    }

    private void move(Event event) {
        isDragging |= pressed != null && Math.abs(event.x - pressed.x) + Math.abs(event.y - pressed.y) > DRAG;
    }

    /** Zest has moved the node; here it goes back to its row, at the column where it was let go. */
    private void up() {
        if (pressed != null && isDragging) {
            nodeAt(pressed.x, pressed.y).or(() -> marked.stream().findFirst()).filter(figures::containsKey)
                    .ifPresent(id -> host.move(id, figures.get(id).getBounds().x));
        }
        pressed = null;
        isDragging = false;
    }

    private void wheel(Event event) {
        if ((event.stateMask & SWT.MOD1) != 0) {
            zoomTo(zoom() * (event.count > 0 ? STEP : 1 / STEP), new Point(event.x, event.y));
            event.doit = false;
        }
    }
}
