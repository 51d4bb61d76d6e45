package org.loupe.core.circuit;

import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Weights;

/** A network whose convolutions and dense operations have the sizes of their weights instead of the weights. */
final class AbsoluteWeights {

    private AbsoluteWeights() {
    }

    static Network of(Network network) {
        return new Network(network.name(), network.about(), network.input(), network.operations().stream()
                .map(AbsoluteWeights::of).toList(), network.layers(), network.classes());
    }

    private static Operation of(Operation operation) {
        if (operation instanceof Convolution at) {
            return new Convolution(at.name(), at.input(), of(at.weights()), at.bias(), at.window(), at.groups());
        }
        return operation instanceof Dense at ? new Dense(at.name(), at.input(), of(at.weights()), at.bias()) : operation;
    }

    private static Weights of(Weights weights) {
        float[] values = weights.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i]);
        }
        return new Weights(weights.shape(), values);
    }
}
