package org.loupe.formats.arrays;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Nonlinearity.Clip;
import org.loupe.core.network.Nonlinearity.HardSigmoid;
import org.loupe.core.network.Nonlinearity.HardSwish;
import org.loupe.core.network.Nonlinearity.Power;
import org.loupe.core.network.Nonlinearity.Sigmoid;
import org.loupe.core.network.Nonlinearity.Swish;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Alignment;
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
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Resize;
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

    private static final int MOST_SELECTED = 1 << 20;

    private final Assembly assembly;
    private final Budget budget;
    private final String scope;

    /**
     * @param assembly takes the operations
     * @param budget   that weights and constants are taken from
     * @param scope    how the names of all operations of the file begin, which nobody needs to read
     */
    public Steps(Assembly assembly, Budget budget, String scope) {
        this.assembly = assembly;
        this.budget = budget;
        this.scope = scope;
    }

    /** Adds an operation. */
    public String add(Operation operation) {
        String name = operation.name();
        assembly.add(operation, name.startsWith(scope) ? name.substring(scope.length()) : name);
        return name;
    }

    private Value like(Value in, Operation operation) {
        return in.of(add(operation));
    }

    /** Maps with pictures first and channels last, or pictures and channels first. */
    public Value maps(Operation operation, boolean channelsLast) {
        return Value.map(add(operation), assembly.shape(operation.name()), channelsLast);
    }

    /** The shape of what has been added. */
    public Shape shape(String output) {
        return assembly.shape(output);
    }

    /** The operation that computes a value, or null for the input. */
    public Operation source(Value value) {
        return assembly.operation(value.output());
    }

    /**
     * The same value with its numbers where a file's operation on maps wants them.
     *
     * @param channelsLast whether its dimensions are pictures, rows, columns, channels
     */
    public Value asMaps(String name, Value value, boolean channelsLast) {
        if (value.rank() != 4) {
            throw new Unsupported("an operation on maps reading an array of " + value.rank() + " dimensions");
        }
        return channelsLast ? placed(name, value, 3, 1, 2) : placed(name, value, 1, 2, 3);
    }

    /** The same value with all its numbers as channels, in the file's order; it has two dimensions. */
    public Value asVector(String name, Value value) {
        if (value.rank() != 2) {
            throw new Unsupported("an operation on vectors reading an array of " + value.rank() + " dimensions");
        }
        return placed(name, value, 1, -1, -1);
    }

    /** The same value with the numbers of one dimension as channels, in their order, and the others as they are. */
    public Value asChannels(String name, Value value, int axis) {
        return value.isChannels(axis) ? value
                : value.rank() == 4 ? asMaps(name, value, value.axis(axis) == 3) : asVector(name, value);
    }

    private Value placed(String name, Value value, int channel, int row, int column) {
        if (!value.dimensions().get(0).isEmpty()) {
            throw new Unsupported("an operation that mixes pictures");
        }
        if (row > 0) {
            Value large = enlarged(name, value, row, column);
            if (large != value) {
                return placed(name + "/order", large, channel, row, column);
            }
        }
        Shape shape = value.shape();
        List<Part> channels = value.dimensions().get(channel);
        List<Part> rows = row < 0 ? List.of() : value.dimensions().get(row);
        List<Part> columns = column < 0 ? List.of() : value.dimensions().get(column);
        if (rows.equals(Value.whole(Axis.ROW, shape)) && columns.equals(Value.whole(Axis.COLUMN, shape))) {
            if (channels.equals(Value.whole(Axis.CHANNEL, shape))) {
                return value;
            }
            checkSelection(shape.channels());
            int area = shape.rows() * shape.columns();
            List<Integer> order = Arrays.stream(value.places(channels)).map(place -> place / area).boxed().toList();
            return replaced(value, new Selection(name, value.output(), order), channel);
        }
        if (!rows.isEmpty() || !columns.isEmpty()) {
            throw new Unsupported("Reshape that makes maps of other maps");
        }
        checkSelection(shape.size());
        List<Integer> order = Arrays.stream(value.places(channels)).boxed().toList();
        String flat = add(new Flatten(name + "/flat", value.output()));
        return replaced(value, new Selection(name, flat, order), channel);
    }

    /** Rows and columns that are there several times are an enlargement. */
    private Value enlarged(String name, Value value, int row, int column) {
        int rows = Value.times(value.dimensions().get(row), Axis.ROW, value.shape());
        int columns = Value.times(value.dimensions().get(column), Axis.COLUMN, value.shape());
        if (rows * columns < 2) {
            return value;
        }
        String output = add(new Resize(name, value.output(), rows, columns, Interpolation.FLOOR, Alignment.ORIGIN));
        Shape shape = assembly.shape(output);
        List<List<Part>> dimensions = new ArrayList<>(value.dimensions());
        dimensions.set(row, Value.whole(Axis.ROW, shape));
        dimensions.set(column, Value.whole(Axis.COLUMN, shape));
        return new Value(output, shape, dimensions);
    }

    private static void checkSelection(long size) {
        if (size > MOST_SELECTED) {
            throw new Unsupported("Transpose of " + size + " numbers");
        }
    }

    private Value replaced(Value value, Operation operation, int channel) {
        String output = add(operation);
        Shape shape = assembly.shape(output);
        List<List<Part>> dimensions = new ArrayList<>();
        for (int i = 0; i < value.rank(); i++) {
            dimensions.add(i == channel ? Value.whole(Axis.CHANNEL, shape) : value.dimensions().get(i));
        }
        return new Value(output, shape, dimensions);
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
        if (source(maps) instanceof Padding around && around.fill() == Fill.CONSTANT && around.value() == 0) {
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
            return new Value(output, assembly.shape(output), lastReplaced(in, assembly.shape(output)));
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
        return like(in, new Activation(name, in.output(), function));
    }

    /** {@code max(x, 0)}. */
    public Value relu(String name, Value in) {
        return like(in, new Relu(name, in.output()));
    }

    /** Probabilities along a dimension. */
    public Value softmax(String name, Value in, int axis) {
        Value channels = asChannels(name + "/in", in, axis);
        if (!channels.isChannels(axis)) {
            throw new Unsupported("Softmax over positions");
        }
        return like(channels, new Softmax(name, channels.output()));
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
            output = scaled(name, new Value(mean, assembly.shape(mean), List.of()),
                    filled(shape.channels(), shape.rows() * shape.columns()), filled(shape.channels(), 0)).output();
        }
        List<List<Part>> dimensions = new ArrayList<>(in.dimensions());
        Arrays.stream(axes).map(in::axis).forEach(axis -> dimensions.set(axis, List.of()));
        Value kept = new Value(output, assembly.shape(output), dimensions);
        return keep ? kept : kept.without(axes);
    }

    private float[] filled(int size, float value) {
        budget.take(size);
        float[] filled = new float[size];
        Arrays.fill(filled, value);
        return filled;
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
        Shape shape = assembly.shape(output);
        List<List<Part>> dimensions = new ArrayList<>(placed.get(0).dimensions());
        dimensions.set(at, Value.whole(Axis.CHANNEL, shape));
        return new Value(output, shape, dimensions);
    }

    /** Two arrays, value by value; {@code x * sigmoid(x)} and the like become the nonlinearity that they are. */
    public Value paired(String name, Value left, Sign sign, Value right) {
        if (left.rank() != right.rank()) {
            throw new Unsupported("arithmetic of arrays with " + left.rank() + " and " + right.rank() + " dimensions");
        }
        Value one = left;
        Value other = right;
        if (!fit(one, other)) {
            one = left.rank() == 4 ? asMaps(name + "/left", left, true) : asVector(name + "/left", left);
            other = right.rank() == 4 ? asMaps(name + "/right", right, true) : asVector(name + "/right", right);
        }
        if (!fit(one, other)) {
            throw new Unsupported("arithmetic of " + Arrays.toString(left.sizes()) + " and "
                    + Arrays.toString(right.sizes()));
        }
        Nonlinearity gated = sign == Sign.TIMES ? gate(one, other) : null;
        if (gated != null) {
            return activation(name, isGate(one, other) ? other : one, gated);
        }
        if (sign == Sign.PLUS && one.shape().equals(other.shape())) {
            return like(one, new Addition(name, List.of(one.output(), other.output())));
        }
        String output = add(new Arithmetic(name, one.output(), sign, other.output()));
        List<List<Part>> dimensions = new ArrayList<>();
        for (int i = 0; i < one.rank(); i++) {
            dimensions.add(one.dimensions().get(i).isEmpty() ? other.dimensions().get(i) : one.dimensions().get(i));
        }
        return new Value(output, assembly.shape(output), dimensions);
    }

    private static boolean fit(Value one, Value other) {
        for (int i = 0; i < one.rank(); i++) {
            List<Part> here = one.dimensions().get(i);
            List<Part> there = other.dimensions().get(i);
            if (!here.equals(there) && !here.isEmpty() && !there.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private Nonlinearity gate(Value one, Value other) {
        Operation gate = source(isGate(one, other) ? one : other);
        if (!isGate(one, other) && !isGate(other, one)) {
            return null;
        }
        return ((Activation) gate).function() instanceof Sigmoid ? new Swish(1) : new HardSwish();
    }

    private boolean isGate(Value gate, Value gated) {
        return source(gate) instanceof Activation activation && activation.input().equals(gated.output())
                && (activation.function() instanceof Sigmoid || activation.function().equals(new HardSigmoid(1 / 6f, 0.5f)));
    }

    /**
     * An array and a constant, value by value.
     *
     * @param constant with the file's dimensions; one number, or one for each channel
     * @param turned   whether the constant is the left one
     */
    public Value paired(String name, Value in, Sign sign, Tensor constant, boolean turned) {
        if (sign == Sign.MAXIMUM || sign == Sign.MINIMUM) {
            return bounded(name, in, sign, constant);
        }
        Value placed = withChannels(name, in, constant);
        float[] numbers = forChannels(placed, constant);
        int channels = numbers.length;
        return switch (sign) {
            case PLUS -> scaled(name, placed, filled(channels, 1), numbers);
            case MINUS -> turned ? scaled(name, placed, filled(channels, -1), numbers)
                    : scaled(name, placed, filled(channels, 1), each(numbers, number -> -number));
            case TIMES -> scaled(name, placed, numbers, filled(channels, 0));
            case OVER -> turned
                    ? scaled(name, activation(name + "/reciprocal", placed, new Power(-1)), numbers, filled(channels, 0))
                    : scaled(name, placed, each(numbers, number -> 1 / number), filled(channels, 0));
            default -> throw new AssertionError(sign);
        };
    }

    /** An array times a constant plus a constant, each like that of {@link #paired(String, Value, Sign, Tensor, boolean)}. */
    public Value affine(String name, Value in, Tensor scale, Tensor shift) {
        Value placed = withChannels(name, withChannels(name, in, scale), shift);
        return scaled(name, placed, forChannels(placed, scale), forChannels(placed, shift));
    }

    private Value withChannels(String name, Value in, Tensor constant) {
        return constant.values().length == 1 ? in : asChannels(name + "/in", in, varying(in, constant));
    }

    private float[] forChannels(Value in, Tensor constant) {
        if (constant.values().length == 1) {
            return filled(in.shape().channels(), constant.only());
        }
        if (!in.isChannels(varying(in, constant)) || constant.values().length != in.shape().channels()) {
            throw new Unsupported("arithmetic with an array of constants for each position");
        }
        return constant.values();
    }

    private interface Function {
        float of(float number);
    }

    private float[] each(float[] numbers, Function function) {
        budget.take(numbers.length);
        float[] made = new float[numbers.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = function.of(numbers[i]);
        }
        return made;
    }

    /** The dimension of a value along which a constant of fewer or as many dimensions varies. */
    private static int varying(Value in, Tensor constant) {
        int found = -1;
        for (int i = 0; i < constant.rank(); i++) {
            if (constant.shape()[i] > 1) {
                int axis = in.rank() - constant.rank() + i;
                if (found >= 0 || axis < 1) {
                    throw new Unsupported("arithmetic with an array of constants for each position");
                }
                found = axis;
            }
        }
        return found;
    }

    private Value bounded(String name, Value in, Sign sign, Tensor constant) {
        float bound = constant.values()[0];
        for (float value : constant.values()) {
            if (value != bound) {
                throw new Unsupported("Maximum or Minimum with several constants");
            }
        }
        if (sign == Sign.MAXIMUM) {
            return bound == 0 ? relu(name, in) : activation(name, in, new Clip(bound, Float.POSITIVE_INFINITY));
        }
        if (source(in) instanceof Relu before && bound >= 0) {
            return activation(name, in.of(before.input()), new Clip(0, bound));
        }
        return activation(name, in, new Clip(Float.NEGATIVE_INFINITY, bound));
    }

    /** Each channel times a number plus a number; a part of HardSigmoid or HardSwish becomes that. */
    public Value scaled(String name, Value in, float[] scale, float[] shift) {
        if (isAll(scale, 1) && isAll(shift, 0)) {
            return in;
        }
        Operation hard = hard(name, in, scale, shift);
        if (hard != null) {
            return like(in, hard);
        }
        int channels = scale.length;
        return like(in, new BatchNormalization(name, in.output(), Weights.vector(scale), Weights.vector(shift),
                Weights.vector(filled(channels, 0)), Weights.vector(filled(channels, 1)), 0));
    }

    /** A sixth of {@code relu6(x + 3)}, or of its product with {@code x}; or null. */
    private Operation hard(String name, Value in, float[] scale, float[] shift) {
        if (!isUniform(scale, 1 / 6f) || !isUniform(shift, 0)) {
            return null;
        }
        Operation before = source(in);
        if (before instanceof Arithmetic product && product.sign() == Sign.TIMES) {
            String left = sixTimes(product.left());
            String right = sixTimes(product.right());
            boolean gates = product.left().equals(right) || product.right().equals(left);
            return gates ? new Activation(name, right == null ? left : right, new HardSwish()) : null;
        }
        String gated = sixTimes(in.output());
        return gated == null ? null : new Activation(name, gated, new HardSigmoid(1 / 6f, 0.5f));
    }

    /** What {@code relu6(x + 3)} reads, or null. */
    private String sixTimes(String output) {
        return assembly.operation(output) instanceof Activation clip && clip.function().equals(new Clip(0, 6))
                && assembly.operation(clip.input()) instanceof BatchNormalization shifted && shifted.epsilon() == 0
                && isUniform(shifted.mean().values(), 0) && isUniform(shifted.variance().values(), 1)
                && isUniform(shifted.scale().values(), 1) && isUniform(shifted.shift().values(), 3)
                ? shifted.input() : null;
    }

    private static boolean isAll(float[] values, float value) {
        for (float each : values) {
            if (each != value) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUniform(float[] values, float value) {
        for (float each : values) {
            if (Math.abs(each - value) > 1e-6f * Math.max(1, Math.abs(value))) {
                return false;
            }
        }
        return true;
    }

    /** Batch normalization along a dimension of channels. */
    public Value normalized(String name, Value in, int axis, float[] scale, float[] shift, float[] mean,
            float[] variance, float epsilon) {
        Value channels = asChannels(name + "/in", in, axis);
        if (!channels.isChannels(axis)) {
            throw new Unsupported("batch normalization of positions");
        }
        return like(channels, new BatchNormalization(name, channels.output(), Weights.vector(scale),
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
            checkSelection(size);
            List<Integer> kept = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                kept.add(from + i * step);
            }
            operation = new Selection(name, placed.output(), kept);
        }
        String output = add(operation);
        Shape cut = assembly.shape(output);
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
        checkSelection(indices.size());
        return replaced(channels, new Selection(name, channels.output(), indices), channels.axis(axis));
    }
}
