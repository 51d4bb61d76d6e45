package org.loupe.engine.onednn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.engine.Pass;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/**
 * Says the same with fewer or faster operations, whatever taps read: what changes nothing is left out, windows take
 * in the padding before them, convolutions the selection of channels before them, and a selection that is no mere new
 * order becomes a 1x1 convolution by ones and zeros. A batch normalization of the pictures is done on the way into the
 * network. What nobody needs any more is dropped.
 */
final class Simplification {

    /** A selection of more weights than this is copied instead. */
    private static final long MOST_WEIGHTS = 1 << 22;

    private final Map<String, Shape> shapes;
    private final Map<String, String> same = new HashMap<>();
    private final Map<String, Operation> read = new HashMap<>();

    private Simplification(Map<String, Shape> shapes) {
        this.shapes = shapes;
    }

    /**
     * What is to run.
     *
     * @param pictures what happens to each channel of the pictures first, or null; it costs nothing outside the network
     */
    record Simplified(Pass pass, Affine pictures) {
    }

    static Simplified of(Pass pass) {
        Simplification simplification = new Simplification(pass.shapes());
        List<Operation> readers = pass.operations().stream()
                .filter(operation -> operation.inputs().contains(Network.INPUT)).toList();
        Affine pictures = null;
        if (readers.size() == 1 && readers.get(0) instanceof BatchNormalization first
                && !pass.sources().containsValue(Network.INPUT)) {
            pictures = Affine.of(first);
            simplification.same.put(first.name(), Network.INPUT);
        }
        List<Operation> operations = pass.operations().stream().map(simplification::add).toList();
        Map<Tap, String> sources = new HashMap<>();
        pass.sources().forEach((tap, source) -> sources.put(tap, simplification.same.getOrDefault(source, source)));
        return new Simplified(new Pass(needed(operations, sources.values()), pass.shapes(), sources, Map.of()), pictures);
    }

    /** The operations that must run to know the given outputs. */
    static List<Operation> needed(List<Operation> operations, Collection<String> outputs) {
        Set<String> wanted = new HashSet<>(outputs);
        List<Operation> found = new ArrayList<>();
        for (int i = operations.size() - 1; i >= 0; i--) {
            Operation operation = operations.get(i);
            if (wanted.contains(operation.name())) {
                wanted.addAll(operation.inputs());
                found.add(0, operation);
            }
        }
        return found;
    }

    private Operation add(Operation original) {
        Operation operation = original.reading(
                original.inputs().stream().map(input -> same.getOrDefault(input, input)).toList());
        if (operation instanceof Selection selection && read.get(selection.input()) instanceof Selection before) {
            operation = new Selection(selection.name(), before.input(),
                    selection.channels().stream().map(before.channels()::get).toList());
        }
        if (operation instanceof Dense dense && read.get(dense.input()) instanceof Flatten flatten) {
            operation = dense.reading(flatten.inputs());
        }
        read.put(operation.name(), operation);
        if (changesNothing(operation)) {
            same.put(operation.name(), operation.inputs().get(0));
        }
        return simplified(operation);
    }

    private boolean changesNothing(Operation operation) {
        Shape shape = shapes.get(operation.inputs().get(0));
        if (operation instanceof Flatten) {
            return shape.rows() == 1 && shape.columns() == 1;
        }
        if (operation instanceof Selection selection) {
            return selection.channels().equals(IntStream.range(0, shape.channels()).boxed().toList());
        }
        if (operation instanceof Crop || operation instanceof Padding) {
            return shapes.get(operation.name()).equals(shape);
        }
        return operation instanceof Resize resize && resize.rowScale() == 1 && resize.columnScale() == 1;
    }

    private Operation simplified(Operation operation) {
        if (operation instanceof Convolution convolution) {
            return folded(convolution);
        }
        if (operation instanceof MaxPool || operation instanceof AveragePool) {
            return read.get(operation.inputs().get(0)) instanceof Padding padding && padding.fill() == Fill.CONSTANT
                    ? pooled(operation, padding) : operation;
        }
        if (operation instanceof Selection selection) {
            int channels = shapes.get(selection.input()).channels();
            boolean small = (long) channels * selection.channels().size() <= MOST_WEIGHTS;
            return small && !reorders(selection, channels) ? convolution(selection, channels) : selection;
        }
        if (operation instanceof Arithmetic arithmetic && arithmetic.sign() == Sign.PLUS
                && shapes.get(arithmetic.left()).equals(shapes.get(arithmetic.right()))) {
            return new Addition(arithmetic.name(), arithmetic.inputs());
        }
        return operation;
    }

    /** Whether a selection has each channel once. */
    static boolean reorders(Selection selection, int channels) {
        return selection.channels().size() == channels && new HashSet<>(selection.channels()).size() == channels;
    }

    private static Convolution convolution(Selection selection, int channels) {
        int made = selection.channels().size();
        float[] ones = new float[made * channels];
        for (int channel = 0; channel < made; channel++) {
            ones[channel * channels + selection.channels().get(channel)] = 1;
        }
        return new Convolution(selection.name(), selection.input(), new Weights(new int[] {made, channels, 1, 1}, ones),
                Weights.vector(new float[made]), Window.square(1, 1, 0), 1);
    }

    private Operation pooled(Operation operation, Padding padding) {
        if (operation instanceof MaxPool pool && loses(padding) && within(padding, pool.window())) {
            return new MaxPool(pool.name(), padding.input(), wider(pool.window(), padding));
        }
        if (operation instanceof AveragePool pool && padding.value() == 0
                && (pool.countsPadding() || unpadded(pool.window()))) {
            return new AveragePool(pool.name(), padding.input(), wider(pool.window(), padding), true);
        }
        return operation;
    }

    /**
     * Whether a fill is never larger than what lies inside. Where it is as large, as zeros around a rectified output
     * may be, the gradient is lost either way.
     */
    private boolean loses(Padding padding) {
        return padding.value() <= -Float.MAX_VALUE || padding.value() <= 0 && read.get(padding.input()) instanceof Relu;
    }

    /** Whether each place of a window sees something inside. */
    private static boolean within(Padding padding, Window window) {
        return window.rowDilation() == 1 && window.columnDilation() == 1
                && Math.max(padding.top() + window.top(), padding.bottom() + window.bottom()) < window.rows()
                && Math.max(padding.left() + window.left(), padding.right() + window.right()) < window.columns();
    }

    private Convolution folded(Convolution convolution) {
        Operation before = read.get(convolution.input());
        if (before instanceof Padding padding && padding.fill() == Fill.CONSTANT && padding.value() == 0) {
            return folded(padded(convolution, padding));
        }
        if (before instanceof Selection selection && convolution.groups() == 1 && worth(selection)) {
            return folded(selected(convolution, selection));
        }
        return convolution;
    }

    /** Reading channels that do not count costs less than copying those that do, unless they are too many. */
    private boolean worth(Selection selection) {
        return selection.input().equals(Network.INPUT)
                || shapes.get(selection.input()).channels() <= 2 * selection.channels().size();
    }

    private static Convolution padded(Convolution convolution, Padding padding) {
        return new Convolution(convolution.name(), padding.input(), convolution.weights(), convolution.bias(),
                wider(convolution.window(), padding), convolution.groups());
    }

    private static boolean unpadded(Window window) {
        return window.top() == 0 && window.left() == 0 && window.bottom() == 0 && window.right() == 0;
    }

    private static Window wider(Window window, Padding padding) {
        return new Window(window.rows(), window.columns(), window.rowStep(), window.columnStep(),
                window.top() + padding.top(), window.left() + padding.left(), window.bottom() + padding.bottom(),
                window.right() + padding.right(), window.rowDilation(), window.columnDilation());
    }

    private Convolution selected(Convolution convolution, Selection selection) {
        int[] shape = convolution.weights().shape();
        int channels = shapes.get(selection.input()).channels();
        int area = shape[2] * shape[3];
        float[] weights = new float[shape[0] * channels * area];
        for (int made = 0; made < shape[0]; made++) {
            for (int i = 0; i < shape[1] * area; i++) {
                weights[(made * channels + selection.channels().get(i / area)) * area + i % area] +=
                        convolution.weights().values()[made * shape[1] * area + i];
            }
        }
        return new Convolution(convolution.name(), selection.input(),
                new Weights(new int[] {shape[0], channels, shape[2], shape[3]}, weights), convolution.bias(),
                convolution.window(), 1);
    }
}
