package org.loupe.core.circuit;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Largest;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Window;

/**
 * What becomes of filters at the operations of a network, on the way down and on the way up: weights are multiplied through, what
 * is nonlinear lets everything pass, a pooling right above a layer stays what it is, and elsewhere counts as the mean. Immutable.
 */
final class Passage {

    private final Network network;
    private final Stations stations;
    private final Map<String, Shape> shapes;

    Passage(Network network, Stations stations, Map<String, Shape> shapes) {
        this.network = network;
        this.stations = stations;
        this.shapes = shapes;
    }

    /** Takes how an output is read. */
    @FunctionalInterface
    interface Reader {
        void reads(String output, Filter filter);
    }

    /** Tells how a unit that reads the output of an operation in some way reads its inputs. */
    void down(Operation operation, Filter filter, Reader reader) {
        String first = operation.inputs().get(0);
        Shape input = shapes.get(first);
        if (operation instanceof Convolution convolution) {
            reader.reads(first, Steps.down(filter, convolution, input.channels()));
        } else if (operation instanceof Dense dense) {
            reader.reads(first, Steps.down(filter, dense, input));
        } else if (operation instanceof Flatten) {
            reader.reads(first, new Filter(input.channels(), input.rows(), input.columns(), 1, 1, 0, 0, filter.values(),
                    filter.pooling()));
        } else if (isPooling(operation)) {
            reader.reads(first, isLowest(operation) ? filter.pooled(pooling(operation))
                    : Steps.down(filter, mean(operation, input), input.channels()));
        } else if (operation instanceof Concatenation) {
            int from = 0;
            for (String read : operation.inputs()) {
                Filter part = Steps.slice(filter, from, shapes.get(read).channels());
                from += part.channels();
                if (Arrays.stream(part.values()).anyMatch(value -> value != 0)) {
                    reader.reads(read, part);
                }
            }
        } else if (adds(operation)) {
            reader.reads(first, filter);
            operation.inputs().subList(1, operation.inputs().size())
                    .forEach(read -> reader.reads(read, signed(operation, filter)));
        } else if (operation instanceof Selection selection) {
            double[] values = new double[input.channels() * filter.area()];
            for (int i = 0; i < filter.values().length; i++) {
                values[selection.channels().get(i / filter.area()) * filter.area() + i % filter.area()] += filter.values()[i];
            }
            reader.reads(first, filter.with(input.channels(), values));
        } else if (operation instanceof Padding padding) {
            reader.reads(first, new Filter(filter.channels(), filter.rows(), filter.columns(), filter.rowStep(),
                    filter.columnStep(), filter.top() - padding.top(), filter.left() - padding.left(), filter.values(),
                    filter.pooling(), filter.straight()));
        } else if (scale(operation) != null) {
            reader.reads(first, Steps.scaled(filter, scale(operation)));
        } else if (passes(operation)) {
            reader.reads(first, filter);
        }
    }

    /**
     * What a filter becomes above an operation, or {@code null} where it ends.
     *
     * @param below how the channels of an input of the operation read a unit
     * @param input the shape of that input
     * @param channels of the operation
     * @param from  the first of them that stands for a channel of that input, where inputs are put side by side
     * @param index of that input
     */
    Filter up(Operation operation, Filter below, Shape input, int channels, int from, int index) {
        if (operation instanceof Convolution convolution) {
            return Steps.up(below, convolution, channels);
        }
        if (operation instanceof Dense dense) {
            return Steps.up(below, dense, input, channels);
        }
        if (operation instanceof Flatten) {
            return flattened(below, input);
        }
        if (isPooling(operation)) {
            return isLowest(operation) ? below.pooled(pooling(operation))
                    : Steps.up(below, mean(operation, input), channels);
        }
        if (operation instanceof Concatenation) {
            double[] values = new double[channels * below.area()];
            System.arraycopy(below.values(), 0, values, from * below.area(), below.values().length);
            return below.with(channels, values);
        }
        if (adds(operation)) {
            return index == 0 ? below : signed(operation, below);
        }
        if (operation instanceof Selection selection) {
            double[] values = new double[channels * below.area()];
            for (int channel = 0; channel < channels; channel++) {
                System.arraycopy(below.values(), selection.channels().get(channel) * below.area(), values,
                        channel * below.area(), below.area());
            }
            return below.with(channels, values);
        }
        if (operation instanceof Padding padding) {
            return new Filter(below.channels(), below.rows(), below.columns(), below.rowStep(), below.columnStep(),
                    below.top() - padding.top() * below.rowStep(), below.left() - padding.left() * below.columnStep(),
                    below.values(), below.pooling(), below.straight());
        }
        if (scale(operation) != null) {
            return Steps.scaled(below, scale(operation));
        }
        return passes(operation) ? below : null;
    }

    /** Each value of a map as a channel of its own, over the whole map. */
    private static Filter flattened(Filter below, Shape input) {
        if (below.area() != 1 || below.rowStep() != 1 || below.columnStep() != 1) {
            return null;
        }
        double[] values = new double[(int) input.size() * input.area()];
        for (int channel = 0; channel < input.channels(); channel++) {
            for (int at = 0; at < input.area(); at++) {
                values[(channel * input.area() + at) * input.area() + at] = below.values()[channel];
            }
        }
        return new Filter((int) input.size(), input.rows(), input.columns(), 1, 1, 0, 0, values, below.pooling());
    }

    private boolean adds(Operation operation) {
        Shape shape = shapes.get(operation.name());
        return operation instanceof Addition || operation instanceof Arithmetic two
                && (two.sign() == Sign.PLUS || two.sign() == Sign.MINUS)
                && shape.equals(shapes.get(two.left())) && shape.equals(shapes.get(two.right()));
    }

    private static Filter signed(Operation operation, Filter filter) {
        boolean minus = operation instanceof Arithmetic two && two.sign() == Sign.MINUS;
        float[] factors = new float[filter.channels()];
        Arrays.fill(factors, minus ? -1 : 1);
        return minus ? Steps.scaled(filter, factors) : filter;
    }

    private static boolean isPooling(Operation operation) {
        return operation instanceof MaxPool || operation instanceof AveragePool || operation instanceof GlobalAverage;
    }

    /** Whether nothing lies between a pooling and a layer below it, or the picture. */
    private boolean isLowest(Operation pooling) {
        String below = pooling.inputs().get(0);
        while (stations.output(below) == null && !below.equals(Network.INPUT)) {
            Operation operation = network.operation(below).orElseThrow();
            if (!passes(operation)) {
                return false;
            }
            below = operation.inputs().get(0);
        }
        return true;
    }

    private static Window window(Operation operation, Shape input) {
        return operation instanceof MaxPool pool ? pool.window() : operation instanceof AveragePool pool ? pool.window()
                : new Window(input.rows(), input.columns(), 1, 1, 0, 0, 0, 0, 1, 1);
    }

    private static Convolution mean(Operation operation, Shape input) {
        return Steps.mean(operation.name(), operation.inputs().get(0), window(operation, input), input.channels());
    }

    private String pooling(Operation operation) {
        return operation instanceof GlobalAverage ? "mean over the map" : (operation instanceof MaxPool ? "maximum" : "mean")
                + " over " + window(operation, shapes.get(operation.inputs().get(0)));
    }

    /** What each channel is multiplied by, or {@code null} where it is not just that. */
    private static float[] scale(Operation operation) {
        if (operation instanceof LayerNormalization normalization) {
            return normalization.scale().values();
        }
        if (!(operation instanceof BatchNormalization normalization)) {
            return null;
        }
        float[] factors = normalization.scale().values().clone();
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (float) (factors[i] / Math.sqrt((double) normalization.variance().values()[i]
                    + normalization.epsilon()));
        }
        return factors;
    }

    private static boolean passes(Operation operation) {
        return operation instanceof Relu || operation instanceof Activation || operation instanceof Softmax
                || operation instanceof Largest
                || operation instanceof LocalResponseNormalization;
    }

    /** What a person must know of weights that have gone through an operation. */
    Optional<String> remark(Operation operation) {
        if ((operation instanceof Convolution || operation instanceof Dense)
                && isNonlinear(operation.inputs().get(0))) {
            return Optional.of("A nonlinearity inside the block is left out: weights through it are what a unit could do, not what"
                    + " it does.");
        }
        if (operation instanceof LocalResponseNormalization || operation instanceof LayerNormalization) {
            return Optional.of("A normalization that depends on the picture is left out: weights through it are known but for a"
                    + " factor.");
        }
        if (isPooling(operation) && !isLowest(operation)) {
            return Optional.of("A pooling between weights counts as the mean over its window.");
        }
        if (!(operation instanceof Convolution || operation instanceof Dense || isPooling(operation)
                || operation instanceof Concatenation || adds(operation) || operation instanceof Selection
                || operation instanceof Padding || operation instanceof BatchNormalization || operation instanceof Flatten
                || passes(operation))) {
            return Optional.of("What goes through " + operation.name() + " is not followed: it is no sum of weights times inputs.");
        }
        return Optional.empty();
    }

    /** Whether a nonlinearity lies between an output and the layers below it. */
    private boolean isNonlinear(String output) {
        Operation operation = network.operation(output).orElse(null);
        if (operation == null || stations.output(output) != null || operation instanceof Convolution
                || operation instanceof Dense) {
            return false;
        }
        return operation instanceof Relu || operation instanceof Activation || operation instanceof Largest
                || operation.inputs().stream().anyMatch(this::isNonlinear);
    }
}
