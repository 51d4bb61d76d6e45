package org.loupe.formats.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.arrays.Tensor;

/** Computes operations on constants: shape arithmetic, and the statistics that make up a batch normalization. */
final class ConstantFolding {

    private final Budget budget;

    ConstantFolding(Budget budget) {
        this.budget = budget;
    }

    /** The output of an operation on constants, or null where it is none that is known. */
    Tensor folded(Node node, List<Tensor> in) {
        Tensor first = in.isEmpty() ? null : in.get(0);
        return switch (node.operation()) {
            case "Identity", "Snapshot", "StopGradient", "CheckNumerics", "PlaceholderWithDefault", "Enter", "Cast" ->
                cast(node, first);
            case "Shape" -> Tensor.vector(first.shape());
            case "Size" -> Tensor.scalar(first.values().length);
            case "Rank" -> Tensor.scalar(first.rank());
            case "Add", "AddV2", "BiasAdd", "Sub", "Mul", "RealDiv", "Div", "FloorDiv", "Maximum", "Minimum", "Pow",
                    "FloorMod" -> paired(node, first, in.get(1));
            case "Rsqrt", "Sqrt", "Square", "Neg", "Inv", "Reciprocal", "Exp", "Log", "Abs", "Sigmoid", "Tanh", "Relu" ->
                each(node.operation(), first);
            case "Prod", "Sum", "Max", "Min", "Mean" -> reduced(node, first, in.get(1));
            case "Pack" -> packed(in, node.number("axis", 0));
            case "ConcatV2" -> joined(in.subList(0, in.size() - 1), (int) in.get(in.size() - 1).only());
            case "Concat" -> joined(in.subList(1, in.size()), (int) first.only());
            case "Reshape" -> first.reshaped(in.get(1).integers());
            case "Squeeze" -> squeezed(first, node.attribute("squeeze_dims").numbers());
            case "ExpandDims" -> expanded(first, (int) in.get(1).only());
            case "Transpose" -> first.transposed(budget, in.get(1).integers());
            case "Fill" -> filled(first.integers(), in.get(1).only());
            case "Range" -> range(first.only(), in.get(1).only(), in.get(2).only());
            case "Slice" -> sliced(first, in.get(1).integers(), in.get(2).integers());
            case "StridedSlice" -> strided(node, first, in);
            case "Gather", "GatherV2" -> gathered(first, in);
            default -> null;
        };
    }

    private Tensor cast(Node node, Tensor in) {
        boolean whole = node.operation().equals("Cast") && node.number("DstT", 1) != 1 && node.number("DstT", 1) != 2
                && node.number("DstT", 1) != 14 && node.number("DstT", 1) != 19;
        return whole ? each("Truncate", in) : in;
    }

    private Tensor each(String operation, Tensor in) {
        budget.take(in.values().length);
        float[] values = in.values().clone();
        for (int i = 0; i < values.length; i++) {
            double x = values[i];
            values[i] = (float) switch (operation) {
                case "Rsqrt" -> 1 / Math.sqrt(x);
                case "Sqrt" -> Math.sqrt(x);
                case "Square" -> x * x;
                case "Neg" -> -x;
                case "Inv", "Reciprocal" -> 1 / x;
                case "Exp" -> Math.exp(x);
                case "Log" -> Math.log(x);
                case "Abs" -> Math.abs(x);
                case "Sigmoid" -> 1 / (1 + Math.exp(-x));
                case "Tanh" -> Math.tanh(x);
                case "Relu" -> Math.max(0, x);
                case "Truncate" -> (long) x;
                default -> throw new AssertionError(operation);
            };
        }
        return new Tensor(in.shape(), values);
    }

    private static float paired(Node node, float left, float right) {
        boolean whole = node.number("T", 1) == 3 || node.number("T", 1) == 9;
        return switch (node.operation()) {
            case "Add", "AddV2", "BiasAdd" -> left + right;
            case "Sub" -> left - right;
            case "Mul" -> left * right;
            case "RealDiv", "Div" -> whole ? (float) Math.rint((long) left / Math.max(1, (long) right)) : left / right;
            case "FloorDiv" -> (float) Math.floor(left / right);
            case "FloorMod" -> left - (float) Math.floor(left / right) * right;
            case "Maximum" -> Math.max(left, right);
            case "Minimum" -> Math.min(left, right);
            case "Pow" -> (float) Math.pow(left, right);
            default -> throw new AssertionError(node.operation());
        };
    }

    private Tensor paired(Node node, Tensor left, Tensor right) {
        int rank = Math.max(left.rank(), right.rank());
        int[] shape = new int[rank];
        for (int i = 0; i < rank; i++) {
            int one = size(left, rank, i);
            int other = size(right, rank, i);
            if (one != other && one != 1 && other != 1) {
                throw new NetworkException(node.name() + " pairs constants of the shapes " + Arrays.toString(left.shape())
                        + " and " + Arrays.toString(right.shape()));
            }
            shape[i] = one == 1 ? other : one;
        }
        budget.take(Tensor.size(shape));
        float[] values = new float[Tensor.size(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = paired(node, left.values()[place(left, shape, i)], right.values()[place(right, shape, i)]);
        }
        return new Tensor(shape, values);
    }

    private static int size(Tensor tensor, int rank, int axis) {
        int own = axis - rank + tensor.rank();
        return own < 0 ? 1 : tensor.shape()[own];
    }

    /** Where the number for a place of a larger shape is. */
    private static int place(Tensor tensor, int[] shape, int index) {
        int place = 0;
        int step = 1;
        int rest = index;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            int size = size(tensor, shape.length, axis);
            if (size > 1) {
                place += rest % shape[axis] * step;
            }
            step *= size;
            rest /= shape[axis];
        }
        return place;
    }

    private Tensor reduced(Node node, Tensor in, Tensor axes) {
        boolean[] gone = new boolean[in.rank()];
        for (int axis : axes.integers()) {
            gone[axis(axis, in.rank())] = true;
        }
        List<Integer> kept = new ArrayList<>();
        int[] shape = in.shape().clone();
        for (int i = 0; i < shape.length; i++) {
            if (gone[i]) {
                shape[i] = 1;
            }
            if (!gone[i] || node.flag("keep_dims", false)) {
                kept.add(shape[i]);
            }
        }
        int size = Tensor.size(shape);
        if (size == 0 || in.values().length == 0) {
            throw new NetworkException(node.name() + " reduces an empty constant");
        }
        budget.take(2L * size);
        double[] sums = new double[size];
        boolean[] begun = new boolean[size];
        Tensor marks = new Tensor(shape, new float[size]);
        for (int i = 0; i < in.values().length; i++) {
            int place = place(marks, in.shape(), i);
            double value = in.values()[i];
            sums[place] = !begun[place] ? value : switch (node.operation()) {
                case "Prod" -> sums[place] * value;
                case "Max" -> Math.max(sums[place], value);
                case "Min" -> Math.min(sums[place], value);
                default -> sums[place] + value;
            };
            begun[place] = true;
        }
        double divisor = node.operation().equals("Mean") ? (double) in.values().length / size : 1;
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (sums[i] / divisor);
        }
        return new Tensor(kept.stream().mapToInt(Integer::intValue).toArray(), values);
    }

    private static int axis(int axis, int rank) {
        int counted = axis < 0 ? axis + rank : axis;
        if (counted < 0 || counted >= rank) {
            throw new NetworkException("A constant of " + rank + " dimensions has no dimension " + axis);
        }
        return counted;
    }

    private Tensor packed(List<Tensor> in, int axis) {
        return joined(in.stream().map(tensor -> expanded(tensor, axis)).toList(), axis);
    }

    private static Tensor expanded(Tensor in, int axis) {
        int at = axis(axis, in.rank() + 1);
        int[] shape = new int[in.rank() + 1];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = i < at ? in.shape()[i] : i == at ? 1 : in.shape()[i - 1];
        }
        return new Tensor(shape, in.values());
    }

    private Tensor joined(List<Tensor> in, int axis) {
        Tensor first = in.get(0);
        int at = axis(axis, first.rank());
        int[] shape = first.shape().clone();
        shape[at] = 0;
        int outer = 1;
        for (int i = 0; i < at; i++) {
            outer *= shape[i];
        }
        for (Tensor tensor : in) {
            int[] other = tensor.shape().clone();
            if (other.length != shape.length) {
                throw new NetworkException("Constants of different numbers of dimensions are put together");
            }
            shape[at] += other[at];
            other[at] = first.shape()[at];
            if (!Arrays.equals(other, first.shape())) {
                throw new NetworkException("Constants of different shapes are put together");
            }
        }
        budget.take(Tensor.size(shape));
        float[] values = new float[Tensor.size(shape)];
        int to = 0;
        for (int i = 0; i < outer; i++) {
            for (Tensor tensor : in) {
                int stretch = tensor.values().length / outer;
                System.arraycopy(tensor.values(), i * stretch, values, to, stretch);
                to += stretch;
            }
        }
        return new Tensor(shape, values);
    }

    private static Tensor squeezed(Tensor in, List<Long> axes) {
        boolean[] gone = new boolean[in.rank()];
        axes.forEach(axis -> gone[axis(axis.intValue(), in.rank())] = true);
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < in.rank(); i++) {
            if (axes.isEmpty() ? in.shape()[i] != 1 : !gone[i]) {
                kept.add(in.shape()[i]);
            }
        }
        return in.reshaped(kept.stream().mapToInt(Integer::intValue).toArray());
    }

    private Tensor filled(int[] shape, float value) {
        budget.take(Tensor.size(shape));
        float[] values = new float[Tensor.size(shape)];
        Arrays.fill(values, value);
        return new Tensor(shape, values);
    }

    private Tensor range(float from, float to, float step) {
        double size = Math.ceil((to - from) / (double) step);
        if (!(size >= 0 && size < 1 << 20)) {
            throw new NetworkException("A range from " + from + " to " + to + " by " + step + " is no constant");
        }
        budget.take((long) size);
        float[] values = new float[(int) size];
        for (int i = 0; i < values.length; i++) {
            values[i] = from + i * step;
        }
        return Tensor.vector(values);
    }

    private Tensor sliced(Tensor in, int[] begin, int[] sizes) {
        int[] shape = new int[in.rank()];
        int[] steps = new int[in.rank()];
        if (begin.length != in.rank() || sizes.length != in.rank()) {
            throw new NetworkException("A slice of a constant has another number of dimensions than that");
        }
        for (int i = 0; i < shape.length; i++) {
            shape[i] = sizes[i] == -1 ? in.shape()[i] - begin[i] : sizes[i];
            steps[i] = 1;
        }
        return picked(in, begin, shape, steps);
    }

    private Tensor picked(Tensor in, int[] begin, int[] shape, int[] steps) {
        int size = Tensor.size(shape);
        for (int i = 0; i < shape.length; i++) {
            long last = begin[i] + (shape[i] - 1L) * steps[i];
            if (size > 0 && (begin[i] < 0 || begin[i] >= in.shape()[i] || last < 0 || last >= in.shape()[i])) {
                throw new NetworkException("A slice reaches beyond a constant of shape " + Arrays.toString(in.shape()));
            }
        }
        budget.take(size);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            int rest = i;
            int place = 0;
            int step = in.values().length;
            int[] index = new int[shape.length];
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                index[axis] = begin[axis] + rest % shape[axis] * steps[axis];
                rest /= shape[axis];
            }
            for (int axis = 0; axis < shape.length; axis++) {
                step /= in.shape()[axis];
                place += index[axis] * step;
            }
            values[i] = in.values()[place];
        }
        return new Tensor(shape, values);
    }

    private Tensor strided(Node node, Tensor in, List<Tensor> inputs) {
        Stride stride = Stride.of(node, in.shape(), inputs);
        return picked(in, stride.begin(), stride.sizes(), stride.steps()).reshaped(stride.shape());
    }

    private Tensor gathered(Tensor in, List<Tensor> inputs) {
        Tensor indices = inputs.get(1);
        int axis = inputs.size() > 2 ? axis((int) inputs.get(2).only(), in.rank()) : 0;
        if (axis != 0 || in.rank() == 0) {
            return null;
        }
        int stretch = in.values().length / Math.max(1, in.shape()[0]);
        budget.take((long) stretch * indices.values().length);
        float[] values = new float[Math.multiplyExact(stretch, indices.values().length)];
        int to = 0;
        for (int index : indices.integers()) {
            if (index < 0 || index >= in.shape()[0]) {
                throw new NetworkException("A constant of " + in.shape()[0] + " parts has no part " + index);
            }
            System.arraycopy(in.values(), index * stretch, values, to, stretch);
            to += stretch;
        }
        int[] shape = new int[indices.rank() + in.rank() - 1];
        System.arraycopy(indices.shape(), 0, shape, 0, indices.rank());
        System.arraycopy(in.shape(), 1, shape, indices.rank(), in.rank() - 1);
        return new Tensor(shape, values);
    }
}
