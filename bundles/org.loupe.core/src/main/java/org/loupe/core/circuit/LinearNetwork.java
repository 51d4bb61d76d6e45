package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Largest;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Weights;

/**
 * A network whose nonlinearities let everything pass above some output: what the story of expanded weights takes it for. A
 * maximum between weights becomes the mean over its window, while one that reads the output itself stays; normalizations by
 * the picture keep their factors only.
 */
final class LinearNetwork {

    private LinearNetwork() {
    }

    /**
     * Makes it.
     *
     * @param source name of the output above which all is linear
     */
    static Network above(Network network, String source) {
        Set<String> above = new HashSet<>(Set.of(source));
        Map<String, String> dropped = new HashMap<>();
        List<Operation> operations = new ArrayList<>();
        for (Operation operation : network.operations()) {
            boolean isAbove = !operation.name().equals(source) && operation.inputs().stream().anyMatch(above::contains);
            List<String> reads = operation.inputs().stream().map(read -> dropped.getOrDefault(read, read)).toList();
            if (isAbove) {
                above.add(operation.name());
            }
            if (isAbove && passes(operation)) {
                dropped.put(operation.name(), reads.get(0));
            } else {
                operations.add(isAbove && !(operation instanceof MaxPool && reads.contains(source))
                        ? linear(operation.reading(reads)) : operation);
            }
        }
        List<Layer> layers = network.layers().stream().map(layer -> new Layer(layer.name(),
                dropped.getOrDefault(layer.output(), layer.output()), dropped.getOrDefault(layer.before(), layer.before()),
                layer.about())).toList();
        return new Network(network.name() + " without nonlinearities", "", network.input(), operations, layers, List.of());
    }

    private static boolean passes(Operation operation) {
        return operation instanceof Relu || operation instanceof Activation || operation instanceof Softmax
                || operation instanceof Largest || operation instanceof LocalResponseNormalization;
    }

    private static Operation linear(Operation operation) {
        if (operation instanceof MaxPool pool) {
            return new AveragePool(pool.name(), pool.input(), pool.window(), true);
        }
        if (operation instanceof LayerNormalization normalization) {
            int channels = normalization.scale().values().length;
            float[] ones = new float[channels];
            Arrays.fill(ones, 1);
            return new BatchNormalization(normalization.name(), normalization.input(), normalization.scale(),
                    Weights.vector(new float[channels]), Weights.vector(new float[channels]), Weights.vector(ones), 0);
        }
        return operation;
    }
}
