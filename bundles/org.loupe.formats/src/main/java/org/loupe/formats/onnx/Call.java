package org.loupe.formats.onnx;

import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.onnx.Model.Node;
import org.loupe.formats.onnx.Steps.Place;

/**
 * A node with the values that it reads.
 *
 * @param inputs null where one is left out
 * @param opset  version of the standard operations
 */
record Call(Node node, List<Value> inputs, long opset, Place place, Steps steps, Budget budget) {

    /** What bounds the memory that constants take which a file's graph computes from others. */
    static final class Budget {
        private long left;

        Budget(long numbers) {
            left = numbers;
        }

        /** @throws Unsupported when that many numbers are too many */
        void take(long numbers) {
            left -= numbers;
            if (left < 0) {
                throw new Unsupported("constants of so many numbers");
            }
        }
    }

    boolean has(int index) {
        return index < inputs.size() && inputs.get(index) != null;
    }

    Value value(int index) {
        if (!has(index)) {
            throw new NetworkException("its input " + (index + 1) + " is missing");
        }
        return inputs.get(index);
    }

    /** An input that depends on the picture. */
    View view(int index) {
        Value value = value(index);
        if (value instanceof View view) {
            return view;
        }
        throw new Unsupported(value instanceof Pending pending ? pending.kind() : node.kind() + " of a constant");
    }

    /** An input that does not depend on the picture. */
    Constant constant(int index) {
        if (value(index) instanceof Constant constant) {
            return constant;
        }
        throw new Unsupported(node.kind() + " with weights that depend on the picture");
    }

    /** The numbers of an input with one dimension that does not depend on the picture. */
    float[] vector(int index, int size) {
        Constant constant = constant(index);
        if (constant.count() != size) {
            throw new NetworkException("its input " + node.inputs().get(index) + " has " + constant.count() + " numbers instead of " + size);
        }
        return finite(index);
    }

    /** The numbers of an input that does not depend on the picture, none of them infinite or no number. */
    float[] finite(int index) {
        float[] numbers = constant(index).floats();
        for (float number : numbers) {
            if (!Float.isFinite(number)) {
                throw new NetworkException("its weights " + node.inputs().get(index) + " hold " + number);
            }
        }
        return numbers;
    }

    /** The view as image, channel, row, column. */
    View image(int index) {
        return steps.image(place, view(index), node.kind());
    }

    /** Axes from an attribute or, in newer operations, from an input; null where there are none. */
    int[] axes(int input) {
        long[] found = node.integers("axes");
        int[] axes;
        if (found != null) {
            axes = new int[found.length];
            for (int i = 0; i < axes.length; i++) {
                axes[i] = Math.toIntExact(found[i]);
            }
        } else if (has(input)) {
            axes = constant(input).ints().clone();
        } else {
            return null;
        }
        return axes;
    }

    /** An axis counted from the front. */
    static int axis(long axis, int rank) {
        long counted = axis < 0 ? axis + rank : axis;
        if (counted < 0 || counted >= rank) {
            throw new NetworkException("it names the axis " + axis + " of an array with " + rank + " dimensions");
        }
        return (int) counted;
    }

    /** Axes counted from the front, each once, in rising order. */
    static int[] sorted(int[] axes, int rank) {
        return Arrays.stream(axes).map(axis -> axis(axis, rank)).sorted().distinct().toArray();
    }
}
