package org.loupe.formats.dl4j;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Weights;

/**
 * The order in which the learned numbers of a network would follow each other if it were a {@code ComputationGraph} of
 * DL4J whose vertices were added in the order of the network's operations. A rectifier or softmax right behind a
 * convolution or a dense layer is that layer's activation function; anything else is a vertex.
 */
final class FlatOrder {

    private final Map<String, Integer> vertices = new HashMap<>(Map.of(Network.INPUT, 0));
    private final List<List<Operation>> learned = new ArrayList<>(List.of(List.of()));
    private final List<Set<Integer>> readers = new ArrayList<>(List.of(new HashSet<>()));
    private final List<Set<Integer>> read = new ArrayList<>(List.of(new HashSet<>()));

    private FlatOrder(Network network) {
        Set<String> needed = needed(network.operations());
        for (Operation operation : network.operations()) {
            if (!needed.contains(operation.name())) {
                continue;
            }
            if (!isActivation(operation, network)) {
                add(operation);
            } else {
                vertices.put(operation.name(), vertices.get(operation.inputs().get(0)));
            }
        }
    }

    /** All weights that a file of learned numbers holds, in its order. */
    static List<Weights> of(Network network) {
        FlatOrder order = new FlatOrder(network);
        return order.sorted().stream().flatMap(vertex -> order.learned.get(vertex).stream()).flatMap(FlatOrder::weights).toList();
    }

    /** What the last operation is made from; the rest is there to be looked at only. */
    private static Set<String> needed(List<Operation> operations) {
        Set<String> needed = new HashSet<>(Set.of(operations.get(operations.size() - 1).name()));
        for (int i = operations.size() - 1; i >= 0; i--) {
            if (needed.contains(operations.get(i).name())) {
                needed.addAll(operations.get(i).inputs());
            }
        }
        return needed;
    }

    private void add(Operation operation) {
        int vertex = learned.size();
        vertices.put(operation.name(), vertex);
        learned.add(List.of(operation));
        // these must be sets by hash, for in their order DL4J goes on where several vertices read one
        readers.add(new HashSet<>());
        read.add(new HashSet<>());
        for (String input : operation.inputs()) {
            readers.get(vertices.get(input)).add(vertex);
            read.get(vertex).add(vertices.get(input));
        }
    }

    private static boolean isActivation(Operation operation, Network network) {
        return (operation instanceof Relu || operation instanceof Softmax) && network.operation(operation.inputs().get(0))
                .filter(before -> before instanceof Convolution || before instanceof Dense).isPresent();
    }

    /** Kahn's algorithm as {@code ComputationGraph.calculateIndices} has it. */
    private List<Integer> sorted() {
        List<Integer> sorted = new ArrayList<>();
        Deque<Integer> ready = new ArrayDeque<>(List.of(0));
        while (!ready.isEmpty()) {
            int vertex = ready.removeFirst();
            sorted.add(vertex);
            for (int reader : readers.get(vertex)) {
                read.get(reader).remove(vertex);
                if (read.get(reader).isEmpty()) {
                    ready.add(reader);
                }
            }
        }
        return sorted;
    }

    /** In the order of DL4J's parameter initializers. */
    private static Stream<Weights> weights(Operation operation) {
        if (operation instanceof Convolution convolution) {
            return Stream.of(convolution.bias(), convolution.weights());
        }
        if (operation instanceof Dense dense) {
            return Stream.of(dense.weights(), dense.bias());
        }
        return operation instanceof BatchNormalization normalization
                ? Stream.of(normalization.scale(), normalization.shift(), normalization.mean(), normalization.variance())
                : Stream.empty();
    }
}
