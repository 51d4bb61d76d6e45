package org.loupe.formats.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Window;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.arrays.Steps;
import org.loupe.formats.arrays.Steps.Reduction;
import org.loupe.formats.arrays.Tensor;
import org.loupe.formats.arrays.Unsupported;
import org.loupe.formats.arrays.Value;

/** Translates single nodes that read something other than constants. */
final class Translator {

    private final Translation translation;
    private final Steps steps;
    private final Kernels kernels;
    private final Resizing resizing;

    Translator(Translation translation, Steps steps, Budget budget) {
        this.translation = translation;
        this.steps = steps;
        this.kernels = new Kernels(translation, steps, budget);
        this.resizing = new Resizing(steps);
    }

    /** @throws Unsupported when Loupe cannot run it */
    void translate(Node node, List<String> reads) {
        if (reads.isEmpty()) {
            throw new Unsupported(node.operation());
        }
        switch (node.operation()) {
            case "Identity", "StopGradient", "CheckNumerics", "Snapshot", "Enter", "Exit", "Cast", "Dropout" ->
                keep(node, reads, value -> value);
            case "IdentityN" -> {
                for (int i = 0; i < reads.size(); i++) {
                    translation.alias(reads.get(i), i == 0 ? node.name() : node.name() + ":" + i);
                }
            }
            case "SpaceToBatchND", "BatchToSpaceND", "Conv2D", "DepthwiseConv2dNative", "Conv2DBackpropInput", "MatMul", "FusedBatchNorm",
                    "FusedBatchNormV2", "FusedBatchNormV3", "BatchNormWithGlobalNormalization", "LRN" ->
                kernels.translate(node, reads);
            case "BiasAdd", "BiasAddV1", "Add", "AddV2", "Sub", "Mul", "RealDiv", "Div", "Maximum", "Minimum" ->
                arithmetic(node, reads);
            case "AddN" -> summed(node, reads);
            case "MaxPool", "MaxPoolV2", "AvgPool" -> pooled(node, reads);
            case "Mean" -> reduced(node, reads, Reduction.MEAN);
            case "Max" -> reduced(node, reads, Reduction.MAXIMUM);
            case "Sum" -> reduced(node, reads, Reduction.SUM);
            case "Softmax" -> keep(node, reads, value -> steps.softmax(node.name(), value, -1));
            case "Pow" -> {
                float exponent = constant(node, reads, 1).only();
                keep(node, reads, value -> steps.activation(node.name(), value, new Nonlinearity.Power(exponent)));
            }
            case "Selu" -> keep(node, reads, value -> steps.selu(node.name(), value));
            case "Neg" -> keep(node, reads, value -> steps.paired(node.name(), value, Sign.TIMES, Tensor.scalar(-1), false));
            case "Relu" -> keep(node, reads, value -> steps.relu(node.name(), value));
            case "ConcatV2", "Concat" -> joined(node, reads);
            case "Pad", "PadV2", "MirrorPad" -> padded(node, reads);
            case "ResizeBilinear", "ResizeNearestNeighbor" -> keep(node, reads,
                    value -> resizing.resized(node, value, constant(node, reads, 1).integers()));
            case "Split", "SplitV", "StridedSlice", "Slice", "Gather", "GatherV2", "ReverseV2" ->
                new Cutting(translation, steps).translate(node, reads);
            default -> {
                if (!shaped(node, reads)) {
                    Nonlinearity function = nonlinearity(node);
                    keep(node, reads, value -> steps.activation(node.name(), value, function));
                }
            }
        }
    }

    private void keep(Node node, List<String> reads, Function<Value, Value> function) {
        translation.put(node.name(), function.apply(translation.value(reads.get(0))));
    }

    private Tensor constant(Node node, List<String> reads, int index) {
        Tensor constant = index < reads.size() ? translation.constant(reads.get(index)) : null;
        if (constant == null) {
            throw new Unsupported("an argument that is no constant");
        }
        return constant;
    }

    /** What only changes how an array is looked at; false when the node is nothing of that. */
    private boolean shaped(Node node, List<String> reads) {
        Value in = translation.value(reads.get(0));
        Value out = switch (node.operation()) {
            case "Reshape" -> in.reshaped(constant(node, reads, 1).integers());
            case "Squeeze" -> squeezed(in, node.attribute("squeeze_dims").numbers());
            case "ExpandDims" -> expanded(in, (int) constant(node, reads, 1).only());
            case "Transpose" -> in.transposed(constant(node, reads, 1).integers());
            case "Tile" -> tiled(in, constant(node, reads, 1).integers());
            default -> null;
        };
        Tensor known = switch (node.operation()) {
            case "Shape" -> Tensor.vector(in.sizes());
            case "Size" -> Tensor.scalar(in.shape().size());
            case "Rank" -> Tensor.scalar(in.rank());
            default -> null;
        };
        if (out != null) {
            translation.put(node.name(), out);
        }
        if (known != null) {
            translation.put(node.name(), known);
        }
        return out != null || known != null;
    }

    private static Value squeezed(Value in, List<Long> axes) {
        int[] sizes = in.sizes();
        int[] gone = axes.isEmpty() ? IntStream.range(1, sizes.length).filter(i -> sizes[i] == 1).toArray()
                : axes.stream().mapToInt(axis -> in.axis(Math.toIntExact(axis))).toArray();
        for (int axis : gone) {
            if (sizes[axis] != 1) {
                throw new NetworkException("A dimension of size " + sizes[axis] + " is squeezed away");
            }
        }
        return in.without(gone);
    }

    private static Value tiled(Value in, int[] times) {
        Value tiled = in;
        for (int axis = 0; axis < times.length; axis++) {
            if (times[axis] != 1) {
                tiled = tiled.repeated(axis, times[axis]);
            }
        }
        return tiled;
    }

    private static Value expanded(Value in, int axis) {
        int at = axis < 0 ? axis + in.rank() + 1 : axis;
        List<List<Value.Part>> dimensions = new ArrayList<>(in.dimensions());
        dimensions.add(at, List.of());
        return new Value(in.output(), in.shape(), dimensions);
    }

    private static Nonlinearity nonlinearity(Node node) {
        return switch (node.operation()) {
            case "Relu6" -> new Nonlinearity.Clip(0, 6);
            case "LeakyRelu" -> new Nonlinearity.LeakyRelu(node.real("alpha", 0.2f));
            case "Elu" -> new Nonlinearity.Elu(1);
            case "Sigmoid" -> new Nonlinearity.Sigmoid();
            case "Tanh" -> new Nonlinearity.Tanh();
            case "Softplus" -> new Nonlinearity.Softplus();
            case "Exp" -> new Nonlinearity.Exponential();
            case "Square" -> new Nonlinearity.Power(2);
            case "Sqrt" -> new Nonlinearity.Power(0.5f);
            case "Rsqrt" -> new Nonlinearity.Power(-0.5f);
            case "Reciprocal", "Inv" -> new Nonlinearity.Power(-1);
            case "Abs" -> new Nonlinearity.Magnitude();
            default -> throw new Unsupported(node.operation());
        };
    }

    private static Sign sign(String operation) {
        return switch (operation) {
            case "Sub" -> Sign.MINUS;
            case "Mul" -> Sign.TIMES;
            case "RealDiv", "Div" -> Sign.OVER;
            case "Maximum" -> Sign.MAXIMUM;
            case "Minimum" -> Sign.MINIMUM;
            default -> Sign.PLUS;
        };
    }

    private void arithmetic(Node node, List<String> reads) {
        String left = reads.get(0);
        String right = reads.get(1);
        Sign sign = sign(node.operation());
        Value out;
        if (!translation.isConstant(left) && !translation.isConstant(right)) {
            out = steps.paired(node.name(), translation.value(left), sign, translation.value(right));
        } else {
            boolean turned = translation.isConstant(left);
            Value in = translation.value(turned ? right : left);
            Tensor constant = translation.constant(turned ? left : right);
            if (node.operation().startsWith("BiasAdd") && !node.channelsLast() && in.rank() == 4) {
                constant = constant.reshaped(1, -1, 1, 1);
            }
            Node shift = node.operation().equals("Mul") ? kernels.bias(node) : null;
            if (kernels.alreadyDone(node, in)) {
                out = in;
            } else if (shift != null) {
                out = steps.affine(shift.name(), in, constant, kernels.bias(shift, node));
                kernels.taken(shift, out);
            } else {
                out = steps.paired(node.name(), in, sign, constant, turned);
            }
        }
        translation.put(node.name(), out);
    }

    private void summed(Node node, List<String> reads) {
        Value sum = translation.value(reads.get(0));
        for (int i = 1; i < reads.size(); i++) {
            String name = i == reads.size() - 1 ? node.name() : node.name() + "/part" + i;
            sum = steps.paired(name, sum, Sign.PLUS, translation.value(reads.get(i)));
        }
        translation.put(node.name(), sum);
    }

    private void pooled(Node node, List<String> reads) {
        int[] size = reads.size() > 1 ? ordered(node, constant(node, reads, 1)) : node.window("ksize", 1);
        int[] step = reads.size() > 2 ? ordered(node, constant(node, reads, 2)) : node.window("strides", 1);
        if (size[0] != 1 || size[1] != 1 || step[0] != 1 || step[1] != 1) {
            throw new Unsupported("windows over channels or pictures");
        }
        Value in = steps.asMaps(node.name() + "/in", translation.value(reads.get(0)), node.channelsLast());
        Window window = kernels.window(node, in.shape(), size[2], size[3], step, new int[] {1, 1, 1, 1});
        translation.put(node.name(), node.operation().equals("AvgPool")
                ? steps.averagePool(node.name(), in, window, node.channelsLast())
                : steps.maxPool(node.name(), in, window, node.channelsLast()));
    }

    private static int[] ordered(Node node, Tensor sizes) {
        int[] given = sizes.integers();
        return node.channelsLast() ? new int[] {given[0], given[3], given[1], given[2]} : given;
    }

    private void reduced(Node node, List<String> reads, Reduction reduction) {
        Value in = translation.value(reads.get(0));
        int[] axes = constant(node, reads, 1).integers();
        translation.put(node.name(), steps.reduced(node.name(), in, reduction, axes, node.flag("keep_dims", false)));
    }

    private void joined(Node node, List<String> reads) {
        boolean first = node.operation().equals("Concat");
        int axis = (int) constant(node, reads, first ? 0 : reads.size() - 1).only();
        List<String> parts = first ? reads.subList(1, reads.size()) : reads.subList(0, reads.size() - 1);
        translation.put(node.name(), steps.joined(node.name(), parts.stream().map(translation::value).toList(), axis));
    }

    private void padded(Node node, List<String> reads) {
        Value in = translation.value(reads.get(0));
        Tensor paddings = constant(node, reads, 1);
        if (!Arrays.equals(paddings.shape(), new int[] {in.rank(), 2}) || in.rank() != 4) {
            throw new Unsupported("an array of " + in.rank() + " dimensions");
        }
        boolean last = in.isChannels(3) && !(in.isChannels(1) && in.shape().channels() > 1);
        int row = last ? 1 : 2;
        int[] around = paddings.integers();
        int[] margins = {around[2 * row], around[2 * row + 2], around[2 * row + 1], around[2 * row + 3]};
        int channel = last ? 3 : 1;
        if (around[0] != 0 || around[1] != 0 || around[2 * channel] != 0 || around[2 * channel + 1] != 0) {
            throw new Unsupported("more channels or pictures");
        }
        if (Arrays.stream(margins).allMatch(margin -> margin == 0)) {
            translation.put(node.name(), in);
            return;
        }
        float value = node.operation().equals("PadV2") ? constant(node, reads, 2).only() : 0;
        Fill fill = Fill.CONSTANT;
        if (node.operation().equals("MirrorPad")) {
            boolean edge = node.text("mode", "").equals("SYMMETRIC");
            if (edge && Arrays.stream(margins).anyMatch(margin -> margin > 1)) {
                throw new Unsupported("SYMMETRIC by more than 1");
            }
            fill = edge ? Fill.EDGE : Fill.REFLECTION;
        }
        translation.put(node.name(), steps.around(node.name(), in, margins, fill, value, last));
    }
}
