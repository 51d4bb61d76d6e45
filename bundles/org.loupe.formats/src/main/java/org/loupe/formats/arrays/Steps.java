package org.loupe.formats.arrays;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Nonlinearity.Elu;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.formats.arrays.Value.Axis;
import org.loupe.formats.arrays.Value.Part;
import org.loupe.formats.graph.Assembly;

/**
 * Adds operations on {@linkplain Value values} to an assembly: what an array's dimensions mean is worked out here, and
 * numbers are only put in another order where an operation cannot do without.
 *
 * <p>Each method's {@code name} is that of the operation that is added; more operations have names that begin with it.
 */
public final class Steps {

    private static final float SELU_ALPHA = 1.6732632f;
    private static final float SELU_SCALE = 1.0507010f;

    private final Placement placement;
    private final Pairing pairing;
    private final Budget budget;

    /**
     * @param assembly takes the operations
     * @param budget   that weights and constants are taken from
     * @param scope    how the names of all operations of the file begin, which nobody needs to read
     */
    public Steps(Assembly assembly, Budget budget, String scope) {
        this.placement = new Placement(assembly, scope);
        this.pairing = new Pairing(placement, budget);
        this.budget = budget;
    }

    /** Adds an operation. */
    public String add(Operation operation) {
        return placement.add(operation);
    }

    /** Maps with pictures first and channels last, or pictures and channels first. */
    public Value maps(Operation operation, boolean channelsLast) {
        return placement.maps(operation, channelsLast);
    }

    /**
     * The same value with its numbers where a file's operation on maps wants them.
     *
     * @param channelsLast whether its dimensions are pictures, rows, columns, channels
     * @throws Unsupported when it cannot be brought there
     */
    public Value asMaps(String name, Value value, boolean channelsLast) {
        return placement.asMaps(name, value, channelsLast);
    }

    /**
     * The same value with all its numbers as channels, in the file's order; it has two dimensions.
     *
     * @throws Unsupported when it has another number of dimensions
     */
    public Value asVector(String name, Value value) {
        return placement.asVector(name, value);
    }

    /** The same value with the numbers of one dimension as channels, in their order, as far as that can be. */
    public Value asChannels(String name, Value value, int axis) {
        return placement.asChannels(name, value, axis);
    }

    /** Two arrays, value by value; {@code x * sigmoid(x)} and the like become the nonlinearity that they are. */
    public Value paired(String name, Value left, Sign sign, Value right) {
        return pairing.paired(name, left, sign, right);
    }

    /**
     * An array and a constant, value by value.
     *
     * @param constant with the file's dimensions; one number, or one for each channel
     * @param turned   whether the constant is the left one
     */
    public Value paired(String name, Value in, Sign sign, Tensor constant, boolean turned) {
        return pairing.paired(name, in, sign, constant, turned);
    }

    /** An array times a constant plus a constant, each like that of {@link #paired(String, Value, Sign, Tensor, boolean)}. */
    public Value affine(String name, Value in, Tensor scale, Tensor shift) {
        return pairing.affine(name, in, scale, shift);
    }

    /**
     * A convolution; zeros that a {@link Padding} before it puts around are its own padding.
     *
     * @param kernels (output channel, input channel / groups, row, column)
     * @param bias    for each output channel, or null
     */
    public Value convolution(String name, Value in, Weights kernels, float[] bias, Window window, int groups,
            boolean channelsLast) {
        Value maps = asMaps(name + "/in", in, channelsLast);
        float[] biases = bias == null ? new float[kernels.shape()[0]] : bias;
        String input = maps.output();
        Window padded = window;
        if (placement.source(maps) instanceof Padding around && around.fill() == Fill.CONSTANT && around.value() == 0) {
            input = around.input();
            padded = Windows.padded(window, window.top() + around.top(), window.left() + around.left(),
                    window.bottom() + around.bottom(), window.right() + around.right());
        }
        return maps(new Convolution(name, input, kernels, Weights.vector(biases), padded, groups), channelsLast);
    }

    /**
     * A transposed convolution.
     *
     * @param kernels (input channel, output channel, row, column)
     * @param bias    for each output channel, or null
     * @param window  of the convolution whose gradient this is
     * @param out     the shape that it makes
     */
    public Value spread(String name, Value in, Weights kernels, float[] bias, Window window, Shape out, boolean channelsLast) {
        Value maps = asMaps(name + "/in", in, channelsLast);
        float[] biases = bias == null ? new float[kernels.shape()[1]] : bias;
        int rows = (maps.shape().rows() - 1) * window.rowStep() - window.top() - window.bottom()
                + (window.rows() - 1) * window.rowDilation() + 1;
        int columns = (maps.shape().columns() - 1) * window.columnStep() - window.left() - window.right()
                + (window.columns() - 1) * window.columnDilation() + 1;
        return maps(new TransposedConvolution(name, maps.output(), kernels, Weights.vector(biases), window, 1,
                out.rows() - rows, out.columns() - columns), channelsLast);
    }

    /**
     * Vectors times a matrix; on maps, at each position.
     *
     * @param matrix  one row for each input, one column for each output, or the other way round
     * @param outputsFirst whether the matrix has one row for each output
     * @param bias    for each output, or null
     */
    public Value dense(String name, Value in, Tensor matrix, boolean outputsFirst, float[] bias) {
        int outputs = matrix.shape()[outputsFirst ? 0 : 1];
        int inputs = matrix.shape()[outputsFirst ? 1 : 0];
        float[] biases = bias == null ? new float[outputs] : bias;
        List<Part> last = in.dimension(-1);
        if (in.rank() < 2 || Value.size(last) != inputs || !in.dimensions().get(0).isEmpty()) {
            throw new NetworkException(name + " multiplies an array of shape " + Arrays.toString(in.sizes())
                    + " by a matrix of shape " + Arrays.toString(matrix.shape()));
        }
        if (inputs == in.shape().size()) {
            budget.take((long) inputs * outputs);
            float[] weights = ordered(matrix, outputsFirst, in.places(last));
            Operation dense = new Dense(name, in.output(), new Weights(new int[] {outputs, inputs}, weights),
                    Weights.vector(biases));
            String output = add(dense);
            return new Value(output, placement.shape(output), lastReplaced(in, placement.shape(output)));
        }
        Value maps = asMaps(name + "/in", in, true);
        budget.take((long) inputs * outputs);
        int[] places = new int[inputs];
        Arrays.setAll(places, i -> i);
        Weights kernels = new Weights(new int[] {outputs, inputs, 1, 1}, ordered(matrix, outputsFirst, places));
        return convolution(name, maps, kernels, biases, Window.square(1, 1, 0), 1, true);
    }

    private static List<List<Part>> lastReplaced(Value in, Shape shape) {
        List<List<Part>> dimensions = new ArrayList<>(in.dimensions());
        dimensions.set(in.rank() - 1, Value.whole(Axis.CHANNEL, shape));
        return dimensions;
    }

    private static float[] ordered(Tensor matrix, boolean outputsFirst, int[] places) {
        int rows = matrix.shape()[0];
        int columns = matrix.shape()[1];
        int inputs = places.length;
        float[] weights = new float[matrix.values().length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int output = outputsFirst ? row : column;
                int input = outputsFirst ? column : row;
                weights[output * inputs + places[input]] = matrix.values()[row * columns + column];
            }
        }
        return weights;
    }

    /** A nonlinearity. */
    public Value activation(String name, Value in, Nonlinearity function) {
        return placement.like(in, new Activation(name, in.output(), function));
    }

    /** A scaled exponential linear unit (Klambauer et al. 2017). */
    public Value selu(String name, Value in) {
        Value unit = activation(name + "/elu", in, new Elu(SELU_ALPHA));
        return paired(name, unit, Sign.TIMES, Tensor.scalar(SELU_SCALE), false);
    }

    /** {@code max(x, 0)}. */
    public Value relu(String name, Value in) {
        return placement.like(in, new Relu(name, in.output()));
    }

    /** Probabilities along a dimension. */
    public Value softmax(String name, Value in, int axis) {
        Value channels = asChannels(name + "/in", in, axis);
        if (!channels.isChannels(axis)) {
            throw new Unsupported("Softmax over positions");
        }
        return placement.like(channels, new Softmax(name, channels.output()));
    }

    /** Largest value in each window. */
    public Value maxPool(String name, Value in, Window window, boolean channelsLast) {
        Value maps = asMaps(name + "/in", in, channelsLast);
        return maps(new MaxPool(name, maps.output(), window), channelsLast);
    }

    /** Mean of each window, of the values inside. */
    public Value averagePool(String name, Value in, Window window, boolean channelsLast) {
        Value maps = asMaps(name + "/in", in, channelsLast);
        return maps(new AveragePool(name, maps.output(), window, false), channelsLast);
    }

    /** What {@link #reduced} does with the values of a map. */
    public enum Reduction {
        /** Their mean. */
        MEAN,
        /** The largest. */
        MAXIMUM,
        /** Their sum. */
        SUM
    }

    /**
     * The rows and columns of maps as one number for each channel.
     *
     * @param axes dimensions that go away; together all rows and columns
     * @param keep whether they stay, with size 1
     */
    public Value reduced(String name, Value in, Reduction reduction, int[] axes, boolean keep) {
        List<Part> gone = new ArrayList<>();
        Arrays.stream(axes).forEach(axis -> gone.addAll(in.dimension(axis)));
        Shape shape = in.shape();
        boolean whole = shape.rows() * shape.columns() == Value.size(gone)
                && gone.stream().noneMatch(part -> part.axis() == Axis.CHANNEL);
        if (!whole) {
            throw new Unsupported("a reduction of other dimensions than all rows and columns");
        }
        String output = in.output();
        if (reduction == Reduction.MAXIMUM) {
            output = add(new MaxPool(name, output, Windows.valid(shape.rows(), shape.columns(), 1, 1, 1, 1)));
        } else if (reduction == Reduction.MEAN) {
            output = add(new GlobalAverage(name, output));
        } else {
            String mean = add(new GlobalAverage(name + "/mean", output));
            output = pairing.scaled(name, new Value(mean, placement.shape(mean), List.of()),
                    pairing.filled(shape.channels(), shape.rows() * shape.columns()), pairing.filled(shape.channels(), 0)).output();
        }
        List<List<Part>> dimensions = new ArrayList<>(in.dimensions());
        Arrays.stream(axes).map(in::axis).forEach(axis -> dimensions.set(axis, List.of()));
        Value kept = new Value(output, placement.shape(output), dimensions);
        return keep ? kept : kept.without(axes);
    }

    /** Arrays one after the other along a dimension of channels. */
    public Value joined(String name, List<Value> parts, int axis) {
        Value first = parts.get(0);
        int at = first.axis(axis);
        List<Value> placed = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Value part = parts.get(i);
            if (part.rank() != first.rank()) {
                throw new NetworkException(name + " puts together arrays of different numbers of dimensions");
            }
            Value channels = asChannels(name + "/in" + i, part, at);
            if (!channels.isChannels(at)) {
                throw new Unsupported("Concat of rows or columns");
            }
            placed.add(channels);
        }
        if (placed.size() == 1) {
            return placed.get(0);
        }
        String output = add(new Concatenation(name, placed.stream().map(Value::output).toList()));
        Shape shape = placement.shape(output);
        List<List<Part>> dimensions = new ArrayList<>(placed.get(0).dimensions());
        dimensions.set(at, Value.whole(Axis.CHANNEL, shape));
        return new Value(output, shape, dimensions);
    }

    /** Batch normalization along a dimension of channels. */
    public Value normalized(String name, Value in, int axis, float[] scale, float[] shift, float[] mean,
            float[] variance, float epsilon) {
        Value channels = asChannels(name + "/in", in, axis);
        if (!channels.isChannels(axis)) {
            throw new Unsupported("batch normalization of positions");
        }
        return placement.like(channels, new BatchNormalization(name, channels.output(), Weights.vector(scale),
                Weights.vector(shift), Weights.vector(mean), Weights.vector(variance), epsilon));
    }

    /** More rows and columns. */
    public Value around(String name, Value in, int[] margins, Fill fill, float value, boolean channelsLast) {
        Value maps = asMaps(name + "/in", in, channelsLast);
        return maps(new Padding(name, maps.output(), margins[0], margins[1], margins[2], margins[3], fill, value),
                channelsLast);
    }

    /**
     * A stretch of one dimension.
     *
     * @param from the first that is kept
     * @param size how many are kept
     * @param step from one to the next; negative to go backwards, which only channels can
     */
    public Value cut(String name, Value in, int axis, int from, int size, int step) {
        int at = in.axis(axis);
        int extent = in.sizes()[at];
        if (size < 1 || from < 0 || from >= extent || from + (size - 1L) * step >= extent || from + (size - 1L) * step < 0) {
            throw new NetworkException(name + " keeps " + size + " of " + extent + " from " + from + " on");
        }
        if (from == 0 && size == extent && step == 1) {
            return in;
        }
        List<Part> parts = in.dimension(at);
        Shape shape = in.shape();
        boolean rows = parts.equals(Value.whole(Axis.ROW, shape));
        Operation operation;
        Value placed = in;
        if (step > 0 && (rows || parts.equals(Value.whole(Axis.COLUMN, shape)))) {
            int after = extent - 1 - (from + (size - 1) * step);
            operation = rows ? new Crop(name, in.output(), from, 0, after, 0, step, 1)
                    : new Crop(name, in.output(), 0, from, 0, after, 1, step);
        } else {
            placed = asChannels(name + "/in", in, at);
            if (!placed.isChannels(at)) {
                throw new Unsupported("Slice that turns rows or columns around");
            }
            Placement.checkSelection(size);
            List<Integer> kept = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                kept.add(from + i * step);
            }
            operation = new Selection(name, placed.output(), kept);
        }
        String output = add(operation);
        Shape cut = placement.shape(output);
        List<List<Part>> dimensions = new ArrayList<>(placed.dimensions());
        Axis kind = operation instanceof Selection ? Axis.CHANNEL : rows ? Axis.ROW : Axis.COLUMN;
        dimensions.set(at, Value.whole(kind, cut));
        return new Value(output, cut, dimensions);
    }

    /** Some channels, in a new order. */
    public Value selected(String name, Value in, int axis, List<Integer> indices) {
        Value channels = asChannels(name + "/in", in, axis);
        if (!channels.isChannels(axis)) {
            throw new Unsupported("Gather of rows or columns");
        }
        Placement.checkSelection(indices.size());
        return placement.replaced(channels, new Selection(name, channels.output(), indices), channels.axis(axis));
    }
}
