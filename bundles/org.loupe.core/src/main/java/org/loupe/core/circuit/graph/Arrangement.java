package org.loupe.core.circuit.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.loupe.core.circuit.graph.ShownGraph.Edge;
import org.loupe.core.circuit.graph.ShownGraph.Node;

/**
 * Finds places for nodes that have none, and leaves all others where they are. Only when a layer comes between two rows, the
 * rows above go up by one.
 */
public final class Arrangement {

    /** From the middle of a node to the middle of the next one in the row, in points. */
    public static final double PITCH = Scene.BOX_WIDTH + 20;

    private static final double ROUNDING = 1e-6;

    private final CircuitGraph graph;
    private final ShownGraph shown;
    private final Map<String, Place> places;
    private final Map<Integer, Integer> rows = new TreeMap<>();

    private Arrangement(CircuitGraph graph) {
        this.graph = graph;
        this.shown = graph.shown();
        this.places = new LinkedHashMap<>(graph.places());
    }

    /**
     * The graph with a place for each node that is shown.
     *
     * @param wanted the columns where new nodes would best stand, by id; the others stand near the nodes that they are
     *               joined to
     */
    public static CircuitGraph settled(CircuitGraph graph, Map<String, Double> wanted) {
        Arrangement arrangement = new Arrangement(graph);
        arrangement.findRows();
        arrangement.settle(wanted);
        return graph.placed(arrangement.places);
    }

    /**
     * The graph with a node at another column of its line, or at the nearest one that is free.
     *
     * @param node a shown one that has a place
     */
    public static CircuitGraph moved(CircuitGraph graph, String node, double column) {
        Map<String, Place> others = new LinkedHashMap<>(graph.places());
        Place before = others.remove(node);
        Arrangement arrangement = new Arrangement(graph.unplaced().placed(others));
        arrangement.findRows();
        arrangement.place(graph.shown().node(node).orElseThrow(), column, List.of(before.shelf()));
        return graph.placed(arrangement.places);
    }

    /** Rows are those of nodes that have places, by the depth of their layers. */
    private void findRows() {
        graph.units().forEach((unit, depth) -> {
            Place place = places.get(unit.toString());
            if (place != null) {
                rows.putIfAbsent(depth, place.row());
            }
        });
        for (int depth : shown.rows().keySet()) {
            if (!rows.containsKey(depth)) {
                rows.put(depth, newRow(depth));
            }
        }
    }

    private int newRow(int depth) {
        TreeMap<Integer, Integer> known = new TreeMap<>(rows);
        if (known.isEmpty()) {
            return 0;
        }
        if (known.lowerEntry(depth) == null) {
            return known.firstEntry().getValue() - 1;
        }
        int row = known.lowerEntry(depth).getValue() + 1;
        if (known.higherEntry(depth) != null && known.higherEntry(depth).getValue() <= row) {
            rows.replaceAll((layer, old) -> old >= row ? old + 1 : old);
            places.replaceAll((id, place) -> place.row() >= row ? new Place(place.column(), place.row() + 1, place.shelf())
                    : place);
        }
        return row;
    }

    private void settle(Map<String, Double> wanted) {
        List<Node> homeless = new ArrayList<>(shown.nodes().stream().filter(node -> {
            Place place = places.get(node.id());
            return place == null || place.row() != rows.get(node.depth());
        }).toList());
        homeless.forEach(node -> places.remove(node.id()));
        Map<String, List<String>> beside = beside();
        while (!homeless.isEmpty()) {
            Map<Node, Double> next = new HashMap<>();
            for (Node node : homeless) {
                OptionalDouble best = wish(node, wanted, beside.getOrDefault(node.id(), List.of()));
                best.ifPresent(column -> next.put(node, column));
            }
            if (next.isEmpty()) {
                next.put(homeless.get(0), 0.0);
            }
            next.entrySet().stream().sorted(Map.Entry.<Node, Double>comparingByValue()
                    .thenComparing(one -> one.getKey().id(), Comparator.naturalOrder()))
                    .forEach(one -> place(one.getKey(), one.getValue(), shelves(rows.get(one.getKey().depth()))));
            homeless.removeAll(next.keySet());
        }
    }

    private Map<String, List<String>> beside() {
        Map<String, List<String>> beside = new HashMap<>();
        for (Edge edge : shown.edges()) {
            beside.computeIfAbsent(edge.from(), id -> new ArrayList<>()).add(edge.to());
            beside.computeIfAbsent(edge.to(), id -> new ArrayList<>()).add(edge.from());
        }
        return beside;
    }

    /** Where a node would best stand, or nothing as long as nothing that it is joined to has a place. */
    private OptionalDouble wish(Node node, Map<String, Double> wanted, List<String> beside) {
        if (wanted.containsKey(node.id())) {
            return OptionalDouble.of(wanted.get(node.id()));
        }
        List<String> own = node.isGroup() ? node.units().stream().map(Object::toString).toList() : List.of();
        OptionalDouble before = middle(own);
        return before.isPresent() ? before : middle(beside);
    }

    private OptionalDouble middle(Collection<String> ids) {
        return ids.stream().map(places::get).filter(place -> place != null).mapToDouble(Place::column).average();
    }

    /** The lines that a row has. */
    private List<Integer> shelves(int row) {
        int highest = places.values().stream().filter(place -> place.row() == row).mapToInt(Place::shelf).max().orElse(0);
        return IntStream.rangeClosed(0, highest).boxed().toList();
    }

    private void place(Node node, double wish, List<Integer> shelves) {
        int row = rows.get(node.depth());
        Set<String> own = new HashSet<>();
        if (node.isGroup()) {
            node.units().forEach(unit -> own.add(unit.toString()));
        }
        Place best = shelves.stream().map(shelf -> new Place(nearest(wish, places.entrySet().stream()
                .filter(one -> one.getValue().row() == row && one.getValue().shelf() == shelf && !own.contains(one.getKey()))
                .mapToDouble(one -> one.getValue().column()).toArray()), row, shelf))
                .min(Comparator.comparingDouble(place -> Math.abs(place.column() - wish))).orElseThrow();
        places.put(node.id(), best);
    }

    private static double nearest(double wish, double[] taken) {
        double best = wish;
        double distance = isFree(wish, taken) ? 0 : Double.POSITIVE_INFINITY;
        for (double column : taken) {
            for (int side = -1; side <= 1; side += 2) {
                double candidate = column + side * PITCH;
                if (Math.abs(candidate - wish) < distance - ROUNDING && isFree(candidate, taken)) {
                    best = candidate;
                    distance = Math.abs(candidate - wish);
                }
            }
        }
        return best;
    }

    private static boolean isFree(double column, double[] taken) {
        for (double other : taken) {
            if (Math.abs(column - other) < PITCH - ROUNDING) {
                return false;
            }
        }
        return true;
    }
}
