package org.loupe.formats.tensorflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.network.NetworkException;

/** The nodes of a graph in an order in which they can run, and who reads whom. */
final class Graph {

    private final Map<String, Node> byName = new HashMap<>();
    private final Map<String, List<Node>> readers = new HashMap<>();
    private final List<Node> ordered = new ArrayList<>();

    /** @throws NetworkException when names are there twice, something is missing or the graph goes in a circle */
    Graph(List<Node> nodes) {
        for (Node node : nodes) {
            if (byName.put(node.name(), node) != null) {
                throw new NetworkException("Two of its nodes are called " + node.name());
            }
        }
        Map<String, Integer> open = new HashMap<>();
        Deque<Node> ready = new ArrayDeque<>();
        for (Node node : nodes) {
            for (String read : node.reads()) {
                if (!byName.containsKey(Node.node(read))) {
                    throw new NetworkException(node.name() + " reads " + read + ", which is not in it");
                }
                readers.computeIfAbsent(Node.node(read), any -> new ArrayList<>()).add(node);
            }
            open.put(node.name(), node.reads().size());
            if (node.reads().isEmpty()) {
                ready.add(node);
            }
        }
        while (!ready.isEmpty()) {
            Node node = ready.remove();
            ordered.add(node);
            for (Node reader : readers(node)) {
                if (open.merge(reader.name(), -1, Integer::sum) == 0) {
                    ready.add(reader);
                }
            }
        }
        if (ordered.size() < nodes.size()) {
            Set<String> reached = new HashSet<>();
            ordered.forEach(node -> reached.add(node.name()));
            throw new NetworkException("It goes in a circle through " + nodes.stream().map(Node::name)
                    .filter(name -> !reached.contains(name)).findFirst().orElseThrow());
        }
    }

    /** Each node after all that it reads. */
    List<Node> ordered() {
        return ordered;
    }

    Node node(String input) {
        return byName.get(Node.node(input));
    }

    /** The nodes that read any of a node's outputs; one is there as often as it reads. */
    List<Node> readers(Node node) {
        return readers.getOrDefault(node.name(), List.of());
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }
}
