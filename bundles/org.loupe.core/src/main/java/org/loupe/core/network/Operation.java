package org.loupe.core.network;

import java.util.List;

/**
 * One step of a network: named, reading the outputs of other steps, writing one array for each image.
 *
 * <p>The family is closed, so that an engine's {@code switch} over it is known to be complete. The name of an
 * operation is also the name of its output; {@link Network#INPUT} is the name of the network's input.
 */
public sealed interface Operation {

    /** Name of this operation and of its output, unique in the network. */
    String name();

    /** Names of the outputs that are read, in order. */
    List<String> inputs();

    /**
     * Convolution (correlation, as in all of the field) with bias.
     *
     * @param weights (output channel, input channel / groups, row, column)
     * @param bias    one number for each output channel
     * @param groups  into how many groups the channels fall; 1 for an ordinary convolution
     */
    record Convolution(String name, String input, Weights weights, Weights bias, Window window, int groups)
            implements Operation {
        public Convolution {
            int[] shape = weights.shape();
            if (shape.length != 4 || shape[2] != window.rows() || shape[3] != window.columns()
                    || bias.shape().length != 1 || bias.shape()[0] != shape[0]
                    || groups < 1 || shape[0] % groups != 0) {
                throw new NetworkException("The convolution " + name + " has " + weights + ", " + bias
                        + ", window " + window + " and " + groups + " groups, which do not fit together");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /**
     * Batch normalization with fixed statistics:
     * {@code (x - mean) / sqrt(variance + epsilon) * scale + shift}, for each channel (Ioffe and Szegedy 2015).
     */
    record BatchNormalization(String name, String input, Weights scale, Weights shift, Weights mean,
            Weights variance, float epsilon) implements Operation {
        public BatchNormalization {
            int channels = scale.values().length;
            if (shift.values().length != channels || mean.values().length != channels
                    || variance.values().length != channels || !(epsilon >= 0)) {
                throw new NetworkException("The batch normalization " + name + " has statistics of different lengths");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** {@code max(x, 0)}. */
    record Relu(String name, String input) implements Operation {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** The largest value in a window; padding never wins. The first of equal values, in row order, gets the gradient. */
    record MaxPool(String name, String input, Window window) implements Operation {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** The mean over a window, of the values that lie inside the input. */
    record AveragePool(String name, String input, Window window) implements Operation {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** The mean of each channel over all positions; the output is one row and one column. */
    record GlobalAverage(String name, String input) implements Operation {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** The channels of several inputs of the same height and width, one after the other. */
    record Concatenation(String name, List<String> inputs) implements Operation {
        public Concatenation {
            inputs = List.copyOf(inputs);
            if (inputs.isEmpty()) {
                throw new NetworkException("The concatenation " + name + " has nothing to put together");
            }
        }
    }

    /** The sum of several inputs of the same shape. */
    record Addition(String name, List<String> inputs) implements Operation {
        public Addition {
            inputs = List.copyOf(inputs);
            if (inputs.isEmpty()) {
                throw new NetworkException("The addition " + name + " has nothing to add");
            }
        }
    }

    /**
     * A matrix times the input's values in the order (channel, row, column), plus bias; the output has one row
     * and one column.
     *
     * @param weights (output, input)
     */
    record Dense(String name, String input, Weights weights, Weights bias) implements Operation {
        public Dense {
            if (weights.shape().length != 2 || bias.shape().length != 1
                    || bias.shape()[0] != weights.shape()[0]) {
                throw new NetworkException("The dense operation " + name + " has " + weights + " and " + bias
                        + ", which do not fit together");
            }
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** Probabilities over the channels, at each position. */
    record Softmax(String name, String input) implements Operation {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }
}
