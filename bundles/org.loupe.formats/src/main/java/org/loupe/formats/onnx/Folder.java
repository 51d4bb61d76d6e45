package org.loupe.formats.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.onnx.Call.Budget;
import org.loupe.formats.onnx.Model.Node;
import org.loupe.formats.onnx.Cutting.Range;

/** Computes what does not depend on the picture: the sizes that a graph computes with, and weights that it prepares. */
final class Folder {

    private static final Set<String> OTHERS = Set.of("Expand", "Tile", "Range", "Where", "Cast", "CastLike", "ReduceProd", "ReduceMin");

    private Folder() {
    }

    /** What a node makes of constants, or null where it is none that this class knows. */
    static List<Value> fold(Call call) {
        Node node = call.node();
        if (node.type().equals("Split")) {
            return Picking.split(call);
        }
        Value value = switch (node.type()) {
            case "Concat" -> Picking.concatenated(call);
            case "Gather" -> Picking.gathered(call);
            case "Slice" -> Picking.sliced(call);
            case "Expand" -> expanded(call.constant(0), broadcast(call.constant(0).sizes(), call.constant(1).ints()), call.budget());
            case "Tile" -> tiled(call);
            case "Range" -> range(call);
            case "Where" -> where(call);
            case "Cast", "CastLike" -> cast(call);
            case "ReduceProd", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceMean" -> reduced(call);
            case "Sum", "Max", "Min" -> many(call);
            case "Clip" -> clipped(call);
            case "BatchNormalization" -> normalized(call);
            default -> binary(node.type()) != null && call.inputs().size() == 2 ? combined(call, binary(node.type()))
                    : unary(node.type()) != null ? mapped(call, unary(node.type())) : null;
        };
        return value == null ? null : List.of(value);
    }

    /** Whether a type of operation can be computed when it does not depend on the picture. */
    static boolean knows(String type) {
        return binary(type) != null || unary(type) != null || OTHERS.contains(type);
    }

    private static DoubleBinaryOperator binary(String type) {
        return switch (type) {
            case "Add", "Sum" -> (a, b) -> a + b;
            case "Sub" -> (a, b) -> a - b;
            case "Mul" -> (a, b) -> a * b;
            case "Div" -> (a, b) -> a / b;
            case "Pow" -> Math::pow;
            case "Mod" -> (a, b) -> b == 0 ? Double.NaN : a - Math.floor(a / b) * b;
            case "Max" -> Math::max;
            case "Min" -> Math::min;
            case "Equal" -> (a, b) -> a == b ? 1 : 0;
            case "Less" -> (a, b) -> a < b ? 1 : 0;
            case "LessOrEqual" -> (a, b) -> a <= b ? 1 : 0;
            case "Greater" -> (a, b) -> a > b ? 1 : 0;
            case "GreaterOrEqual" -> (a, b) -> a >= b ? 1 : 0;
            case "And" -> (a, b) -> a != 0 && b != 0 ? 1 : 0;
            case "Or" -> (a, b) -> a != 0 || b != 0 ? 1 : 0;
            default -> null;
        };
    }

    private static boolean isComparison(String type) {
        return switch (type) {
            case "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "And", "Or" -> true;
            default -> false;
        };
    }

    private static DoubleUnaryOperator unary(String type) {
        return switch (type) {
            case "Neg" -> a -> -a;
            case "Abs" -> Math::abs;
            case "Sqrt" -> Math::sqrt;
            case "Reciprocal" -> a -> 1 / a;
            case "Exp" -> Math::exp;
            case "Log" -> Math::log;
            case "Floor" -> Math::floor;
            case "Ceil" -> Math::ceil;
            case "Round" -> Math::rint;
            case "Not" -> a -> a == 0 ? 1 : 0;
            default -> null;
        };
    }

    /** The shape of a value. */
    static Constant shape(Call call) {
        int[] sizes = call.value(0).sizes();
        long start = call.node().integer("start", 0);
        long end = call.node().integer("end", sizes.length);
        Range range = Range.of(start, end, 1, sizes.length);
        return Constant.list(IntStream.range(range.from(), range.from() + range.count()).mapToLong(i -> sizes[i]).toArray());
    }

    static Constant filled(Call call, Constant value) {
        int[] sizes = call.constant(0).ints().clone();
        int count = Constant.count(sizes);
        call.budget().take(count);
        if (value.isInteger()) {
            long[] numbers = new long[count];
            Arrays.fill(numbers, (long) value.number());
            return Constant.of(sizes, numbers);
        }
        float[] numbers = new float[count];
        Arrays.fill(numbers, (float) value.number());
        return Constant.of(sizes, numbers);
    }

    /** The numbers at some places of a constant, in another shape. */
    static Constant picked(Constant from, int[] sizes, Budget budget, IntUnaryOperator place) {
        int count = Constant.count(sizes);
        budget.take(count);
        if (from.isInteger()) {
            long[] all = from.longs();
            long[] numbers = new long[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = all[place.applyAsInt(i)];
            }
            return Constant.of(sizes, numbers);
        }
        float[] all = from.floats();
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = all[place.applyAsInt(i)];
        }
        return Constant.of(sizes, numbers);
    }

    /** The transpose of a matrix. */
    static float[] turned(float[] matrix, int rows, int columns) {
        float[] turned = new float[matrix.length];
        int block = 32;
        for (int from = 0; from < rows; from += block) {
            for (int column = 0; column < columns; column++) {
                for (int row = from; row < Math.min(rows, from + block); row++) {
                    turned[column * rows + row] = matrix[row * columns + column];
                }
            }
        }
        return turned;
    }

    static Constant transposed(Constant constant, int[] order, Budget budget) {
        int[] sizes = constant.sizes();
        int[] to = Arrays.stream(order).map(axis -> sizes[axis]).toArray();
        int[] strides = strides(sizes);
        int[] steps = Arrays.stream(order).map(axis -> strides[axis]).toArray();
        return picked(constant, to, budget, place(to, steps, 0));
    }

    /** Where the numbers of an array of some sizes lie in another with some steps along its axes. */
    static IntUnaryOperator place(int[] sizes, int[] steps, int from) {
        return index -> {
            int at = from;
            int left = index;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                at += left % sizes[axis] * steps[axis];
                left /= sizes[axis];
            }
            return at;
        };
    }

    static int[] strides(int[] sizes) {
        int[] strides = new int[sizes.length];
        int stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= sizes[axis];
        }
        return strides;
    }

    private static int[] broadcast(int[] left, int[] right) {
        int rank = Math.max(left.length, right.length);
        int[] sizes = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            int one = axis - rank + left.length < 0 ? 1 : left[axis - rank + left.length];
            int other = axis - rank + right.length < 0 ? 1 : right[axis - rank + right.length];
            if (one != other && one != 1 && other != 1) {
                throw new NetworkException("it pairs the shapes " + Arrays.toString(left) + " and " + Arrays.toString(right));
            }
            sizes[axis] = one == 1 ? other : one;
        }
        return sizes;
    }

    private static IntUnaryOperator spread(Constant from, int[] to) {
        int[] own = strides(from.sizes());
        int[] steps = new int[to.length];
        for (int axis = 0; axis < from.rank(); axis++) {
            steps[axis + to.length - from.rank()] = from.sizes()[axis] == 1 ? 0 : own[axis];
        }
        return place(to, steps, 0);
    }

    private static Constant expanded(Constant constant, int[] sizes, Budget budget) {
        return picked(constant, sizes, budget, spread(constant, sizes));
    }

    private static Constant tiled(Call call) {
        Constant constant = call.constant(0);
        int[] repeats = call.constant(1).ints();
        int[] own = strides(constant.sizes());
        int[] sizes = new int[constant.rank()];
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = Math.multiplyExact(constant.sizes()[axis], repeats[axis]);
        }
        return picked(constant, sizes, call.budget(), index -> {
            int at = 0;
            int left = index;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                at += left % sizes[axis] % constant.sizes()[axis] * own[axis];
                left /= sizes[axis];
            }
            return at;
        });
    }

    private static Constant combined(Call call, DoubleBinaryOperator operator) {
        return combined(call, call.constant(0), call.constant(1), operator);
    }

    private static Constant combined(Call call, Constant left, Constant right, DoubleBinaryOperator operator) {
        int[] sizes = broadcast(left.sizes(), right.sizes());
        int count = Constant.count(sizes);
        call.budget().take(count);
        IntUnaryOperator one = spread(left, sizes);
        IntUnaryOperator other = spread(right, sizes);
        boolean integer = left.isInteger() && right.isInteger() || isComparison(call.node().type());
        return filled(sizes, count, integer, i -> operator.applyAsDouble(left.at(one.applyAsInt(i)), right.at(other.applyAsInt(i))));
    }

    interface Number {
        double at(int index);
    }

    static Constant filled(int[] sizes, int count, boolean integer, Number number) {
        if (integer) {
            long[] numbers = new long[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = (long) number.at(i);
            }
            return Constant.of(sizes, numbers);
        }
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) number.at(i);
        }
        return Constant.of(sizes, numbers);
    }

    private static Constant many(Call call) {
        Constant result = call.constant(0);
        for (int i = 1; i < call.inputs().size(); i++) {
            result = combined(call, result, call.constant(i), binary(call.node().type()));
        }
        return result;
    }

    private static Constant mapped(Call call, DoubleUnaryOperator operator) {
        Constant constant = call.constant(0);
        call.budget().take(constant.count());
        return filled(constant.sizes(), constant.count(), constant.isInteger(), i -> operator.applyAsDouble(constant.at(i)));
    }

    private static Constant clipped(Call call) {
        Constant constant = call.constant(0);
        double low = call.has(1) ? call.constant(1).number() : call.node().number("min", Float.NEGATIVE_INFINITY);
        double high = call.has(2) ? call.constant(2).number() : call.node().number("max", Float.POSITIVE_INFINITY);
        call.budget().take(constant.count());
        return filled(constant.sizes(), constant.count(), constant.isInteger(), i -> Math.min(Math.max(constant.at(i), low), high));
    }

    /** Weights that are brought to mean 0 and variance 1 for each output channel, as normalizer-free networks do. */
    private static Constant normalized(Call call) {
        Constant constant = call.constant(0);
        int channels = constant.rank() < 2 ? 0 : constant.sizes()[1];
        float[] scale = call.vector(1, channels);
        float[] shift = call.vector(2, channels);
        float[] mean = call.vector(3, channels).clone();
        float[] variance = call.vector(4, channels).clone();
        call.budget().take(constant.count());
        int width = constant.count() / Math.multiplyExact(constant.sizes()[0], channels);
        if (call.node().integer("training_mode", 0) != 0) {
            measure(constant, width, mean, variance);
        }
        float epsilon = call.node().number("epsilon", 1e-5f);
        return filled(constant.sizes(), constant.count(), false, i -> {
            int channel = i / width % channels;
            return (constant.at(i) - mean[channel]) / Math.sqrt((double) variance[channel] + epsilon) * scale[channel] + shift[channel];
        });
    }

    /** Finds the mean and the variance of each channel of an array. */
    private static void measure(Constant constant, int width, float[] mean, float[] variance) {
        int channels = mean.length;
        double[] sums = new double[channels];
        double[] squares = new double[channels];
        for (int i = 0; i < constant.count(); i++) {
            sums[i / width % channels] += constant.at(i);
            squares[i / width % channels] += constant.at(i) * constant.at(i);
        }
        double each = (double) constant.count() / channels;
        for (int channel = 0; channel < channels; channel++) {
            double average = sums[channel] / each;
            mean[channel] = (float) average;
            variance[channel] = (float) (squares[channel] / each - average * average);
        }
    }

    private static Constant cast(Call call) {
        Constant constant = call.constant(0);
        long to = call.node().type().equals("CastLike") ? call.constant(1).isInteger() ? 7 : 1 : call.node().integer("to", 1);
        boolean integer = to != 1 && to != 10 && to != 11 && to != 16;
        if (integer == constant.isInteger() && to != 9) {
            return constant;
        }
        call.budget().take(constant.count());
        return filled(constant.sizes(), constant.count(), integer, i -> to == 9 ? constant.at(i) != 0 ? 1 : 0 : constant.at(i));
    }

    private static Constant where(Call call) {
        Constant condition = call.constant(0);
        Constant left = call.constant(1);
        Constant right = call.constant(2);
        int[] sizes = broadcast(broadcast(condition.sizes(), left.sizes()), right.sizes());
        int count = Constant.count(sizes);
        call.budget().take(count);
        IntUnaryOperator asked = spread(condition, sizes);
        IntUnaryOperator one = spread(left, sizes);
        IntUnaryOperator other = spread(right, sizes);
        return filled(sizes, count, left.isInteger(), i -> condition.at(asked.applyAsInt(i)) != 0
                ? left.at(one.applyAsInt(i)) : right.at(other.applyAsInt(i)));
    }

    private static Constant range(Call call) {
        double start = call.constant(0).number();
        double limit = call.constant(1).number();
        double delta = call.constant(2).number();
        double count = Math.max(0, Math.ceil((limit - start) / delta));
        if (!(count <= 1 << 20)) {
            throw new NetworkException("it counts from " + start + " to " + limit + " by " + delta);
        }
        call.budget().take((long) count);
        return filled(new int[] {(int) count}, (int) count, call.constant(0).isInteger(), i -> start + i * delta);
    }

    private static Constant reduced(Call call) {
        Constant constant = call.constant(0);
        int rank = constant.rank();
        int[] given = call.axes(1);
        boolean none = given == null || given.length == 0;
        if (none && call.node().integer("noop_with_empty_axes", 0) != 0) {
            return constant;
        }
        int[] axes = none ? IntStream.range(0, rank).toArray() : Call.sorted(given, rank);
        int[] kept = constant.sizes().clone();
        int[] inside = new int[axes.length];
        int[] strides = strides(constant.sizes());
        int[] steps = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            inside[i] = kept[axes[i]];
            steps[i] = strides[axes[i]];
            kept[axes[i]] = 1;
        }
        boolean keep = call.node().integer("keepdims", 1) != 0;
        int[] sizes = keep ? kept : IntStream.range(0, rank).filter(i -> Arrays.binarySearch(axes, i) < 0).map(i -> kept[i]).toArray();
        call.budget().take(Constant.count(sizes));
        int each = Constant.count(inside);
        IntUnaryOperator outer = place(kept, strides, 0);
        IntUnaryOperator inner = place(inside, steps, 0);
        String type = call.node().type();
        return filled(sizes, Constant.count(sizes), constant.isInteger(), index -> {
            int base = outer.applyAsInt(index);
            double result = type.equals("ReduceProd") ? 1 : type.equals("ReduceMax") ? Double.NEGATIVE_INFINITY
                    : type.equals("ReduceMin") ? Double.POSITIVE_INFINITY : 0;
            for (int i = 0; i < each; i++) {
                double value = constant.at(base + inner.applyAsInt(i));
                result = switch (type) {
                    case "ReduceProd" -> result * value;
                    case "ReduceMax" -> Math.max(result, value);
                    case "ReduceMin" -> Math.min(result, value);
                    default -> result + value;
                };
            }
            return type.equals("ReduceMean") ? result / each : result;
        });
    }
}
