package org.loupe.formats.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.onnx.Model.Graph;
import org.loupe.formats.onnx.Model.Node;

/** Brings the nodes of a graph into an order in which they can run. */
final class NodeOrder {

    private NodeOrder() {
    }

    /**
     * The nodes that lead to some outputs, each after those that it reads; otherwise in the file's order.
     *
     * @param known names that are there without a node
     * @param inner whether the graph may read names from around it
     * @throws NetworkException when nodes read each other in a circle, or what nothing makes
     */
    static List<Node> sorted(List<Node> nodes, Collection<String> outputs, Set<String> known, boolean inner) {
        Map<String, Node> makers = new HashMap<>();
        for (Node node : nodes) {
            for (String output : node.outputs()) {
                if (!output.isEmpty() && (makers.put(output, node) != null || known.contains(output))) {
                    throw new NetworkException("two of its nodes make " + output);
                }
            }
        }
        Set<Node> needed = needed(makers, outputs, known, inner);
        List<Node> sorted = new ArrayList<>();
        Set<Node> done = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Node> begun = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> open = new ArrayDeque<>();
        for (Node node : nodes) {
            if (!needed.contains(node)) {
                continue;
            }
            open.push(node);
            while (!open.isEmpty()) {
                Node next = open.peek();
                if (done.contains(next)) {
                    open.pop();
                } else if (begun.add(next)) {
                    for (String read : reads(next)) {
                        Node maker = makers.get(read);
                        if (maker != null && begun.contains(maker) && !done.contains(maker)) {
                            throw new NetworkException("its nodes read each other in a circle, at " + read);
                        }
                        if (maker != null && !done.contains(maker)) {
                            open.push(maker);
                        }
                    }
                } else {
                    open.pop();
                    done.add(next);
                    sorted.add(next);
                }
            }
        }
        return sorted;
    }

    private static Set<Node> needed(Map<String, Node> makers, Collection<String> outputs, Set<String> known, boolean inner) {
        Set<Node> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(outputs);
        while (!open.isEmpty()) {
            String name = open.pop();
            Node maker = makers.get(name);
            if (maker != null && needed.add(maker)) {
                reads(maker).stream().filter(seen::add).forEach(open::push);
            } else if (maker == null && !inner && !known.contains(name)) {
                throw new NetworkException("it reads " + name + ", which nothing in the file makes");
            }
        }
        return needed;
    }

    /** What a node reads, also inside its graphs. */
    static Set<String> reads(Node node) {
        Set<String> reads = new HashSet<>();
        collect(node, reads);
        return reads;
    }

    private static void collect(Node node, Set<String> reads) {
        node.inputs().stream().filter(name -> !name.isEmpty()).forEach(reads::add);
        node.attributes().values().stream().filter(attribute -> attribute.graph() != null)
                .forEach(attribute -> collect(attribute.graph(), reads));
    }

    private static void collect(Graph graph, Set<String> reads) {
        Set<String> inside = new HashSet<>();
        graph.nodes().forEach(node -> collect(node, inside));
        graph.outputs().forEach(port -> inside.add(port.name()));
        graph.nodes().forEach(node -> inside.removeAll(node.outputs()));
        graph.initializers().forEach(tensor -> inside.remove(tensor.name()));
        graph.inputs().forEach(port -> inside.remove(port.name()));
        reads.addAll(inside);
    }
}
