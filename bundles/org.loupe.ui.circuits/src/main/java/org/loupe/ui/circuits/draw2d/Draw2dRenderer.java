package org.loupe.ui.circuits.draw2d;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.draw2d.Figure;
import org.eclipse.draw2d.FigureCanvas;
import org.eclipse.draw2d.Graphics;
import org.eclipse.draw2d.IFigure;
import org.eclipse.draw2d.Viewport;
import org.eclipse.draw2d.geometry.Dimension;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.loupe.core.circuit.graph.Scene;
import org.loupe.core.circuit.graph.Scene.Box;
import org.loupe.core.circuit.graph.Scene.Curve;
import org.loupe.core.circuit.graph.ShownGraph.Edge;
import org.loupe.ui.circuits.GraphHost;
import org.loupe.ui.circuits.GraphRenderer;

/**
 * Loupe's own renderer. Figures are laid out anew for every zoom instead of being scaled, so that lines, letters and pictures
 * are sharp at every size and alike with every version of Draw2d.
 */
public final class Draw2dRenderer implements GraphRenderer {

    private static final double LEAST = .04;
    private static final double MOST = 3;
    private static final double LEGIBLE = .75;
    private static final int CROWDED = 12;
    private static final int SEEN = 8;
    private static final int MANY = 200;
    private static final int WHILE_MOVING = 300;
    private static final int AT_REST_MILLISECONDS = 150;

    private final Map<String, NodeFigure> nodes = new LinkedHashMap<>();
    private final Map<String, LinkFigure> links = new LinkedHashMap<>();
    private final Set<String> marked = new HashSet<>();
    private final Ground ground = new Ground();
    private final Runnable rest = this::rest;
    private FigureCanvas canvas;
    private Viewport viewport;
    private Look look;
    private RowNames names;
    private Scene scene = new Scene(List.of(), List.of(), 0, 0, 0, 0);
    private Sight sight = Sight.BEGINNING;
    private int left;
    private int top;

    /** What is seen when there is more or less room than before. */
    private enum Sight {
        /** As at first. */
        BEGINNING,
        /** Everything. */
        WHOLE,
        /** Where a person has moved to. */
        CHOSEN
    }

    /** Upon which everything is drawn. */
    private final class Ground extends Figure {
        @Override
        protected void paintFigure(Graphics graphics) {
            look.begin();
            graphics.setBackgroundColor(look.palette().background());
            graphics.fillRectangle(bounds);
        }

        @Override
        protected void paintChildren(Graphics graphics) {
            super.paintChildren(graphics);
            if (look.isLate()) {
                canvas.getDisplay().asyncExec(() -> {
                    if (!canvas.isDisposed()) {
                        repaint();
                    }
                });
            }
        }

        @Override
        public boolean isOpaque() {
            return true;
        }
    }

    @Override
    public Control create(Composite parent, GraphHost host) {
        canvas = new FigureCanvas(parent);
        look = new Look(canvas, host);
        names = new RowNames(look);
        viewport = new Viewport(true);
        canvas.setViewport(viewport);
        canvas.setContents(ground);
        canvas.addDisposeListener(event -> look.close());
        canvas.addListener(SWT.Resize, event -> {
            switch (sight) {
                case BEGINNING -> begin();
                case WHOLE -> fit();
                case CHOSEN -> place(Optional.of(origin()));
            }
        });
        new Pointing(canvas, host, this).attach();
        return canvas;
    }

    @Override
    public void show(Scene next, boolean wholly) {
        Optional<Box> anchor = scene.boxes().stream().filter(box -> next.box(box.node().id()).isPresent()).findFirst();
        Point before = anchor.map(box -> viewLocationOf(box)).orElse(null);
        Set<String> known = Set.copyOf(nodes.keySet());
        scene = next;
        look.origin(next.left(), -next.top());
        update();
        if (wholly) {
            begin();
        } else {
            sight = Sight.CHOSEN;
            Point origin = anchor.flatMap(box -> next.box(box.node().id())).map(box -> new Point(before.x - look.column(box.left()),
                    before.y - look.row(box.top()))).orElseGet(this::origin);
            place(Optional.of(towards(origin, next.boxes().stream().filter(box -> !known.contains(box.node().id())).toList())));
        }
        mark(Set.copyOf(marked));
    }

    private Point viewLocationOf(Box box) {
        Point origin = origin();
        return new Point(origin.x + look.column(box.left()), origin.y + look.row(box.top()));
    }

    /** Where the corner of the scene is on the control. */
    private Point origin() {
        return new Point(left - viewport.getViewLocation().x, top - viewport.getViewLocation().y);
    }

    /** The scene's corner, moved no further than is needed for some boxes to be seen; as it is where there is no room for them. */
    private Point towards(Point origin, List<Box> added) {
        if (added.isEmpty()) {
            return origin;
        }
        org.eclipse.draw2d.geometry.Rectangle area = viewport.getClientArea();
        double lowest = added.stream().mapToDouble(Box::top).max().orElseThrow() + Scene.BOX_HEIGHT + SEEN;
        double furthest = added.stream().mapToDouble(Box::left).max().orElseThrow() + Scene.BOX_WIDTH + SEEN;
        double highest = added.stream().mapToDouble(Box::top).min().orElseThrow() - SEEN;
        double nearest = added.stream().mapToDouble(Box::left).min().orElseThrow() - SEEN;
        return new Point(towards(origin.x, look.column(nearest), look.column(furthest), area.width),
                towards(origin.y, look.row(highest), look.row(lowest), area.height));
    }

    private static int towards(int origin, int from, int to, int room) {
        return to - from > room ? origin : Math.max(-from, Math.min(room - to, origin));
    }

    /** Makes the figures that are missing and removes those of what is no longer there. */
    private void update() {
        ground.removeAll();
        Map<String, LinkFigure> before = new HashMap<>(links);
        links.clear();
        look.crowd(scene.curves().size() > MANY);
        int minor = scene.curves().size() - WHILE_MOVING;
        for (Curve curve : scene.curves().stream().sorted(Comparator.comparingDouble(Curve::thickness)).toList()) {
            String key = key(curve.edge());
            LinkFigure link = before.get(key);
            if (link == null || link.effect() != curve.edge().effect()) {
                link = new LinkFigure(look, curve.edge().effect());
            }
            link.minor(links.size() < minor);
            links.put(key, link);
            ground.add(link);
        }
        Map<String, NodeFigure> known = new HashMap<>(nodes);
        nodes.clear();
        for (Box box : scene.boxes()) {
            NodeFigure node = known.getOrDefault(box.node().id(), new NodeFigure(look));
            nodes.put(box.node().id(), node);
            ground.add(node);
        }
        scene.curves().stream().filter(Curve::kernel).forEach(curve -> ground.add(new KernelOnLink(curve)));
        ground.add(names);
    }

    private static String key(Edge edge) {
        return edge.from() + '\n' + edge.to();
    }

    /** The kernel of a link, upon it. */
    private final class KernelOnLink extends Figure {
        private final Curve curve;
        private final LinkTip tip = new LinkTip(look);

        KernelOnLink(Curve curve) {
            this.curve = curve;
        }

        @Override
        public IFigure getToolTip() {
            return tip.of(curve.edge());
        }

        void place() {
            removeAll();
            KernelFigure kernel = new KernelFigure(look, curve.edge(), look.scaled(Scene.side(curve.edge().links().get(0).kernel())));
            Dimension size = kernel.getPreferredSize();
            kernel.setBounds(new org.eclipse.draw2d.geometry.Rectangle(left + look.column(curve.anchor()[0]) - size.width / 2,
                    top + look.row(curve.anchor()[1]) - size.height / 2, size.width, size.height));
            setBounds(kernel.getBounds());
            add(kernel);
        }
    }

    /**
     * Puts everything where it belongs at this zoom.
     *
     * @param origin where the corner of the scene is to be on the control; without it, all is in the middle where there is more
     *               room than needed
     */
    private void place(Optional<Point> origin) {
        org.eclipse.draw2d.geometry.Rectangle area = viewport.getClientArea();
        int width = look.scaled(scene.width());
        int height = look.scaled(scene.height());
        Point corner = origin.orElse(new Point(Math.max(0, (area.width - width) / 2), Math.max(0, (area.height - height) / 2)));
        left = Math.max(0, corner.x);
        top = Math.max(0, corner.y);
        ground.setPreferredSize(new Dimension(Math.max(left + width, area.width - Math.min(0, corner.x)),
                Math.max(top + height, area.height - Math.min(0, corner.y))));
        scene.curves().forEach(curve -> links.get(key(curve.edge())).show(curve, left, top));
        scene.boxes().forEach(box -> nodes.get(box.node().id()).show(box, left, top));
        names.show(scene.boxes(), left, top, new org.eclipse.draw2d.geometry.Rectangle(new org.eclipse.draw2d.geometry.Point(),
                ground.getPreferredSize()));
        for (Object child : ground.getChildren()) {
            if (child instanceof KernelOnLink kernel) {
                kernel.place();
            }
        }
        ground.revalidate();
        canvas.getLightweightSystem().getUpdateManager().performUpdate();
        origin.ifPresent(any -> viewport.setViewLocation(left - corner.x, top - corner.y));
        ground.repaint();
    }

    @Override
    public void mark(Set<String> chosen) {
        marked.clear();
        marked.addAll(chosen);
        boolean fades = links.size() > CROWDED && chosen.stream().anyMatch(nodes::containsKey);
        nodes.forEach((id, node) -> node.choose(chosen.contains(id)));
        int above = links.size() - 1;
        for (LinkFigure link : links.values()) {
            boolean isOfChosen = chosen.contains(link.edge().from()) || chosen.contains(link.edge().to());
            link.stress(!fades ? LinkFigure.Stress.USUAL : isOfChosen ? LinkFigure.Stress.STRONG : LinkFigure.Stress.FADED);
            if (fades && isOfChosen) {
                ground.remove(link);
                ground.add(link, above);
            }
        }
    }

    @Override
    public void refresh() {
        ground.repaint();
    }

    @Override
    public void reveal(String node) {
        NodeFigure figure = nodes.get(node);
        if (figure != null) {
            org.eclipse.draw2d.geometry.Rectangle place = figure.getBounds();
            org.eclipse.draw2d.geometry.Rectangle area = viewport.getClientArea();
            org.eclipse.draw2d.geometry.Point at = viewport.getViewLocation();
            boolean isSeen = place.x >= at.x && place.y >= at.y && place.x + place.width <= at.x + area.width
                    && place.y + place.height <= at.y + area.height;
            if (!isSeen) {
                show(node);
            }
        }
    }

    /** Moves a node into the middle. */
    private void show(String node) {
        org.eclipse.draw2d.geometry.Rectangle place = nodes.get(node).getBounds();
        org.eclipse.draw2d.geometry.Rectangle area = viewport.getClientArea();
        viewport.setViewLocation(place.x + (place.width - area.width) / 2, place.y + (place.height - area.height) / 2);
    }

    @Override
    public void fit() {
        Rectangle area = canvas.getClientArea();
        sight = Sight.WHOLE;
        if (area.width > 1 && area.height > 1 && scene.width() > 0) {
            look.zoom(Math.max(LEAST, Math.min(1, Math.min(area.width / scene.width(), area.height / scene.height()))));
        }
        place(Optional.empty());
    }

    /** Shows everything where names can be read then, and otherwise the centre and what is around it. */
    private void begin() {
        fit();
        sight = Sight.BEGINNING;
        if (look.zoom() < Look.NAMES_FROM && canvas.getClientArea().width > 1) {
            look.zoom(LEGIBLE);
            place(Optional.empty());
            scene.boxes().stream().filter(box -> box.node().centre()).findFirst().ifPresent(box -> show(box.node().id()));
        }
    }

    @Override
    public double zoom() {
        return look.zoom();
    }

    /** Until a moment after the last movement, only the strongest of many links are drawn: thousands take a tenth of a second. */
    private void move() {
        if (links.size() > WHILE_MOVING) {
            look.move(true);
            canvas.getDisplay().timerExec(AT_REST_MILLISECONDS, rest);
        }
    }

    private void rest() {
        if (!canvas.isDisposed()) {
            look.move(false);
            ground.repaint();
        }
    }

    @Override
    public void zoomTo(double zoom, Point around) {
        move();
        double next = Math.max(LEAST, Math.min(MOST, zoom));
        Point origin = origin();
        double column = (around.x - origin.x) / look.zoom();
        double row = (around.y - origin.y) / look.zoom();
        sight = Sight.CHOSEN;
        look.zoom(next);
        place(Optional.of(new Point(around.x - (int) Math.round(column * next), around.y - (int) Math.round(row * next))));
    }

    /** Moves what is seen by so many points. */
    void pan(int columns, int rows) {
        move();
        sight = Sight.CHOSEN;
        org.eclipse.draw2d.geometry.Point at = viewport.getViewLocation();
        viewport.setViewLocation(at.x - columns, at.y - rows);
    }

    @Override
    public Optional<Rectangle> bounds(String node) {
        return Optional.ofNullable(nodes.get(node)).map(figure -> {
            org.eclipse.draw2d.geometry.Rectangle place = figure.getBounds();
            org.eclipse.draw2d.geometry.Point at = viewport.getViewLocation();
            return new Rectangle(place.x - at.x, place.y - at.y, place.width, place.height);
        });
    }

    /** Moves a node along its line with the links that it has, without asking what becomes of that. */
    void drag(NodeFigure figure, int columns) {
        move();
        figure.setLocation(figure.getBounds().getLocation().getTranslated(columns, 0));
        scene.moved(figure.node().id(), left(figure)).forEach(curve -> links.get(key(curve.edge())).show(curve, left, top));
    }

    /** The left edge of a figure, in the scene's points. */
    double left(NodeFigure figure) {
        return (figure.getBounds().x - left) / look.zoom();
    }

    /** What is at a point of the control: a node, a link, a kernel, or the ground. */
    IFigure at(int column, int row) {
        org.eclipse.draw2d.geometry.Point at = viewport.getViewLocation();
        IFigure found = ground.findFigureAt(column + at.x, row + at.y);
        while (found != null && found.getParent() != ground && found != ground) {
            found = found.getParent();
        }
        return found;
    }

    NodeFigure.Part part(NodeFigure node, int column, int row) {
        org.eclipse.draw2d.geometry.Point at = viewport.getViewLocation();
        return node.at(column + at.x, row + at.y);
    }

    /** The link that a figure belongs to. */
    static Optional<Edge> edge(IFigure figure) {
        return figure instanceof LinkFigure link ? Optional.of(link.edge())
                : figure instanceof KernelOnLink kernel ? Optional.of(kernel.curve.edge()) : Optional.empty();
    }
}
