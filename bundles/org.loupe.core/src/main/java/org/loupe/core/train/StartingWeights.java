package org.loupe.core.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.Draws;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Weights;

/**
 * Where training starts: kernels and matrices uniform between ±1/√(inputs of one output), as PyTorch does it, biases
 * 0, batch normalizations that change nothing.
 */
public final class StartingWeights {

    private StartingWeights() {
    }

    /** The network with starting weights; each operation's depend on the seed and its position alone. */
    public static Network draw(Network network, long seed) {
        Draws draws = new Draws(seed);
        List<Operation> operations = new ArrayList<>();
        for (Operation operation : network.operations()) {
            operations.add(start(operation, draws.split(operations.size())));
        }
        return new Network(network.name(), network.about(), network.input(), operations, network.layers(),
                network.classes());
    }

    /** A matrix or kernel whose first dimension counts outputs. */
    public static Weights uniform(int[] shape, Draws draws) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        double bound = 1 / Math.sqrt((double) size / shape[0]);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) draws.uniform(-bound, bound);
        }
        return new Weights(shape, values);
    }

    private static Operation start(Operation operation, Draws draws) {
        if (operation instanceof Convolution at) {
            return new Convolution(at.name(), at.input(), uniform(at.weights().shape(), draws), constant(at.bias(), 0),
                    at.window(), at.groups());
        }
        if (operation instanceof Dense at) {
            return new Dense(at.name(), at.input(), uniform(at.weights().shape(), draws), constant(at.bias(), 0));
        }
        if (operation instanceof BatchNormalization at) {
            return new BatchNormalization(at.name(), at.input(), constant(at.scale(), 1), constant(at.shift(), 0),
                    constant(at.mean(), 0), constant(at.variance(), 1), at.epsilon());
        }
        return operation;
    }

    private static Weights constant(Weights like, float value) {
        float[] values = new float[like.values().length];
        Arrays.fill(values, value);
        return new Weights(like.shape(), values);
    }
}
