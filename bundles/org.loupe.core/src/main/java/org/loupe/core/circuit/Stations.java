package org.loupe.core.circuit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Largest;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.structure.Blocks;

/**
 * The layers between which connections are told: not those inside of a block, such as bottlenecks, and not poolings and
 * normalizations, which have no units of their own.
 */
final class Stations {

    private final Map<String, Layer> byOutput = new HashMap<>();
    private final Map<String, Layer> byBefore = new HashMap<>();

    Stations(Network network) {
        Set<Layer> inside = inside(network);
        for (Layer layer : network.layers()) {
            if (!inside.contains(layer) && (combines(network, layer) || hasWeights(network, layer))) {
                byOutput.put(layer.output(), layer);
                byBefore.put(layer.before(), layer);
            }
        }
    }

    /** One layer alone, whatever lies between it and those above. */
    Stations(Layer only) {
        byOutput.put(only.output(), only);
    }

    private static Set<Layer> inside(Network network) {
        Set<Layer> inside = new HashSet<>();
        Blocks blocks = Blocks.of(network);
        for (String block : blocks.names()) {
            List<Layer> layers = blocks.layers(block);
            Layer last = layers.get(layers.size() - 1);
            if (combines(network, last)) {
                inside.addAll(layers.subList(0, layers.size() - 1));
            }
        }
        return inside;
    }

    private static boolean combines(Network network, Layer layer) {
        Operation made = made(network, layer.output());
        return made instanceof Concatenation || made instanceof Addition || made instanceof Arithmetic;
    }

    private static boolean hasWeights(Network network, Layer layer) {
        Operation made = made(network, layer.output());
        return made instanceof Convolution || made instanceof Dense || made instanceof TransposedConvolution;
    }

    /** The operation that decides what an output is, behind its nonlinearity and normalization. */
    private static Operation made(Network network, String output) {
        Operation operation = network.operation(output).orElse(null);
        while (operation instanceof Relu || operation instanceof Activation || operation instanceof BatchNormalization
                || operation instanceof Largest) {
            operation = network.operation(operation.inputs().get(0)).orElse(null);
        }
        return operation;
    }

    /** The layer whose output is the operation of a name, or {@code null}. */
    Layer output(String operation) {
        return byOutput.get(operation);
    }

    /** The layer of which the operation of a name goes into the nonlinearity, or {@code null}. */
    Layer before(String operation) {
        return byBefore.get(operation);
    }
}
