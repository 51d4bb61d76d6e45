package org.loupe.core.scan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private record Region(Span rows, Span columns) {

        static final Region NONE = new Region(Span.NONE, Span.NONE);

        Region with(Region other) {
            return new Region(rows.with(other.rows), columns.with(other.columns));
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
        seen.put(source, new Region(new Span(row, row), new Span(column, column)));
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
        return new ReceptiveField(region.rows.first(), region.columns.first(), region.rows.last(), region.columns.last());
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
            return new Region(Span.all(in.rows()), Span.all(in.columns()));
        }
        if (operation instanceof Padding padding) {
            return new Region(
                    region.rows.through(row -> inside(padding.fill(), row - padding.top(), in.rows())),
                    region.columns.through(column -> inside(padding.fill(), column - padding.left(), in.columns())));
        }
        if (operation instanceof Crop crop) {
            return new Region(region.rows.through(row -> crop.top() + row * crop.rowStep()),
                    region.columns.through(column -> crop.left() + column * crop.columnStep()));
        }
        if (operation instanceof Resize resize) {
            return new Region(resampled(Resampling.ofRows(resize, in), region.rows),
                    resampled(Resampling.ofColumns(resize, in), region.columns));
        }
        if (operation instanceof Arithmetic) {
            return new Region(in.rows() == 1 ? Span.all(1) : region.rows,
                    in.columns() == 1 ? Span.all(1) : region.columns);
        }
        return region;
    }

    private static Region slid(Window window, Region region, Shape in) {
        return new Region(
                slid(region.rows, window.rows(), window.rowStep(), window.top(), window.rowDilation(), in.rows()),
                slid(region.columns, window.columns(), window.columnStep(), window.left(), window.columnDilation(),
                        in.columns()));
    }

    private static Span slid(Span span, int size, int step, int padding, int dilation, int in) {
        Span read = Span.NONE;
        for (int element = 0; element < size; element++) {
            int shift = element * dilation - padding;
            read = read.with(span.through(index -> inside(Fill.CONSTANT, index * step + shift, in)));
        }
        return read;
    }

    private static Span spread(Span span, int size, int step, int padding, int dilation, int in) {
        Span read = Span.NONE;
        for (int element = 0; element < size; element++) {
            int shift = padding - element * dilation;
            read = read.with(span.through(index -> (index + shift) % step == 0
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

    private static Span resampled(Resampling resampling, Span span) {
        return span.through(index -> resampling.share(index) < 1 - ROUNDING ? resampling.lower(index) : -1)
                .with(span.through(index -> resampling.share(index) > ROUNDING ? resampling.upper(index) : -1));
    }
}
