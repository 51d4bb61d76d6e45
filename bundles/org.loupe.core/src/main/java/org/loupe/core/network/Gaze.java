package org.loupe.core.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.TransposedConvolution;

/**
 * Where in the picture a position of a layer looks: the middle of its receptive field, as it would be if the picture had
 * no border. (Araujo et al. 2019 compute receptive fields in this way.)
 *
 * @param row    the middle of the uppermost pixels has row 0
 * @param column the middle of the leftmost pixels has column 0
 */
public record Gaze(double row, double column) {

    /** Index {@code i} of an axis looks at pixel {@code scale * i + shift}. */
    private record Axis(double scale, double shift) {
        /** The axis of an operation whose output {@code i} looks at {@code factor * i + offset} of its input. */
        Axis through(double factor, double offset) {
            return new Axis(scale * factor, scale * offset + shift);
        }
    }

    private record Axes(Axis rows, Axis columns) {
    }

    /**
     * Finds it for pictures of the network's own size.
     *
     * @throws NetworkException when the network has no such tap, or the tap has no such position
     */
    public static Gaze of(Network network, Tap tap, int row, int column) {
        Shape picture = network.input().shape();
        Map<String, Shape> shapes = network.shapes(picture.rows(), picture.columns());
        String source = network.source(tap);
        Shape shape = shapes.get(source);
        if (row < 0 || column < 0 || row >= shape.rows() || column >= shape.columns()) {
            throw new NetworkException("The map of " + tap + " has " + shape.rows() + " rows and " + shape.columns()
                    + " columns, and so no position " + row + "," + column + ".");
        }
        Map<String, Axes> axes = new HashMap<>();
        axes.put(Network.INPUT, new Axes(new Axis(1, 0), new Axis(1, 0)));
        for (Operation operation : network.needed(List.of(source))) {
            axes.put(operation.name(), of(operation, shapes, axes, picture));
        }
        Axes found = axes.get(source);
        return new Gaze(within(found.rows, row, picture.rows()), within(found.columns, column, picture.columns()));
    }

    private static double within(Axis axis, int index, int size) {
        return Math.max(0, Math.min(size - 1, axis.scale * index + axis.shift));
    }

    private static Axes of(Operation operation, Map<String, Shape> shapes, Map<String, Axes> axes, Shape picture) {
        Shape out = shapes.get(operation.name());
        if (out.area() == 1) {
            return new Axes(new Axis(0, (picture.rows() - 1) / 2.0), new Axis(0, (picture.columns() - 1) / 2.0));
        }
        // Of inputs of several sizes, small ones are spread over the large ones.
        String widest = operation.inputs().get(0);
        for (String input : operation.inputs()) {
            widest = shapes.get(input).area() > shapes.get(widest).area() ? input : widest;
        }
        Axes before = axes.get(widest);
        Shape in = shapes.get(widest);
        if (operation instanceof Convolution convolution) {
            return slid(before, convolution.window());
        }
        if (operation instanceof MaxPool pool) {
            return slid(before, pool.window());
        }
        if (operation instanceof AveragePool pool) {
            return slid(before, pool.window());
        }
        if (operation instanceof TransposedConvolution transposed) {
            Window window = transposed.window();
            return new Axes(
                    before.rows.through(1.0 / window.rowStep(), (window.top() - reachRows(window)) / window.rowStep()),
                    before.columns.through(1.0 / window.columnStep(),
                            (window.left() - reachColumns(window)) / window.columnStep()));
        }
        if (operation instanceof Padding padding) {
            return new Axes(before.rows.through(1, -padding.top()), before.columns.through(1, -padding.left()));
        }
        if (operation instanceof Crop crop) {
            return new Axes(before.rows.through(crop.rowStep(), crop.top()),
                    before.columns.through(crop.columnStep(), crop.left()));
        }
        if (operation instanceof Resize) {
            double rows = (double) in.rows() / out.rows();
            double columns = (double) in.columns() / out.columns();
            return new Axes(before.rows.through(rows, (rows - 1) / 2), before.columns.through(columns, (columns - 1) / 2));
        }
        return before;
    }

    private static Axes slid(Axes before, Window window) {
        return new Axes(before.rows.through(window.rowStep(), reachRows(window) - window.top()),
                before.columns.through(window.columnStep(), reachColumns(window) - window.left()));
    }

    /** From the first row of a window to its middle. */
    private static double reachRows(Window window) {
        return (window.rows() - 1) * window.rowDilation() / 2.0;
    }

    private static double reachColumns(Window window) {
        return (window.columns() - 1) * window.columnDilation() / 2.0;
    }
}
