package org.loupe.formats.keras;

import org.loupe.core.network.Nonlinearity;
import org.loupe.formats.arrays.Steps;
import org.loupe.formats.arrays.Unsupported;
import org.loupe.formats.arrays.Value;

/** The activation functions that Keras has names for. */
final class Activations {

    private final Steps steps;
    private final boolean third;

    /** @param third whether the file is of Keras 3, where some names mean another function than before */
    Activations(Steps steps, boolean third) {
        this.steps = steps;
        this.third = third;
    }

    Value applied(String function, String name, Value in) {
        return switch (function) {
            case "linear" -> in;
            case "relu" -> steps.relu(name, in);
            case "softmax" -> steps.softmax(name, in, -1);
            case "selu" -> steps.selu(name, in);
            default -> steps.activation(name, in, nonlinearity(function));
        };
    }

    private Nonlinearity nonlinearity(String function) {
        return switch (function) {
            case "relu6" -> new Nonlinearity.Clip(0, 6);
            case "sigmoid" -> new Nonlinearity.Sigmoid();
            case "hard_sigmoid" -> third ? new Nonlinearity.HardSigmoid(1 / 6f, 0.5f) : new Nonlinearity.HardSigmoid(0.2f, 0.5f);
            case "hard_swish", "hard_silu" -> new Nonlinearity.HardSwish();
            case "swish", "silu" -> new Nonlinearity.Swish(1);
            case "tanh" -> new Nonlinearity.Tanh();
            case "elu" -> new Nonlinearity.Elu(1);
            case "softplus" -> new Nonlinearity.Softplus();
            case "gelu" -> new Nonlinearity.Gelu();
            case "mish" -> new Nonlinearity.Mish();
            case "exponential" -> new Nonlinearity.Exponential();
            case "leaky_relu" -> new Nonlinearity.LeakyRelu(0.2f);
            default -> throw new Unsupported("activation " + function);
        };
    }
}
