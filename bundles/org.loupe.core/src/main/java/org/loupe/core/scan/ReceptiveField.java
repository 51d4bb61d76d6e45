package org.loupe.core.scan;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.loupe.core.engine.Resampling;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;

/**
 * The part of the picture that one position of a layer can see: the smallest rectangle outside of which no pixel can
 * change the activation there, whatever the weights are. Padding is no part of it. (Araujo et al. 2019 describe receptive
 * fields of branching networks.)
 *
 * @param top    row of the first pixel
 * @param left   column of the first pixel
 * @param bottom row of the last pixel; less than {@code top} where nothing of the picture is seen
 * @param right  column of the last pixel; less than {@code left} where nothing of the picture is seen
 */
public record ReceptiveField(int top, int left, int bottom, int right) {

    /** A neighbour with less weight than this has it by rounding only. */
    private static final double ROUNDING = 1e-6;

    /**
     * Positions of an array: where one of the rows meets one of the columns.
     *
     * @param rows    is not changed
     * @param columns is not changed
     */
    private record Region(BitSet rows, BitSet columns) {

        static final Region NONE = new Region(new BitSet(), new BitSet());

        Region with(Region other) {
            return isEmpty() ? other : other.isEmpty() ? this
                    : new Region(together(rows, other.rows), together(columns, other.columns));
        }

        boolean isEmpty() {
            return rows.isEmpty() || columns.isEmpty();
        }
    }

    /** Height in pixels. */
    public int rows() {
        return bottom - top + 1;
    }

    /** Width in pixels. */
    public int columns() {
        return right - left + 1;
    }

    /**
     * Finds it for pictures of the network's own size.
     *
     * @throws org.loupe.core.network.NetworkException when the network has no such tap, or the tap has no such position
     */
    public static ReceptiveField of(Network network, Tap tap, int row, int column) {
        Shape picture = network.input().shape();
        Map<String, Shape> shapes = network.shapes(picture.rows(), picture.columns());
        String source = network.source(tap);
        Shape shape = shapes.get(source);
        if (row < 0 || column < 0 || row >= shape.rows() || column >= shape.columns()) {
            throw new NetworkException("The map of " + tap + " has " + shape.rows() + " rows and " + shape.columns()
                    + " columns, and so no position " + row + "," + column + ".");
        }
        Map<String, Region> seen = new HashMap<>();
        seen.put(source, new Region(only(row), only(column)));
        List<Operation> operations = network.needed(List.of(source));
        for (int i = operations.size() - 1; i >= 0; i--) {
            Operation operation = operations.get(i);
            Region region = seen.getOrDefault(operation.name(), Region.NONE);
            if (!region.isEmpty()) {
                operation.inputs().forEach(input -> seen.merge(input,
                        before(operation, region, shapes.get(input)), Region::with));
            }
        }
        Region region = seen.getOrDefault(Network.INPUT, Region.NONE);
        if (region.isEmpty()) {
            return new ReceptiveField(0, 0, -1, -1);
        }
        return new ReceptiveField(region.rows.nextSetBit(0), region.columns.nextSetBit(0), region.rows.length() - 1,
                region.columns.length() - 1);
    }

    /** What an operation reads of an input of the given shape for a region of its output. */
    private static Region before(Operation operation, Region region, Shape in) {
        if (operation instanceof Convolution convolution) {
            return slid(convolution.window(), region, in);
        }
        if (operation instanceof MaxPool pool) {
            return slid(pool.window(), region, in);
        }
        if (operation instanceof AveragePool pool) {
            return slid(pool.window(), region, in);
        }
        if (operation instanceof TransposedConvolution transposed) {
            Window window = transposed.window();
            return new Region(
                    spread(region.rows, window.rows(), window.rowStep(), window.top(), window.rowDilation(), in.rows()),
                    spread(region.columns, window.columns(), window.columnStep(), window.left(), window.columnDilation(),
                            in.columns()));
        }
        if (operation instanceof GlobalAverage || operation instanceof Dense || operation instanceof Flatten) {
            return new Region(all(in.rows()), all(in.columns()));
        }
        if (operation instanceof Padding padding) {
            return new Region(
                    through(region.rows, row -> inside(padding.fill(), row - padding.top(), in.rows())),
                    through(region.columns, column -> inside(padding.fill(), column - padding.left(), in.columns())));
        }
        if (operation instanceof Crop crop) {
            return new Region(through(region.rows, row -> crop.top() + row * crop.rowStep()),
                    through(region.columns, column -> crop.left() + column * crop.columnStep()));
        }
        if (operation instanceof Resize resize) {
            return new Region(resampled(Resampling.ofRows(resize, in), region.rows),
                    resampled(Resampling.ofColumns(resize, in), region.columns));
        }
        if (operation instanceof Arithmetic) {
            return new Region(in.rows() == 1 ? all(1) : region.rows,
                    in.columns() == 1 ? all(1) : region.columns);
        }
        return region;
    }

    private static Region slid(Window window, Region region, Shape in) {
        return new Region(
                slid(region.rows, window.rows(), window.rowStep(), window.top(), window.rowDilation(), in.rows()),
                slid(region.columns, window.columns(), window.columnStep(), window.left(), window.columnDilation(),
                        in.columns()));
    }

    private static BitSet slid(BitSet out, int size, int step, int padding, int dilation, int in) {
        BitSet read = new BitSet();
        for (int element = 0; element < size; element++) {
            int shift = element * dilation - padding;
            read.or(through(out, index -> inside(Fill.CONSTANT, index * step + shift, in)));
        }
        return read;
    }

    private static BitSet spread(BitSet out, int size, int step, int padding, int dilation, int in) {
        BitSet read = new BitSet();
        for (int element = 0; element < size; element++) {
            int shift = padding - element * dilation;
            read.or(through(out, index -> Math.floorMod(index + shift, step) == 0
                    ? inside(Fill.CONSTANT, Math.floorDiv(index + shift, step), in) : -1));
        }
        return read;
    }

    private static int inside(Fill fill, int index, int size) {
        if (index >= 0 && index < size) {
            return index;
        }
        return switch (fill) {
            case CONSTANT -> -1;
            case EDGE -> index < 0 ? 0 : size - 1;
            case REFLECTION -> index < 0 ? -index : 2 * (size - 1) - index;
        };
    }

    private static BitSet resampled(Resampling resampling, BitSet out) {
        return together(through(out, index -> resampling.share(index) < 1 - ROUNDING ? resampling.lower(index) : -1),
                through(out, index -> resampling.share(index) > ROUNDING ? resampling.upper(index) : -1));
    }

    /**
     * What is read for some rows or columns.
     *
     * @param source for each of them the index that is read, or a negative number
     */
    private static BitSet through(BitSet out, IntUnaryOperator source) {
        BitSet read = new BitSet();
        out.stream().map(source).filter(index -> index >= 0).forEach(read::set);
        return read;
    }

    private static BitSet all(int size) {
        BitSet all = new BitSet();
        all.set(0, size);
        return all;
    }

    private static BitSet only(int index) {
        BitSet only = new BitSet();
        only.set(index);
        return only;
    }

    private static BitSet together(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.or(other);
        return both;
    }
}
