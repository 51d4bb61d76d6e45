package org.loupe.core.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Operations, each after all that it reads, and otherwise in the order in which they came.
 *
 * @param operations those that can run so
 * @param circle     those that cannot, because they read each other, or what such operations compute
 */
public record Order(List<Operation> operations, List<Operation> circle) {

    public Order {
        operations = List.copyOf(operations);
        circle = List.copyOf(circle);
    }

    /** The order of some operations, which read each other and the network's input. */
    public static Order of(Collection<Operation> operations) {
        List<Operation> waiting = new ArrayList<>(operations);
        List<Operation> ordered = new ArrayList<>();
        Set<String> known = new HashSet<>(Set.of(Network.INPUT));
        int before;
        do {
            before = waiting.size();
            for (Iterator<Operation> each = waiting.iterator(); each.hasNext();) {
                Operation operation = each.next();
                if (known.containsAll(operation.inputs())) {
                    known.add(operation.name());
                    ordered.add(operation);
                    each.remove();
                }
            }
        } while (waiting.size() < before);
        return new Order(ordered, waiting);
    }
}
