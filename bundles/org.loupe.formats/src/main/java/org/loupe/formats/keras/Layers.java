package org.loupe.formats.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Nonlinearity.Clip;
import org.loupe.core.network.Nonlinearity.Elu;
import org.loupe.core.network.Nonlinearity.LeakyRelu;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Window;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.arrays.Steps;
import org.loupe.formats.arrays.Steps.Reduction;
import org.loupe.formats.arrays.Tensor;
import org.loupe.formats.arrays.Unsupported;
import org.loupe.formats.arrays.Value;
import org.loupe.formats.arrays.Windows;
import org.loupe.formats.keras.WeightStore.Place;

/** Translates calls of single layers. */
final class Layers {

    private final Steps steps;
    private final Budget budget;
    private final WeightStore store;
    private final Activations activations;
    private final Scales scales;

    Layers(Steps steps, Budget budget, WeightStore store, boolean third) {
        this.steps = steps;
        this.budget = budget;
        this.store = store;
        this.activations = new Activations(steps, third);
        this.scales = new Scales(steps, budget, store);
    }

    /** What a layer is called with: a value, or a constant. */
    record Operand(Value value, Tensor constant) {
    }

    /** One call. */
    record Call(Configuration layer, String name, Place place, List<Operand> operands) {

        Value in() {
            if (operands.isEmpty() || operands.get(0).value() == null) {
                throw new Unsupported("called without an array");
            }
            return operands.get(0).value();
        }
    }

    /**
     * Adds what a call does.
     *
     * @return its output
     * @throws Unsupported when Loupe cannot run it
     */
    Value translated(Call call) {
        String name = call.name();
        Configuration layer = call.layer();
        return switch (layer.kind()) {
            case "InputLayer", "Dropout", "SpatialDropout2D", "GaussianNoise", "GaussianDropout", "AlphaDropout", "Identity",
                    "ActivityRegularization", "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation",
                    "RandomContrast", "RandomBrightness", "StochasticDepth" -> call.in();
            case "Conv2D", "Convolution2D" -> convolution(call, false);
            case "DepthwiseConv2D" -> convolution(call, true);
            case "SeparableConv2D", "SeparableConvolution2D" -> separable(call);
            case "Conv2DTranspose", "Convolution2DTranspose" -> transposed(call);
            case "Dense" -> dense(call);
            case "BatchNormalization" -> scales.normalization(call);
            case "LayerNormalization" -> scales.overChannels(call);
            case "Normalization" -> scales.standardization(call);
            case "Rescaling" -> scales.rescaling(call);
            case "LayerScale" -> steps.paired(name, call.in(), Sign.TIMES, store.weights(call.place(), 0, "gamma", "Variable"), false);
            case "Activation" -> activations.applied(layer.function("activation"), name, call.in());
            case "ReLU", "LeakyReLU", "ELU", "PReLU", "Softmax" -> nonlinearity(call);
            case "MaxPooling2D", "MaxPool2D", "AveragePooling2D", "AvgPool2D" -> pooled(call);
            case "GlobalAveragePooling2D", "GlobalAvgPool2D" -> global(call, Reduction.MEAN);
            case "GlobalMaxPooling2D", "GlobalMaxPool2D" -> global(call, Reduction.MAXIMUM);
            case "ZeroPadding2D" -> steps.around(name, call.in(), layer.margins("padding"), Fill.CONSTANT, 0, layer.channelsLast());
            case "Cropping2D" -> cropped(call);
            case "UpSampling2D" -> enlarged(call);
            case "Resizing" -> resized(call);
            case "Concatenate" -> steps.joined(name, values(call), layer.number("axis", -1));
            case "Flatten" -> flat(call);
            case "Reshape" -> call.in().reshaped(with(1, sizes(layer, "target_shape")));
            case "Permute" -> call.in().transposed(with(0, sizes(layer, "dims")));
            case "TFOpLambda" -> function(call, layer.text("function", ""));
            case "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum" -> merged(call, layer.kind());
            default -> function(call, layer.kind());
        };
    }

    private static List<Value> values(Call call) {
        return call.operands().stream().map(operand -> {
            if (operand.value() == null) {
                throw new Unsupported("called with a constant");
            }
            return operand.value();
        }).toList();
    }

    private static int[] sizes(Configuration layer, String key) {
        int[] sizes = layer.sizes(key);
        if (sizes == null) {
            throw new NetworkException("The layer " + layer.name() + " does not say its " + key);
        }
        return sizes;
    }

    private static int[] with(int first, int[] rest) {
        int[] all = new int[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /** The name of an operation with an activation behind it that takes the layer's own name. */
    private static String before(Call call, String kind) {
        return call.layer().function("activation").equals("linear") ? call.name() : call.name() + "/" + kind;
    }

    private Value activated(Call call, Value value) {
        return activations.applied(call.layer().function("activation"), call.name(), value);
    }

    private float[] bias(Call call, int index) {
        return call.layer().flag("use_bias", true) ? store.weights(call.place(), index, "bias").values() : null;
    }

    private static Window window(Configuration layer, Shape in, int rows, int columns, int[] step, int[] dilation) {
        String padding = layer.text("padding", "valid");
        return switch (padding) {
            case "same" -> Windows.same(in, rows, columns, step[0], step[1], dilation[0], dilation[1]);
            case "valid" -> Windows.valid(rows, columns, step[0], step[1], dilation[0], dilation[1]);
            default -> throw new Unsupported("padding " + padding);
        };
    }

    private Tensor kernels(Call call, int index, String... names) {
        Tensor kernels = store.weights(call.place(), index, names);
        if (kernels.rank() != 4) {
            throw new NetworkException("The weights of the layer " + call.layer().name() + " have " + kernels.rank()
                    + " dimensions instead of 4");
        }
        return kernels;
    }

    private Tensor depthwise(Tensor kernels) {
        int[] size = kernels.shape();
        return kernels.transposed(budget, 2, 3, 0, 1).reshaped(size[2] * size[3], 1, size[0], size[1]);
    }

    private Value convolution(Call call, boolean depthwise) {
        Configuration layer = call.layer();
        boolean last = layer.channelsLast();
        Value in = steps.asMaps(call.name() + "/in", call.in(), last);
        Tensor filter = depthwise ? kernels(call, 0, "depthwise_kernel", "kernel") : kernels(call, 0, "kernel");
        int[] size = filter.shape();
        Tensor kernels = depthwise ? depthwise(filter) : filter.transposed(budget, 3, 2, 0, 1);
        Window window = window(layer, in.shape(), size[0], size[1], layer.pair("strides", 1), layer.pair("dilation_rate", 1));
        int groups = depthwise ? size[2] : layer.number("groups", 1);
        return activated(call, steps.convolution(before(call, "conv2d"), in, kernels.weights(), bias(call, 1), window, groups, last));
    }

    private Value separable(Call call) {
        Configuration layer = call.layer();
        boolean last = layer.channelsLast();
        Value in = steps.asMaps(call.name() + "/in", call.in(), last);
        Tensor filter = kernels(call, 0, "depthwise_kernel");
        int[] size = filter.shape();
        Window window = window(layer, in.shape(), size[0], size[1], layer.pair("strides", 1), layer.pair("dilation_rate", 1));
        Value spatial = steps.convolution(call.name() + "/spatial", in, depthwise(filter).weights(), null, window, size[2], last);
        Tensor pointwise = kernels(call, 1, "pointwise_kernel").transposed(budget, 3, 2, 0, 1);
        return activated(call, steps.convolution(before(call, "conv2d"), spatial, pointwise.weights(), bias(call, 2),
                Window.square(1, 1, 0), 1, last));
    }

    private Value transposed(Call call) {
        Configuration layer = call.layer();
        boolean last = layer.channelsLast();
        Value in = steps.asMaps(call.name() + "/in", call.in(), last);
        Tensor filter = kernels(call, 0, "kernel");
        int[] size = filter.shape();
        int[] step = layer.pair("strides", 1);
        int[] dilation = layer.pair("dilation_rate", 1);
        int[] more = layer.get("output_padding") == null ? null : layer.pair("output_padding", 0);
        boolean same = layer.text("padding", "valid").equals("same");
        int rows = length(in.shape().rows(), (size[0] - 1) * dilation[0] + 1, step[0], same, more == null ? -1 : more[0]);
        int columns = length(in.shape().columns(), (size[1] - 1) * dilation[1] + 1, step[1], same, more == null ? -1 : more[1]);
        Shape out = new Shape(size[2], rows, columns);
        Window window = window(layer, out, size[0], size[1], step, dilation);
        return activated(call, steps.spread(before(call, "conv2d"), in, filter.transposed(budget, 3, 2, 0, 1).weights(),
                bias(call, 1), window, out, last));
    }

    private static int length(int in, int extent, int step, boolean same, int more) {
        if (more < 0) {
            return in * step + (same ? 0 : Math.max(extent - step, 0));
        }
        return (in - 1) * step + extent - (same ? extent / 2 * 2 : 0) + more;
    }

    private Value dense(Call call) {
        Tensor matrix = store.weights(call.place(), 0, "kernel");
        if (matrix.rank() != 2) {
            throw new NetworkException("The weights of the layer " + call.layer().name() + " are no matrix");
        }
        return activated(call, steps.dense(before(call, "dense"), call.in(), matrix, false, bias(call, 1)));
    }

    private Value nonlinearity(Call call) {
        Configuration layer = call.layer();
        String name = call.name();
        return switch (layer.kind()) {
            case "LeakyReLU" -> steps.activation(name, call.in(),
                    new LeakyRelu(layer.real("negative_slope", layer.real("alpha", 0.3f))));
            case "ELU" -> steps.activation(name, call.in(), new Elu(layer.real("alpha", 1)));
            case "Softmax" -> steps.softmax(name, call.in(), Scales.axis(layer, "axis"));
            case "PReLU" -> learnedSlope(call);
            default -> rectified(layer, name, call.in());
        };
    }

    private Value rectified(Configuration layer, String name, Value in) {
        float slope = layer.real("negative_slope", 0);
        boolean bounded = layer.get("max_value") != null;
        if (layer.real("threshold", 0) != 0 || slope != 0 && bounded) {
            throw new Unsupported("with a threshold, or a slope and a largest value");
        }
        return bounded ? steps.activation(name, in, new Clip(0, layer.real("max_value", 6)))
                : slope != 0 ? steps.activation(name, in, new LeakyRelu(slope)) : steps.relu(name, in);
    }

    /** {@code max(x, 0) - slope * max(-x, 0)}, with a slope for each channel. */
    private Value learnedSlope(Call call) {
        String name = call.name();
        Tensor slopes = store.weights(call.place(), 0, "alpha");
        Value negative = steps.relu(name + "/negative",
                steps.paired(name + "/opposite", call.in(), Sign.TIMES, Tensor.scalar(-1), false));
        float[] opposite = slopes.values().clone();
        for (int i = 0; i < opposite.length; i++) {
            opposite[i] = -opposite[i];
        }
        Value sloped = steps.paired(name + "/slope", negative, Sign.TIMES, new Tensor(slopes.shape(), opposite), false);
        return steps.paired(name, steps.relu(name + "/positive", call.in()), Sign.PLUS, sloped);
    }

    private Value pooled(Call call) {
        Configuration layer = call.layer();
        boolean last = layer.channelsLast();
        Value in = steps.asMaps(call.name() + "/in", call.in(), last);
        int[] size = layer.pair("pool_size", 2);
        int[] step = layer.get("strides") == null ? size : layer.pair("strides", 1);
        Window window = window(layer, in.shape(), size[0], size[1], step, new int[] {1, 1});
        return layer.kind().startsWith("Max") ? steps.maxPool(call.name(), in, window, last)
                : steps.averagePool(call.name(), in, window, last);
    }

    private Value global(Call call, Reduction reduction) {
        int[] axes = call.layer().channelsLast() ? new int[] {1, 2} : new int[] {2, 3};
        return steps.reduced(call.name(), call.in(), reduction, axes, call.layer().flag("keepdims", false));
    }

    private Value cropped(Call call) {
        int[] margins = call.layer().margins("cropping");
        int row = call.layer().channelsLast() ? 1 : 2;
        Value in = call.in();
        int[] sizes = in.sizes();
        Value rows = steps.cut(call.name() + "/rows", in, row, margins[0], sizes[row] - margins[0] - margins[2], 1);
        return steps.cut(call.name(), rows, row + 1, margins[1], sizes[row + 1] - margins[1] - margins[3], 1);
    }

    private Value enlarged(Call call) {
        Configuration layer = call.layer();
        boolean last = layer.channelsLast();
        Value in = steps.asMaps(call.name() + "/in", call.in(), last);
        int[] size = layer.pair("size", 2);
        Resize resize = switch (layer.text("interpolation", "nearest")) {
            case "nearest" -> new Resize(call.name(), in.output(), size[0], size[1], Interpolation.FLOOR, Alignment.ORIGIN);
            case "bilinear" -> new Resize(call.name(), in.output(), size[0], size[1], Interpolation.LINEAR, Alignment.HALF_PIXEL);
            default -> throw new Unsupported("interpolation " + layer.text("interpolation", ""));
        };
        return steps.maps(resize, last);
    }

    private Value resized(Call call) {
        Configuration layer = call.layer();
        Value in = steps.asMaps(call.name() + "/in", call.in(), layer.channelsLast());
        int rows = layer.number("height", 0);
        int columns = layer.number("width", 0);
        if (rows == in.shape().rows() && columns == in.shape().columns()) {
            return in;
        }
        if (!layer.text("interpolation", "bilinear").equals("bilinear") || layer.flag("crop_to_aspect_ratio", false)
                || layer.flag("pad_to_aspect_ratio", false)) {
            throw new Unsupported("not bilinear, or with another aspect ratio");
        }
        return steps.maps(new Resize(call.name(), in.output(), (double) rows / in.shape().rows(),
                (double) columns / in.shape().columns(), Interpolation.LINEAR, Alignment.HALF_PIXEL), layer.channelsLast());
    }

    private static Value flat(Call call) {
        Value in = call.in();
        boolean turn = !call.layer().channelsLast() && in.rank() == 4;
        return (turn ? in.transposed(0, 2, 3, 1) : in).reshaped(1, -1);
    }

    /** The layers that join several arrays value by value, and the functions of the same names. */
    private Value merged(Call call, String kind) {
        if (kind.equals("Average")) {
            Value sum = folded(call, call.name() + "/sum", Sign.PLUS);
            return steps.paired(call.name(), sum, Sign.TIMES, Tensor.scalar(1f / call.operands().size()), false);
        }
        return folded(call, call.name(), switch (kind) {
            case "Add" -> Sign.PLUS;
            case "Subtract" -> Sign.MINUS;
            case "Multiply" -> Sign.TIMES;
            case "Maximum" -> Sign.MAXIMUM;
            case "Minimum" -> Sign.MINIMUM;
            default -> throw new Unsupported(call.layer().kind());
        });
    }

    private Value folded(Call call, String name, Sign sign) {
        List<Operand> operands = new ArrayList<>(call.operands());
        if (operands.size() < 2) {
            throw new Unsupported("called with one array");
        }
        Operand made = operands.get(0);
        for (int i = 1; i < operands.size(); i++) {
            String part = i == operands.size() - 1 ? name : name + "/part" + i;
            made = new Operand(paired(part, made, sign, operands.get(i)), null);
        }
        return made.value();
    }

    private Value paired(String name, Operand left, Sign sign, Operand right) {
        if (left.value() != null && right.value() != null) {
            return steps.paired(name, left.value(), sign, right.value());
        }
        boolean turned = left.value() == null;
        Operand array = turned ? right : left;
        if (array.value() == null) {
            throw new Unsupported("called with constants");
        }
        return steps.paired(name, array.value(), sign, turned ? left.constant() : right.constant(), turned);
    }

    /** Functions that are called on arrays without a layer. */
    private Value function(Call call, String path) {
        String name = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (name) {
            case "add", "__add__", "__radd__" -> folded(call, call.name(), Sign.PLUS);
            case "subtract", "sub" -> folded(call, call.name(), Sign.MINUS);
            case "multiply", "mul" -> folded(call, call.name(), Sign.TIMES);
            case "truediv", "divide", "truedivide" -> folded(call, call.name(), Sign.OVER);
            case "maximum" -> folded(call, call.name(), Sign.MAXIMUM);
            case "minimum" -> folded(call, call.name(), Sign.MINIMUM);
            case "relu", "relu6", "sigmoid", "swish", "silu", "tanh", "softplus", "elu", "selu" ->
                activations.applied(name, call.name(), call.in());
            case "hardsigmoid", "hardswish", "hardsilu" ->
                activations.applied(name.replace("hard", "hard_"), call.name(), call.in());
            default -> throw new Unsupported(path);
        };
    }
}
