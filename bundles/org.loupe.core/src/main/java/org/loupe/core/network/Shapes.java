package org.loupe.core.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Softmax;

/** Follows the shape of the input through a network. */
final class Shapes {

    /** No array of one image may hold more numbers than this; a broken file can ask for terabytes. */
    private static final long LARGEST = 1L << 28;

    private Shapes() {
    }

    /** Shapes by output name. For a size other than the network's own, what does not fit is left out. */
    static Map<String, Shape> of(Network network, int rows, int columns) {
        Shape own = network.input().shape();
        boolean lenient = rows != own.rows() || columns != own.columns();
        Map<String, Shape> shapes = new HashMap<>();
        shapes.put(Network.INPUT, new Shape(own.channels(), rows, columns));
        for (Operation operation : network.operations()) {
            if (lenient && !shapes.keySet().containsAll(operation.inputs())) {
                continue;
            }
            try {
                Shape shape = of(operation, operation.inputs().stream().map(read -> require(shapes, operation, read)).toList());
                if (shape.size() > LARGEST) {
                    throw misfit(operation, shape, "is too large to run");
                }
                shapes.put(operation.name(), shape);
            } catch (NetworkException misfit) {
                if (!lenient) {
                    throw misfit;
                }
            }
        }
        return Map.copyOf(shapes);
    }

    private static Shape require(Map<String, Shape> shapes, Operation operation, String read) {
        Shape shape = shapes.get(read);
        if (shape == null) {
            throw new NetworkException(operation.name() + " reads " + read + ", which no operation before it computes");
        }
        return shape;
    }

    private static Shape of(Operation operation, List<Shape> in) {
        Shape first = in.get(0);
        if (operation instanceof Convolution convolution) {
            int[] weights = convolution.weights().shape();
            if (weights[1] * convolution.groups() != first.channels()) {
                throw misfit(operation, first, "does not have the " + weights[1] * convolution.groups()
                        + " channels that the weights are for");
            }
            return slid(first, convolution.window(), weights[0]);
        }
        if (operation instanceof BatchNormalization normalization) {
            if (normalization.scale().values().length != first.channels()) {
                throw misfit(operation, first, "does not have " + normalization.scale().values().length + " channels");
            }
            return first;
        }
        if (operation instanceof MaxPool pool) {
            return slid(first, pool.window(), first.channels());
        }
        if (operation instanceof AveragePool pool) {
            return slid(first, pool.window(), first.channels());
        }
        if (operation instanceof Concatenation) {
            return concatenated(operation, in);
        }
        if (operation instanceof Addition) {
            in.stream().filter(shape -> !shape.equals(first)).findAny().ifPresent(other -> {
                throw misfit(operation, other, "is not " + first);
            });
            return first;
        }
        if (operation instanceof Dense dense) {
            if (first.size() != dense.weights().shape()[1]) {
                throw misfit(operation, first, "does not hold the " + dense.weights().shape()[1]
                        + " numbers that the weights are for");
            }
            return new Shape(dense.weights().shape()[0], 1, 1);
        }
        if (operation instanceof GlobalAverage) {
            return new Shape(first.channels(), 1, 1);
        }
        if (operation instanceof Relu || operation instanceof Softmax) {
            return first;
        }
        throw new AssertionError(operation);
    }

    private static Shape slid(Shape in, Window window, int channels) {
        return new Shape(channels, window.outputRows(in.rows()), window.outputColumns(in.columns()));
    }

    private static Shape concatenated(Operation operation, List<Shape> in) {
        int channels = 0;
        for (Shape shape : in) {
            if (shape.rows() != in.get(0).rows() || shape.columns() != in.get(0).columns()) {
                throw misfit(operation, shape, "cannot stand beside " + in.get(0));
            }
            channels += shape.channels();
        }
        return new Shape(channels, in.get(0).rows(), in.get(0).columns());
    }

    private static NetworkException misfit(Operation operation, Shape shape, String why) {
        return new NetworkException("In " + operation.name() + ", the array of " + shape + " " + why);
    }
}
