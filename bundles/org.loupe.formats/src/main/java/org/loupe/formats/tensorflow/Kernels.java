package org.loupe.formats.tensorflow;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Window;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.arrays.Steps;
import org.loupe.formats.arrays.Tensor;
import org.loupe.formats.arrays.Unsupported;
import org.loupe.formats.arrays.Value;
import org.loupe.formats.arrays.Windows;

/** Translates the nodes that have weights, each with the addition of a bias that alone reads it. */
final class Kernels {

    private final Translation translation;
    private final Steps steps;
    private final Budget budget;
    private final Map<String, String> done = new HashMap<>();

    Kernels(Translation translation, Steps steps, Budget budget) {
        this.translation = translation;
        this.steps = steps;
        this.budget = budget;
    }

    void translate(Node node, List<String> reads) {
        Value out = switch (node.operation()) {
            case "SpaceToBatchND" -> spread(node, reads);
            case "BatchToSpaceND" -> gathered(node, reads);
            case "Conv2D" -> convolution(node, reads, false);
            case "DepthwiseConv2dNative" -> convolution(node, reads, true);
            case "Conv2DBackpropInput" -> transposed(node, reads);
            case "MatMul" -> product(node, reads);
            case "LRN" -> neighbours(node, translation.value(reads.get(0)));
            default -> normalization(node, reads);
        };
        translation.put(node.name(), out);
    }

    /** Whether a node adds what the operation before it has taken over. */
    boolean alreadyDone(Node node, Value in) {
        return node.name().equals(done.get(in.output()));
    }

    private Tensor constant(List<String> reads, int index, String what) {
        Tensor constant = translation.constant(reads.get(index));
        if (constant == null) {
            throw new Unsupported(what + " that are no constants");
        }
        return constant;
    }

    /** The node that adds a constant to what a node computes and nothing else reads, or null. */
    Node bias(Node node) {
        List<Node> readers = translation.graph().readers(node);
        if (readers.size() != 1) {
            return null;
        }
        Node next = readers.get(0);
        boolean adds = next.operation().equals("BiasAdd") || next.operation().equals("Add") || next.operation().equals("AddV2");
        return adds && next.reads().size() == 2 && bias(next, node) != null ? next : null;
    }

    /** The same where the constant is one number for each channel. */
    private Node bias(Node node, int channels, boolean channelsLast) {
        Node next = bias(node);
        Tensor constant = next == null ? null : bias(next, node);
        boolean fits = constant != null && constant.rank() > 0 && constant.values().length == channels
                && (constant.shape()[constant.rank() - 1] == channels && channelsLast
                        || next.operation().equals("BiasAdd") && next.channelsLast() == channelsLast);
        return fits ? next : null;
    }

    /** The constant that a node adds to another one. */
    Tensor bias(Node adding, Node node) {
        List<String> reads = adding.reads();
        return translation.constant(reads.get(reads.get(0).equals(node.name()) ? 1 : 0));
    }

    /** What a {@code SpaceToBatchND} does to the maps of a convolution, which makes that a dilated one. */
    private Value spread(Node node, List<String> reads) {
        boolean dilates = translation.graph().readers(node).stream().allMatch(reader -> reader.operation().contains("onv2")
                && reader.text("padding", "").equals("VALID") && gathering(reader) != null);
        if (!dilates || constant(reads, 1, "sizes").values().length != 2) {
            throw new Unsupported("anywhere but around a convolution");
        }
        return translation.value(reads.get(0));
    }

    private Node gathering(Node convolution) {
        List<Node> readers = translation.graph().readers(convolution);
        boolean gathers = readers.size() == 1 && readers.get(0).operation().equals("BatchToSpaceND")
                && readers.get(0).reads().stream().skip(1).allMatch(translation::isConstant);
        return gathers ? readers.get(0) : null;
    }

    private Value gathered(Node node, List<String> reads) {
        if (!translation.graph().node(reads.get(0)).operation().contains("onv2")) {
            throw new Unsupported("anywhere but behind a convolution");
        }
        return translation.value(reads.get(0));
    }

    private Window dilated(Node spreading, Node gathering, Window window) {
        int[] block = constant(spreading.reads(), 1, "sizes").integers();
        int[] around = constant(spreading.reads(), 2, "sizes").integers();
        int[] cut = constant(gathering.reads(), 2, "sizes").integers();
        if (around.length != 4 || cut.length != 4 || window.rowStep() != 1 || window.columnStep() != 1) {
            throw new Unsupported("with steps");
        }
        return new Window(window.rows(), window.columns(), 1, 1, around[0] - cut[0], around[2] - cut[2],
                around[1] - cut[1], around[3] - cut[3], block[0], block[1]);
    }

    private Value convolution(Node node, List<String> reads, boolean depthwise) {
        Tensor filter = constant(reads, 1, "weights");
        Value in = steps.asMaps(node.name() + "/in", translation.value(reads.get(0)), node.channelsLast());
        int[] size = filter.shape();
        int[] step = node.window("strides", 1);
        if (size.length != 4 || step[0] != 1 || step[1] != 1) {
            throw new NetworkException(node.name() + " has weights of " + size.length + " dimensions or steps over channels");
        }
        int channels = in.shape().channels();
        Tensor kernels = depthwise ? filter.transposed(budget, 2, 3, 0, 1).reshaped(size[2] * size[3], 1, size[0], size[1])
                : filter.transposed(budget, 3, 2, 0, 1);
        if (size[2] < 1 || (depthwise ? size[2] != channels : channels % size[2] != 0)) {
            throw new NetworkException(node.name() + " has weights for " + size[2] + " channels, but reads " + channels);
        }
        Window window = window(node, in.shape(), size[0], size[1], step, node.window("dilations", 1));
        Node spreading = translation.graph().node(reads.get(0));
        Node last = node;
        if (spreading.operation().equals("SpaceToBatchND")) {
            last = gathering(node);
            window = dilated(spreading, last, window);
        }
        Node bias = bias(last, kernels.shape()[0], node.channelsLast());
        String name = bias == null ? last.name() : bias.name();
        Value out = steps.convolution(name, in, kernels.weights(), bias == null ? null : bias(bias, last).values(), window,
                channels / (depthwise ? 1 : size[2]), node.channelsLast());
        taken(bias, out);
        return out;
    }

    /** Notes that an operation is also the addition of a bias behind it, unless that is null. */
    void taken(Node bias, Value out) {
        if (bias != null) {
            done.put(out.output(), bias.name());
        }
    }

    /** The window of a node, whose {@code padding} is SAME, VALID or EXPLICIT; steps and dilations in the order of {@link Node#window}. */
    Window window(Node node, Shape in, int rows, int columns, int[] step, int[] dilation) {
        return switch (node.text("padding", "VALID")) {
            case "SAME" -> Windows.same(in, rows, columns, step[2], step[3], dilation[2], dilation[3]);
            case "VALID" -> Windows.valid(rows, columns, step[2], step[3], dilation[2], dilation[3]);
            case "EXPLICIT" -> {
                List<Long> around = node.attribute("explicit_paddings").numbers();
                if (around.size() != 8) {
                    throw new NetworkException(node.name() + " has " + around.size() + " explicit paddings instead of 8");
                }
                int row = node.channelsLast() ? 2 : 4;
                yield Windows.padded(Windows.valid(rows, columns, step[2], step[3], dilation[2], dilation[3]),
                        Math.toIntExact(around.get(row)), Math.toIntExact(around.get(row + 2)),
                        Math.toIntExact(around.get(row + 1)), Math.toIntExact(around.get(row + 3)));
            }
            default -> throw new Unsupported("padding " + node.text("padding", ""));
        };
    }

    private Value transposed(Node node, List<String> reads) {
        int[] sizes = constant(reads, 0, "sizes").integers();
        Tensor filter = constant(reads, 1, "weights");
        Value in = steps.asMaps(node.name() + "/in", translation.value(reads.get(2)), node.channelsLast());
        int[] size = filter.shape();
        int[] step = node.window("strides", 1);
        if (size.length != 4 || sizes.length != 4 && sizes.length != 2 || step[0] != 1 || step[1] != 1) {
            throw new NetworkException(node.name() + " has sizes or weights of a wrong number of dimensions");
        }
        int first = sizes.length == 2 ? 0 : node.channelsLast() ? 1 : 2;
        Shape out = new Shape(size[2], sizes[first], sizes[first + 1]);
        Window window = window(node, out, size[0], size[1], step, node.window("dilations", 1));
        Node bias = bias(node, size[2], node.channelsLast());
        Value made = steps.spread(bias == null ? node.name() : bias.name(), in, filter.transposed(budget, 3, 2, 0, 1).weights(),
                bias == null ? null : bias(bias, node).values(), window, out, node.channelsLast());
        taken(bias, made);
        return made;
    }

    private Value product(Node node, List<String> reads) {
        Tensor matrix = constant(reads, 1, "weights");
        boolean turned = node.flag("transpose_b", false);
        if (node.flag("transpose_a", false) || matrix.rank() != 2) {
            throw new Unsupported("a picture's values as a matrix");
        }
        Node bias = bias(node, matrix.shape()[turned ? 0 : 1], true);
        Value out = steps.dense(bias == null ? node.name() : bias.name(), translation.value(reads.get(0)), matrix, turned,
                bias == null ? null : bias(bias, node).values());
        taken(bias, out);
        return out;
    }

    /** TensorFlow's alpha is not divided by the number of channels. */
    private Value neighbours(Node node, Value value) {
        Value in = steps.asMaps(node.name() + "/in", value, true);
        int radius = node.number("depth_radius", 5);
        if (radius < 0 || radius > 1 << 14) {
            throw new NetworkException(node.name() + " has a depth radius of " + radius);
        }
        int size = 2 * radius + 1;
        return in.of(steps.add(new LocalResponseNormalization(node.name(), in.output(), size,
                node.real("alpha", 1) * size, node.real("beta", 0.5f), node.real("bias", 1))));
    }

    private Value normalization(Node node, List<String> reads) {
        Value in = translation.value(reads.get(0));
        if (node.operation().equals("BatchNormWithGlobalNormalization")) {
            float[] variance = constant(reads, 2, "statistics").values();
            float[] scale = constant(reads, 4, "statistics").values();
            if (!node.flag("scale_after_normalization", true)) {
                scale = new float[variance.length];
                Arrays.fill(scale, 1);
            }
            return steps.normalized(node.name(), in, -1, scale, constant(reads, 3, "statistics").values(),
                    constant(reads, 1, "statistics").values(), variance, node.real("variance_epsilon", 0));
        }
        if (node.flag("is_training", true)) {
            throw new Unsupported("in training mode");
        }
        return steps.normalized(node.name(), in, node.channelsLast() ? -1 : 1, constant(reads, 1, "statistics").values(),
                constant(reads, 2, "statistics").values(), constant(reads, 3, "statistics").values(),
                constant(reads, 4, "statistics").values(), node.real("epsilon", 1e-4f));
    }
}
