package org.loupe.formats.arrays;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Shape;

/**
 * An array of the network as a file sees it. The file has its own order of dimensions, pictures first, and may have
 * flattened, split and reordered them; nothing of that moves numbers until an operation wants them elsewhere.
 *
 * @param output     name of the operation that computes it
 * @param shape      of that operation's output
 * @param dimensions the file's dimensions, each with the parts that it runs through, the slowest first; none where
 *                   its size is 1, as that of the pictures is
 */
public record Value(String output, Shape shape, List<List<Part>> dimensions) {

    /** One of Loupe's dimensions. */
    public enum Axis {
        /** Channels. */
        CHANNEL,
        /** Rows. */
        ROW,
        /** Columns. */
        COLUMN
    }

    /**
     * Places along an axis.
     *
     * @param size how many, at least 2
     * @param step how far apart along the axis; 0 where each place before is there {@code size} times
     */
    public record Part(Axis axis, int size, int step) {
    }

    public Value {
        dimensions = List.copyOf(dimensions.stream().map(Value::joined).toList());
    }

    private static List<Part> joined(List<Part> parts) {
        List<Part> joined = new ArrayList<>();
        for (Part part : parts) {
            Part before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (before != null && before.axis() == part.axis() && before.step() == part.size() * part.step()) {
                joined.set(joined.size() - 1, new Part(part.axis(), before.size() * part.size(), part.step()));
            } else if (part.size() > 1) {
                joined.add(part);
            }
        }
        return List.copyOf(joined);
    }

    /** Maps whose dimensions are pictures, rows, columns, channels, or pictures, channels, rows, columns. */
    public static Value map(String output, Shape shape, boolean channelsLast) {
        List<Part> channels = whole(Axis.CHANNEL, shape);
        List<Part> rows = whole(Axis.ROW, shape);
        List<Part> columns = whole(Axis.COLUMN, shape);
        return new Value(output, shape, channelsLast ? List.of(List.of(), rows, columns, channels)
                : List.of(List.of(), channels, rows, columns));
    }

    /** Dimensions that are pictures and channels, of maps of one row and one column. */
    public static Value vector(String output, Shape shape) {
        return new Value(output, shape, List.of(List.of(), whole(Axis.CHANNEL, shape)));
    }

    /** All places along an axis. */
    static List<Part> whole(Axis axis, Shape shape) {
        return joined(List.of(new Part(axis, extent(axis, shape), 1)));
    }

    static int extent(Axis axis, Shape shape) {
        return axis == Axis.CHANNEL ? shape.channels() : axis == Axis.ROW ? shape.rows() : shape.columns();
    }

    /** The same dimensions of another operation's output of the same shape. */
    public Value of(String other) {
        return new Value(other, shape, dimensions);
    }

    /** Number of dimensions, with that of the pictures. */
    public int rank() {
        return dimensions.size();
    }

    /** Sizes of the dimensions; that of the pictures is 1. */
    public int[] sizes() {
        return dimensions.stream().mapToInt(Value::size).toArray();
    }

    static int size(List<Part> parts) {
        return parts.stream().mapToInt(Part::size).reduce(1, Math::multiplyExact);
    }

    /**
     * A dimension counted from the end where negative.
     *
     * @throws NetworkException when there is none
     */
    public int axis(int axis) {
        int counted = axis < 0 ? axis + rank() : axis;
        if (counted < 0 || counted >= rank()) {
            throw new NetworkException("There is no dimension " + axis + " in an array of " + rank() + " dimensions");
        }
        return counted;
    }

    /** The parts of a dimension; see {@link #axis}. */
    public List<Part> dimension(int axis) {
        return dimensions.get(axis(axis));
    }

    /** Whether a dimension is all channels, in their order. */
    public boolean isChannels(int axis) {
        return dimension(axis).equals(whole(Axis.CHANNEL, shape));
    }

    /** Dimensions in another order. */
    public Value transposed(int... order) {
        if (order.length != rank() || Arrays.stream(order).map(this::axis).distinct().count() != rank()) {
            throw new NetworkException("An array of " + rank() + " dimensions cannot have them in the order "
                    + Arrays.toString(order));
        }
        return new Value(output, shape, Arrays.stream(order).mapToObj(this::dimension).toList());
    }

    /**
     * Other sizes for the same numbers in the same order.
     *
     * @param sizes of the dimensions; one may be -1 for what is left
     * @throws Unsupported when the new dimensions cut across the old ones
     */
    public Value reshaped(int... sizes) {
        int[] filled = Tensor.filled(sizes, Arrays.stream(sizes()).asLongStream().reduce(1, Math::multiplyExact));
        List<Part> open = new ArrayList<>();
        dimensions.forEach(open::addAll);
        List<List<Part>> made = new ArrayList<>();
        for (int size : filled) {
            List<Part> dimension = new ArrayList<>();
            int wanted = size;
            while (wanted > 1) {
                Part part = open.remove(0);
                int taken = part.size() <= wanted ? part.size() : wanted;
                if (wanted % taken != 0 || part.size() % taken != 0) {
                    throw new Unsupported("Reshape across dimensions");
                }
                int rest = part.size() / taken;
                dimension.add(new Part(part.axis(), taken, part.step() * rest));
                if (rest > 1) {
                    open.add(0, new Part(part.axis(), rest, part.step()));
                }
                wanted /= taken;
            }
            made.add(dimension);
        }
        return new Value(output, shape, made);
    }

    /**
     * The same again and again along a dimension of size 1.
     *
     * @throws Unsupported when the dimension has another size
     */
    public Value repeated(int axis, int times) {
        if (!dimension(axis).isEmpty()) {
            throw new Unsupported("the same maps side by side");
        }
        List<List<Part>> made = new ArrayList<>(dimensions);
        made.set(axis(axis), List.of(new Part(Axis.ROW, times, 0)));
        return new Value(output, shape, made);
    }

    /** How often each place of a whole axis is there, 1 in the ordinary case; 0 when the parts are something else. */
    static int times(List<Part> parts, Axis axis, Shape shape) {
        List<Part> whole = whole(axis, shape);
        boolean more = parts.size() == whole.size() + 1 && parts.get(whole.size()).step() == 0;
        boolean begins = parts.size() >= whole.size() && parts.subList(0, whole.size()).equals(whole);
        return begins && more ? parts.get(whole.size()).size() : begins && parts.size() == whole.size() ? 1 : 0;
    }

    /** Without the given dimensions, whose size is 1. */
    public Value without(int... axes) {
        List<List<Part>> kept = new ArrayList<>(dimensions);
        Arrays.stream(axes).map(this::axis).distinct().sorted().forEach(axis -> kept.set(axis, null));
        kept.removeIf(parts -> parts == null);
        return new Value(output, shape, kept);
    }

    /** Where the numbers of a dimension lie among the output's numbers in the order (channel, row, column). */
    int[] places(List<Part> parts) {
        int[] places = {0};
        for (Part part : parts) {
            int by = part.axis() == Axis.CHANNEL ? shape.rows() * shape.columns()
                    : part.axis() == Axis.ROW ? shape.columns() : 1;
            int[] more = new int[places.length * part.size()];
            for (int i = 0; i < more.length; i++) {
                more[i] = places[i / part.size()] + i % part.size() * part.step() * by;
            }
            places = more;
        }
        return places;
    }
}
