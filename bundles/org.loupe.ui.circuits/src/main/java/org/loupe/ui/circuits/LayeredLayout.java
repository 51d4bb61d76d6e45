package org.loupe.ui.circuits;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.CrossingMinimizationStrategy;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.LayeringStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import org.loupe.core.circuit.graph.Arrangement;
import org.loupe.core.circuit.graph.CircuitGraph;
import org.loupe.core.circuit.graph.Place;
import org.loupe.core.circuit.graph.Scene;
import org.loupe.core.circuit.graph.ShownGraph;
import org.loupe.core.circuit.graph.ShownGraph.Edge;
import org.loupe.core.circuit.graph.ShownGraph.Node;

/**
 * Columns for all nodes of a graph by the layered algorithm of the Eclipse Layout Kernel: nodes of one layer of the network
 * in one row, few crossings, short lines. Where rows are so wide that everything together would be a strip, they get several
 * lines, like bricks. Takes seconds for hundreds of nodes; any thread may ask. The same graph gets the same columns.
 */
final class LayeredLayout {

    static {
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    /** Rows of so many nodes are never broken. */
    static final int NARROW = 18;

    /** Width to height of what is aimed at. */
    private static final double SHAPE = 1.7;

    private LayeredLayout() {
    }

    /** The graph with all shown nodes at new places. */
    static CircuitGraph arranged(CircuitGraph graph) {
        ShownGraph shown = graph.shown();
        Map<String, Double> columns = columns(shown);
        List<List<Node>> rows = List.copyOf(shown.rows().values());
        int across = across(rows.stream().map(List::size).toList());
        if (rows.stream().allMatch(row -> row.size() <= across)) {
            return Arrangement.settled(graph.unplaced(), columns);
        }
        Map<String, Place> places = new HashMap<>();
        double middle = columns.values().stream().mapToDouble(column -> column).average().orElse(0);
        double widest = rows.stream().mapToInt(List::size).max().orElse(1);
        for (int row = 0; row < rows.size(); row++) {
            List<Node> nodes = rows.get(row).stream().sorted(Comparator.comparingDouble((Node node) -> columns.get(node.id()))
                    .thenComparing(Node::id)).toList();
            int shelves = (nodes.size() + across - 1) / across;
            for (int i = 0; i < nodes.size() && shelves > 1; i++) {
                places.put(nodes.get(i).id(), new Place(middle + (i - (nodes.size() - 1) / 2.0) * Arrangement.PITCH / shelves, row,
                        i % shelves));
            }
            nodes.forEach(node -> columns.compute(node.id(), (id, column) -> middle + (column - middle) * across / widest));
        }
        return Arrangement.settled(graph.unplaced().placed(places), columns);
    }

    /** How many nodes a line has at most, so that everything together has about the shape of a screen. */
    static int across(List<Integer> rows) {
        int widest = rows.stream().mapToInt(row -> row).max().orElse(0);
        for (int across = NARROW; across < widest; across++) {
            int most = across;
            double height = rows.stream().mapToDouble(row -> Scene.ROW + (row - 1) / most * Scene.SHELF).sum();
            if (across * Arrangement.PITCH >= SHAPE * height) {
                return across;
            }
        }
        return Math.max(NARROW, widest);
    }

    /** The middle of each node, by id. */
    static Map<String, Double> columns(ShownGraph shown) {
        ElkNode root = ElkGraphUtil.createGraph();
        root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        root.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
        root.setProperty(CoreOptions.SPACING_NODE_NODE, Arrangement.PITCH - Scene.BOX_WIDTH);
        root.setProperty(CoreOptions.SEPARATE_CONNECTED_COMPONENTS, false);
        root.setProperty(CoreOptions.RANDOM_SEED, 1);
        root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.POLYLINE);
        root.setProperty(LayeredOptions.LAYERING_STRATEGY, LayeringStrategy.INTERACTIVE);
        root.setProperty(LayeredOptions.CROSSING_MINIMIZATION_STRATEGY, CrossingMinimizationStrategy.LAYER_SWEEP);
        Map<String, ElkNode> nodes = new HashMap<>();
        List<Integer> depths = new ArrayList<>(shown.rows().keySet());
        for (Node node : shown.nodes()) {
            ElkNode made = ElkGraphUtil.createNode(root);
            made.setDimensions(Scene.BOX_WIDTH, Scene.BOX_HEIGHT);
            made.setLocation(0, (depths.size() - 1 - depths.indexOf(node.depth())) * Scene.ROW);
            nodes.put(node.id(), made);
        }
        for (Edge edge : shown.edges()) {
            ElkEdge made = ElkGraphUtil.createSimpleEdge(nodes.get(edge.to()), nodes.get(edge.from()));
            made.setProperty(LayeredOptions.PRIORITY_STRAIGHTNESS, (int) Math.round(20 * edge.part()));
        }
        new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
        Map<String, Double> columns = new HashMap<>();
        nodes.forEach((id, node) -> columns.put(id, node.getX() + Scene.BOX_WIDTH / 2));
        return columns;
    }
}
