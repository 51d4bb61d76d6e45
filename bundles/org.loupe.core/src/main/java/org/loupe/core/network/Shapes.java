package org.loupe.core.network;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Largest;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Operation.TransposedConvolution;

/** The shapes that operations make of shapes. */
public final class Shapes {

    /** No array of one image may hold more numbers than this; a broken file can ask for terabytes. */
    private static final long LARGEST = 1L << 28;

    private Shapes() {
    }

    /** Shapes by output name. For a size other than the network's own, what does not fit is left out. */
    static Map<String, Shape> of(Network network, int rows, int columns) {
        Shape own = network.input().shape();
        boolean lenient = rows != own.rows() || columns != own.columns();
        Map<String, Shape> shapes = new HashMap<>();
        Shape input = new Shape(own.channels(), rows, columns);
        if (isTooLarge(input)) {
            throw new NetworkException("Pictures of " + input + " are too large for any network");
        }
        shapes.put(Network.INPUT, input);
        for (Operation operation : network.operations()) {
            if (lenient && !shapes.keySet().containsAll(operation.inputs())) {
                continue;
            }
            try {
                shapes.put(operation.name(),
                        of(operation, operation.inputs().stream().map(read -> require(shapes, operation, read)).toList()));
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

    /**
     * The shape of an operation's output.
     *
     * @param in the shapes of its inputs, in order
     * @throws NetworkException when they do not fit, or the output would be too large to run
     */
    public static Shape of(Operation operation, List<Shape> in) {
        Shape shape = made(operation, in);
        if (isTooLarge(shape)) {
            throw misfit(operation, shape, "is too large to run");
        }
        return shape;
    }

    private static boolean isTooLarge(Shape shape) {
        return (double) shape.channels() * shape.rows() * shape.columns() > LARGEST;
    }

    private static Shape made(Operation operation, List<Shape> in) {
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
        if (operation instanceof Arithmetic) {
            return paired(operation, first, in.get(1));
        }
        if (operation instanceof TransposedConvolution transposed) {
            return spread(transposed, first);
        }
        if (operation instanceof LayerNormalization normalization) {
            if (normalization.scale().values().length != first.channels()) {
                throw misfit(operation, first, "does not have " + normalization.scale().values().length + " channels");
            }
            return first;
        }
        if (operation instanceof Selection selection) {
            int last = Collections.max(selection.channels());
            if (last >= first.channels()) {
                throw misfit(operation, first, "does not have the channel " + last);
            }
            return new Shape(selection.channels().size(), first.rows(), first.columns());
        }
        if (operation instanceof Flatten) {
            return new Shape(sized(operation, first, first.size()), 1, 1);
        }
        if (operation instanceof Padding || operation instanceof Crop || operation instanceof Resize) {
            return resized(operation, first);
        }
        if (operation instanceof Relu || operation instanceof Activation || operation instanceof Softmax
                || operation instanceof Largest
                || operation instanceof LocalResponseNormalization) {
            return first;
        }
        throw new AssertionError(operation);
    }

    private static Shape paired(Operation operation, Shape left, Shape right) {
        return new Shape(paired(operation, left, right, left.channels(), right.channels()),
                paired(operation, left, right, left.rows(), right.rows()),
                paired(operation, left, right, left.columns(), right.columns()));
    }

    private static int paired(Operation operation, Shape left, Shape right, int one, int other) {
        if (one != other && one != 1 && other != 1) {
            throw misfit(operation, right, "cannot be paired with " + left);
        }
        return Math.max(one, other);
    }

    private static Shape spread(TransposedConvolution transposed, Shape in) {
        Window window = transposed.window();
        if (transposed.weights().shape()[0] != in.channels()) {
            throw misfit(transposed, in, "does not have the " + transposed.weights().shape()[0]
                    + " channels that the weights are for");
        }
        long rows = (in.rows() - 1L) * window.rowStep() - window.top() - window.bottom()
                + (window.rows() - 1L) * window.rowDilation() + 1 + transposed.moreRows();
        long columns = (in.columns() - 1L) * window.columnStep() - window.left() - window.right()
                + (window.columns() - 1L) * window.columnDilation() + 1 + transposed.moreColumns();
        return new Shape(transposed.weights().shape()[1] * transposed.groups(), sized(transposed, in, rows),
                sized(transposed, in, columns));
    }

    private static Shape resized(Operation operation, Shape in) {
        if (operation instanceof Padding padding) {
            if (padding.fill() == Fill.REFLECTION && (Math.max(padding.top(), padding.bottom()) >= in.rows()
                    || Math.max(padding.left(), padding.right()) >= in.columns())) {
                throw misfit(operation, in, "is too small to be reflected that far");
            }
            return new Shape(in.channels(), in.rows() + padding.top() + padding.bottom(),
                    in.columns() + padding.left() + padding.right());
        }
        if (operation instanceof Crop crop) {
            return new Shape(in.channels(),
                    kept(operation, in, in.rows() - crop.top() - crop.bottom(), crop.rowStep()),
                    kept(operation, in, in.columns() - crop.left() - crop.right(), crop.columnStep()));
        }
        Resize resize = (Resize) operation;
        return new Shape(in.channels(), sized(operation, in, Resize.scaled(in.rows(), resize.rowScale())),
                sized(operation, in, Resize.scaled(in.columns(), resize.columnScale())));
    }

    private static int kept(Operation operation, Shape in, int size, int step) {
        if (size < 1) {
            throw misfit(operation, in, "has nothing left when its margins are cut away");
        }
        return (size - 1) / step + 1;
    }

    private static int sized(Operation operation, Shape in, long size) {
        if (size < 1 || size > LARGEST) {
            throw misfit(operation, in, "makes an array of size " + size + ", which cannot be");
        }
        return (int) size;
    }

    private static Shape slid(Shape in, Window window, int channels) {
        return new Shape(channels, window.outputRows(in.rows()), window.outputColumns(in.columns()));
    }

    private static Shape concatenated(Operation operation, List<Shape> in) {
        long channels = 0;
        for (Shape shape : in) {
            if (shape.rows() != in.get(0).rows() || shape.columns() != in.get(0).columns()) {
                throw misfit(operation, shape, "cannot stand beside " + in.get(0));
            }
            channels += shape.channels();
        }
        return new Shape(sized(operation, in.get(0), channels), in.get(0).rows(), in.get(0).columns());
    }

    private static NetworkException misfit(Operation operation, Shape shape, String why) {
        return new NetworkException("In " + operation.name() + ", the array of " + shape + " " + why);
    }
}
