package org.loupe.core.circuit.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.loupe.core.circuit.Kernel;
import org.loupe.core.circuit.graph.ShownGraph.Edge;
import org.loupe.core.circuit.graph.ShownGraph.Node;

/**
 * A graph as it is drawn, whoever draws it: nodes as boxes, and links as curves from the top of the lower box to the bottom
 * of the upper one. In points, to the right and down from the upper left corner; the picture is at the bottom.
 *
 * @param boxes  by depth
 * @param curves in the order of the edges
 * @param width  of everything
 * @param height of everything
 * @param left   column of the graph's places that is the left edge here
 * @param top    how far the upper edge here is above the lower edge of the graph's row 0, in points
 */
public record Scene(List<Box> boxes, List<Curve> curves, double width, double height, double left, double top) {

    /** Width of a node. */
    public static final double BOX_WIDTH = 92;

    /** Height of a node: its picture, its name and what is known of it. */
    public static final double BOX_HEIGHT = 122;

    /** Width and height of a node's picture. */
    public static final double PICTURE = 80;

    /** Room around the picture in a node. */
    public static final double PADDING = 6;

    /** From the top of a row of one line to the top of the next one. */
    public static final double ROW = BOX_HEIGHT + 78;

    /** From the top of a line to the top of the next one in the same row. */
    public static final double SHELF = BOX_HEIGHT + 26;

    /** Room around everything. */
    public static final double MARGIN = 28;

    /** Side of the square that a kernel upon a link fits in. */
    private static final double KERNEL = 36;

    /** Largest side of one weight of a kernel upon a link, so that a single weight does not look like a large kernel. */
    private static final double WEIGHT = 12;

    private static final double THICKEST = 9;
    private static final double THINNEST = .75;
    private static final int SAMPLES = 24;

    public Scene {
        boxes = List.copyOf(boxes);
        curves = List.copyOf(curves);
    }

    /** A node and its upper left corner. */
    public record Box(Node node, double left, double top) {
        /** The middle of its width. */
        public double middle() {
            return left + BOX_WIDTH / 2;
        }
    }

    /**
     * A link.
     *
     * @param points    (left, top) pairs, from the lower node to the upper one
     * @param thickness of the line
     * @param kernel    whether its kernel is drawn upon it, around {@link #anchor()}
     */
    public record Curve(Edge edge, double[] points, double thickness, boolean kernel) {
        /** The two points between the ends that make a cubic Bézier curve of it: (left, top) pairs, the lower one first. */
        public double[] controls() {
            int last = points.length - 2;
            double bend = bend(points[1], points[last + 1]);
            return new double[] {points[0], points[1] - bend, points[last], points[last + 1] + bend};
        }

        /** Where the kernel is: a little nearer to the lower node, where lines into one node are still apart. */
        public double[] anchor() {
            int at = 2 * (int) Math.round(.42 * (points.length / 2 - 1));
            return new double[] {points[at], points[at + 1]};
        }
    }

    /** Draws what is shown of a graph; nodes without a place are left out, as in a graph that is not arranged yet. */
    public static Scene of(CircuitGraph graph) {
        ShownGraph shown = graph.shown();
        List<Node> placed = shown.nodes().stream().filter(node -> graph.places().containsKey(node.id())).toList();
        double left = placed.stream().mapToDouble(node -> graph.places().get(node.id()).column()).min().orElse(0)
                - BOX_WIDTH / 2 - MARGIN;
        double right = placed.stream().mapToDouble(node -> graph.places().get(node.id()).column()).max().orElse(0)
                + BOX_WIDTH / 2 + MARGIN;
        Map<Integer, Double> floors = floors(placed.stream().map(node -> graph.places().get(node.id())).toList());
        double top = placed.stream().mapToDouble(node -> floor(graph.places().get(node.id()), floors)).max().orElse(0)
                + BOX_HEIGHT + MARGIN;
        double bottom = placed.stream().mapToDouble(node -> floor(graph.places().get(node.id()), floors)).min().orElse(0) - MARGIN;
        Map<String, Box> boxes = new HashMap<>();
        List<Box> order = new ArrayList<>();
        for (Node node : placed) {
            Place place = graph.places().get(node.id());
            Box box = new Box(node, place.column() - BOX_WIDTH / 2 - left, top - floor(place, floors) - BOX_HEIGHT);
            boxes.put(node.id(), box);
            order.add(box);
        }
        List<Curve> curves = new ArrayList<>();
        for (Edge edge : shown.edges()) {
            if (boxes.containsKey(edge.from()) && boxes.containsKey(edge.to())) {
                curves.add(new Curve(edge, curve(boxes.get(edge.from()), boxes.get(edge.to())), thickness(edge.part()),
                        graph.kernels().containsAll(edge.ends())));
            }
        }
        return new Scene(order, curves, right - left, top - bottom, left, top);
    }

    /** The lower edge of each row above that of row 0: rows of several lines are higher than others. */
    private static Map<Integer, Double> floors(List<Place> places) {
        TreeMap<Integer, Integer> shelves = new TreeMap<>(Map.of(0, 0));
        places.forEach(place -> shelves.merge(place.row(), place.shelf(), Math::max));
        Map<Integer, Double> floors = new HashMap<>();
        double floor = 0;
        for (int row = 0; row <= shelves.lastKey(); row++) {
            floors.put(row, floor);
            floor += ROW + shelves.getOrDefault(row, 0) * SHELF;
        }
        floor = 0;
        for (int row = -1; row >= shelves.firstKey(); row--) {
            floor -= ROW + shelves.getOrDefault(row, 0) * SHELF;
            floors.put(row, floor);
        }
        return floors;
    }

    private static double floor(Place place, Map<Integer, Double> floors) {
        return floors.get(place.row()) + place.shelf() * SHELF;
    }

    private static double[] curve(Box from, Box to) {
        double start = from.top();
        double end = to.top() + BOX_HEIGHT;
        double bend = bend(start, end);
        double[] points = new double[2 * SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            double t = i / (SAMPLES - 1.0);
            double s = 1 - t;
            points[2 * i] = (s * s * s + 3 * s * s * t) * from.middle() + (3 * s * t * t + t * t * t) * to.middle();
            points[2 * i + 1] = s * s * s * start + 3 * s * s * t * (start - bend) + 3 * s * t * t * (end + bend)
                    + t * t * t * end;
        }
        return points;
    }

    /** Side of the square that a kernel upon a link fits in. */
    public static double side(Kernel kernel) {
        return Math.min(KERNEL, WEIGHT * Math.max(kernel.rows(), kernel.columns()));
    }

    private static double bend(double start, double end) {
        return Math.max(30, Math.abs(start - end) * .45);
    }

    /** How thick a line is for a share of what the upper node reads, so that the area of its section is the share. */
    public static double thickness(double part) {
        return Math.max(THINNEST, THICKEST * Math.sqrt(part));
    }

    /** The links of a node as they would be if its box were somewhere else in its line, such as while it is dragged. */
    public List<Curve> moved(String id, double left) {
        Map<String, Box> ends = new HashMap<>();
        boxes.forEach(box -> ends.put(box.node().id(), box.node().id().equals(id) ? new Box(box.node(), left, box.top()) : box));
        return curves.stream().filter(curve -> curve.edge().from().equals(id) || curve.edge().to().equals(id))
                .map(curve -> new Curve(curve.edge(), curve(ends.get(curve.edge().from()), ends.get(curve.edge().to())),
                        curve.thickness(), curve.kernel())).toList();
    }

    /** A node's box. */
    public Optional<Box> box(String id) {
        return boxes.stream().filter(box -> box.node().id().equals(id)).findFirst();
    }
}
