package org.loupe.engine.onednn;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Edited;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.Largest;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Window;

/** Decides where the channels of all outputs lie. */
final class Layout {

    private static final int WIDE = 16;
    private static final int NARROW = 8;

    /** With wide blocks, so many times the multiplications are still worth it. */
    private static final double WORTH = 1.25;

    /**
     * oneDNN's kernels for narrow blocks know no more columns of padding than this; beyond, it falls back to plain
     * loops, which take some hundred times as long.
     */
    private static final int MOST_NARROW_PADDING = 3;

    private Layout() {
    }

    /** Where the channels of the operations' outputs lie, by output name; {@link Network#INPUT} is among them. */
    static Map<String, Slots> slots(List<Operation> operations, Map<String, Shape> shapes, int block) {
        Map<String, Slots> slots = new HashMap<>();
        slots.put(Network.INPUT, Slots.of(shapes.get(Network.INPUT).channels(), block));
        for (Operation operation : operations) {
            List<Slots> in = operation.inputs().stream().map(slots::get).toList();
            Slots side = Slots.of(shapes.get(operation.name()).channels(), block);
            Slots found = operation instanceof Arithmetic arithmetic ? slots(arithmetic, shapes, in, side)
                    : slots(operation, in, side);
            slots.put(operation.name(), found);
        }
        return slots;
    }

    /** @param side the channels side by side */
    private static Slots slots(Operation operation, List<Slots> in, Slots side) {
        if (operation instanceof Concatenation) {
            return Slots.joined(in);
        }
        if (operation instanceof Edited) {
            return in.get(0);
        }
        if (operation instanceof Convolution convolution) {
            return Filter.depthwise(convolution.weights(), convolution.groups()) ? in.get(0) : side;
        }
        if (operation instanceof TransposedConvolution transposed) {
            return Filter.depthwise(transposed.weights(), transposed.groups()) ? in.get(0) : side;
        }
        if (operation instanceof Selection selection) {
            return Simplification.reorders(selection, in.get(0).channels()) ? in.get(0).renamed(selection.channels()) : side;
        }
        if (operation instanceof Dense || operation instanceof Flatten || operation instanceof Softmax
                || operation instanceof LayerNormalization || operation instanceof LocalResponseNormalization
                || operation instanceof Largest) {
            return side;
        }
        return agree(in) ? in.get(0) : side;
    }

    /** The one of two paired arrays that has all channels, rows and columns decides. */
    private static Slots slots(Arithmetic arithmetic, Map<String, Shape> shapes, List<Slots> in, Slots side) {
        Shape made = shapes.get(arithmetic.name());
        boolean left = made.equals(shapes.get(arithmetic.left()));
        boolean right = made.equals(shapes.get(arithmetic.right()));
        if (left && right) {
            return agree(in) ? in.get(0) : side;
        }
        return left ? in.get(0) : right ? in.get(1) : side;
    }

    /** Whether arrays have their channels in the same positions. */
    static boolean agree(Collection<Slots> slots) {
        return slots.stream().distinct().count() == 1;
    }

    /**
     * How many channels lie next to each other. Wide blocks suit wide registers, but a network of few channels
     * fills them badly: most of what is multiplied would be nothing.
     *
     * @param wide whether the processor computes with wide registers
     */
    static int block(Network network, boolean wide) {
        boolean worth = multiplications(network, WIDE) <= WORTH * multiplications(network, NARROW);
        return wide && (worth || network.operations().stream().anyMatch(Layout::needsWide)) ? WIDE : NARROW;
    }

    /** Whether a convolution, or its gradient as a convolution with reversed weights, has much padding. */
    private static boolean needsWide(Operation operation) {
        if (!(operation instanceof Convolution convolution)) {
            return false;
        }
        Window window = convolution.window();
        int reversed = window.columnStep() > 1 ? 0 : (window.columns() - 1) * window.columnDilation() - window.left();
        return Math.max(window.left(), reversed) > MOST_NARROW_PADDING;
    }

    /** Multiplications of one picture, those of what only fills blocks included. */
    private static long multiplications(Network network, int block) {
        Map<String, Shape> shapes = network.shapes(network.input().shape().rows(), network.input().shape().columns());
        Map<String, Slots> slots = slots(network.operations(), shapes, block);
        long sum = 0;
        for (Operation operation : network.operations()) {
            if (operation instanceof Convolution convolution) {
                Shape out = shapes.get(operation.name());
                Slots read = slots.get(convolution.input());
                Slots made = slots.get(operation.name());
                int area = convolution.window().rows() * convolution.window().columns();
                int width = convolution.input().equals(Network.INPUT) ? read.channels() : read.width();
                sum += (long) out.rows() * out.columns() * area * made.width() * width
                        / Filter.groups(convolution, read, made, block);
            }
        }
        return sum;
    }
}
