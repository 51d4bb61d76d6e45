package org.loupe.core.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Edited;
import org.loupe.core.network.Order;
import org.loupe.core.network.Tap;

/** Puts edits between the operations of a network: whatever read an edited output reads what the edit makes of it. */
final class Rewiring {

    private final Network network;
    private final Map<String, String> newest = new HashMap<>();
    private final Map<String, Edit> edits = new LinkedHashMap<>();
    private final Map<String, String> edited = new HashMap<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    Rewiring(Network network, List<Edit> list) {
        this.network = network;
        Map<String, List<String>> behind = new HashMap<>();
        for (Edit edit : list) {
            String source = network.source(edit.where().tap());
            String name = unused(source + " edited");
            edits.put(name, edit);
            edited.put(name, newest(source));
            newest.put(source, name);
            behind.computeIfAbsent(source, first -> new ArrayList<>()).add(name);
        }
        behind.getOrDefault(Network.INPUT, List.of()).forEach(this::addEdit);
        for (Operation operation : network.operations()) {
            List<String> inputs = operation.inputs().stream().map(this::newest).toList();
            operations.put(operation.name(), inputs.equals(operation.inputs()) ? operation : operation.reading(inputs));
            behind.getOrDefault(operation.name(), List.of()).forEach(this::addEdit);
        }
    }

    private String unused(String name) {
        return edits.containsKey(name) || network.operation(name).isPresent() ? unused(name + " again") : name;
    }

    private String newest(String source) {
        return newest.getOrDefault(source, source);
    }

    /** An edit that reads its own tap reads what the edits before it left there. */
    private void addEdit(String name) {
        Edit edit = edits.get(name);
        String own = network.source(edit.where().tap());
        List<String> reads = edit.reads().stream().sorted().map(network::source)
                .map(source -> source.equals(own) ? edited.get(name) : newest(source)).toList();
        operations.put(name, new Edited(name, edited.get(name), reads));
    }

    /** The output that a tap reads. */
    String source(Tap tap) {
        return newest(network.source(tap));
    }

    /** The edits that are made, by the name of their output. */
    Map<String, Edit> edits() {
        return edits;
    }

    /** The output of the network that an edit changes, by the name of the edit's. */
    String unedited(String name) {
        return network.source(edits.get(name).where().tap());
    }

    /**
     * The operations that must run to know the given outputs, in an order in which they can.
     *
     * @throws IllegalArgumentException when an edit reads what is computed from what it changes
     */
    List<Operation> needed(Collection<String> outputs) {
        Set<String> below = below(outputs);
        Order order = Order.of(operations.values().stream().filter(operation -> below.contains(operation.name())).toList());
        if (!order.circle().isEmpty()) {
            throw circle(order.circle());
        }
        return order.operations();
    }

    private Set<String> below(Collection<String> outputs) {
        Set<String> below = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(outputs);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (below.add(name) && operations.containsKey(name)) {
                open.addAll(operations.get(name).inputs());
            }
        }
        return below;
    }

    private IllegalArgumentException circle(List<Operation> waiting) {
        for (Operation operation : waiting) {
            Edit edit = edits.get(operation.name());
            for (Tap tap : edit == null ? List.<Tap>of() : edit.reads().stream().sorted().toList()) {
                if (below(Set.of(source(tap))).contains(operation.name())) {
                    return new IllegalArgumentException("The edit of " + edit.where() + " reads " + tap
                            + ", which is computed from what it changes. Let it read a layer below.");
                }
            }
        }
        throw new AssertionError(waiting);
    }
}
