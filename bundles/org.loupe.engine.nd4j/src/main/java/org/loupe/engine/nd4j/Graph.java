package org.loupe.engine.nd4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Operations that run one after the other, forward and backward.
 *
 * @param operations each after those that it reads
 * @param steps      what runs an operation
 */
record Graph(List<Operation> operations, Function<Operation, Step> steps) {

    /**
     * Runs all operations.
     *
     * @param input what the network sees
     * @return all outputs by name, and {@code input} as {@link Network#INPUT}
     */
    Map<String, INDArray> forward(INDArray input, Memory memory) {
        return forward(input, null, memory);
    }

    /** As {@link #forward(INDArray, Memory)}, but gives back, on the way, what is neither read later nor wanted. */
    Map<String, INDArray> forward(INDArray input, Set<String> wanted, Memory memory) {
        Map<String, INDArray> values = new HashMap<>(Map.of(Network.INPUT, input));
        Map<String, Integer> lastReader = new HashMap<>();
        for (int i = 0; i < operations.size(); i++) {
            for (String read : operations.get(i).inputs()) {
                lastReader.put(read, i);
            }
        }
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            values.put(operation.name(), steps.apply(operation).forward(inputs(operation, values), memory));
            if (wanted != null) {
                for (String read : new HashSet<>(operation.inputs())) {
                    if (lastReader.get(read) == i && !wanted.contains(read)) {
                        memory.free(values.remove(read));
                    }
                }
            }
        }
        return values;
    }

    /**
     * Carries gradients back to the input, and gives back what is no longer needed on the way.
     *
     * @param values    what {@link #forward(INDArray, Memory)} returned; is emptied
     * @param gradients with respect to some of the outputs, by name; is emptied
     * @return the gradient with respect to the input
     */
    INDArray backward(Map<String, INDArray> values, Map<String, INDArray> gradients, Memory memory) {
        for (int i = operations.size() - 1; i >= 0; i--) {
            Operation operation = operations.get(i);
            INDArray gradient = gradients.remove(operation.name());
            INDArray output = values.get(operation.name());
            if (gradient != null) {
                List<INDArray> found = steps.apply(operation)
                        .backward(inputs(operation, values), output, gradient, memory);
                for (int input = 0; input < found.size(); input++) {
                    add(gradients, operation.inputs().get(input), found.get(input), memory);
                }
                memory.free(gradient);
            }
            memory.free(output);
            values.remove(operation.name());
        }
        INDArray found = gradients.remove(Network.INPUT);
        return found != null ? found : memory.filled(0, values.get(Network.INPUT).shape());
    }

    private static void add(Map<String, INDArray> gradients, String name, INDArray more, Memory memory) {
        INDArray before = gradients.putIfAbsent(name, more);
        if (before != null) {
            before.addi(more);
            memory.free(more);
        }
    }

    private static List<INDArray> inputs(Operation operation, Map<String, INDArray> values) {
        List<INDArray> inputs = new ArrayList<>();
        operation.inputs().forEach(name -> inputs.add(values.get(name)));
        return inputs;
    }
}
