package org.loupe.formats.arrays;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Shape;
import org.loupe.formats.arrays.Value.Axis;
import org.loupe.formats.arrays.Value.Part;
import org.loupe.formats.graph.Assembly;

/**
 * Adds operations to an assembly, and puts numbers in another order where an operation cannot do without.
 */
final class Placement {

    private static final int MOST_SELECTED = 1 << 20;

    private final Assembly assembly;
    private final String scope;

    Placement(Assembly assembly, String scope) {
        this.assembly = assembly;
        this.scope = scope;
    }

    /** Adds an operation. */
    String add(Operation operation) {
        String name = operation.name();
        assembly.add(operation, name.startsWith(scope) ? name.substring(scope.length()) : name);
        return name;
    }

    /** What an operation makes of a value that keeps its dimensions. */
    Value like(Value in, Operation operation) {
        return in.of(add(operation));
    }

    /** Maps with pictures first and channels last, or pictures and channels first. */
    Value maps(Operation operation, boolean channelsLast) {
        return Value.map(add(operation), assembly.shape(operation.name()), channelsLast);
    }

    /** The shape of what has been added. */
    Shape shape(String output) {
        return assembly.shape(output);
    }

    /** The operation of the given name, or null. */
    Operation operation(String name) {
        return assembly.operation(name);
    }

    /** The operation that computes a value, or null for the input. */
    Operation source(Value value) {
        return assembly.operation(value.output());
    }

    /**
     * The same value with its numbers where a file's operation on maps wants them.
     *
     * @param channelsLast whether its dimensions are pictures, rows, columns, channels
     */
    Value asMaps(String name, Value value, boolean channelsLast) {
        if (value.rank() != 4) {
            throw new Unsupported("an operation on maps reading an array of " + value.rank() + " dimensions");
        }
        return channelsLast ? placed(name, value, 3, 1, 2) : placed(name, value, 1, 2, 3);
    }

    /** The same value with all its numbers as channels, in the file's order; it has two dimensions. */
    Value asVector(String name, Value value) {
        if (value.rank() != 2) {
            throw new Unsupported("an operation on vectors reading an array of " + value.rank() + " dimensions");
        }
        return placed(name, value, 1, -1, -1);
    }

    /** The same value with the numbers of one dimension as channels, in their order, and the others as they are. */
    Value asChannels(String name, Value value, int axis) {
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

    /** @throws Unsupported when so many numbers cannot be put in another order */
    static void checkSelection(long size) {
        if (size > MOST_SELECTED) {
            throw new Unsupported("Transpose of " + size + " numbers");
        }
    }

    /** What an operation makes of a value when all channels of that stand in one dimension. */
    Value replaced(Value value, Operation operation, int channel) {
        String output = add(operation);
        Shape shape = assembly.shape(output);
        List<List<Part>> dimensions = new ArrayList<>();
        for (int i = 0; i < value.rank(); i++) {
            dimensions.add(i == channel ? Value.whole(Axis.CHANNEL, shape) : value.dimensions().get(i));
        }
        return new Value(output, shape, dimensions);
    }
}
