package org.loupe.core.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;

/**
 * Puts batch normalizations into the weights of the operations before them, so that the weights alone say what a
 * unit is connected to.
 */
public final class Folding {

    private final Network network;
    private final Map<String, BatchNormalization> folded = new HashMap<>();
    private final Map<String, String> renamed = new HashMap<>();

    private Folding(Network network) {
        this.network = network;
    }

    /**
     * A network that computes the same with as few batch normalizations as possible.
     *
     * <p>A normalization is folded when it reads a convolution or dense operation that nothing else reads and no
     * layer shows; that operation keeps its name, and what read the normalization now reads it. Other
     * normalizations stay as they are.
     */
    public static Network fold(Network network) {
        Folding folding = new Folding(network);
        folding.choose();
        return folding.rebuilt();
    }

    private void choose() {
        Set<String> once = new HashSet<>();
        Set<String> shown = new HashSet<>();
        for (Operation operation : network.operations()) {
            operation.inputs().stream().filter(read -> !once.add(read)).forEach(shown::add);
        }
        for (Layer layer : network.layers()) {
            shown.add(layer.output());
            shown.add(layer.before());
        }
        for (Operation operation : network.operations()) {
            if (operation instanceof BatchNormalization normalization && !shown.contains(normalization.input())
                    && network.operation(normalization.input()).filter(Folding::hasWeights).isPresent()) {
                folded.put(normalization.input(), normalization);
                renamed.put(normalization.name(), normalization.input());
            }
        }
    }

    private static boolean hasWeights(Operation operation) {
        return operation instanceof Convolution || operation instanceof Dense;
    }

    private Network rebuilt() {
        List<Operation> operations = new ArrayList<>();
        for (Operation operation : network.operations()) {
            if (!renamed.containsKey(operation.name())) {
                operations.add(rebuilt(operation));
            }
        }
        List<Layer> layers = network.layers().stream()
                .map(layer -> new Layer(layer.name(), now(layer.output()), now(layer.before()), layer.about())).toList();
        return new Network(network.name(), network.about(), network.input(), operations, layers, network.classes());
    }

    private Operation rebuilt(Operation operation) {
        String name = operation.name();
        Operation now = operation.reading(operation.inputs().stream().map(this::now).toList());
        if (now instanceof Convolution at) {
            return new Convolution(name, at.input(), kernels(name, at.weights()), bias(name, at.bias()), at.window(),
                    at.groups());
        }
        if (now instanceof Dense at) {
            return new Dense(name, at.input(), kernels(name, at.weights()), bias(name, at.bias()));
        }
        return now;
    }

    private String now(String name) {
        return renamed.getOrDefault(name, name);
    }

    private Weights kernels(String name, Weights weights) {
        BatchNormalization normalization = folded.get(name);
        if (normalization == null) {
            return weights;
        }
        float[] values = weights.values().clone();
        int each = values.length / weights.shape()[0];
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor(normalization, i / each);
        }
        return new Weights(weights.shape(), values);
    }

    private Weights bias(String name, Weights bias) {
        BatchNormalization normalization = folded.get(name);
        if (normalization == null) {
            return bias;
        }
        float[] values = bias.values().clone();
        for (int channel = 0; channel < values.length; channel++) {
            values[channel] = (float) ((values[channel] - normalization.mean().values()[channel])
                    * factor(normalization, channel) + normalization.shift().values()[channel]);
        }
        return new Weights(bias.shape(), values);
    }

    private static double factor(BatchNormalization normalization, int channel) {
        return normalization.scale().values()[channel]
                / Math.sqrt((double) normalization.variance().values()[channel] + normalization.epsilon());
    }
}
