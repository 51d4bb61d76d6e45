package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Nonlinearity.Clip;
import org.loupe.core.network.Nonlinearity.LeakyRelu;
import org.loupe.core.network.Nonlinearity.Power;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.formats.onnx.Model.Node;
import org.loupe.formats.onnx.Steps.Place;
import org.loupe.formats.onnx.View.Atom;
import org.loupe.formats.onnx.View.Role;

/** Nonlinearities, normalizations, reductions and products with matrices. */
final class Calculations {

    private Calculations() {
    }

    static Value relu(Call call) {
        return call.steps().relu(call.place(), call.view(0));
    }

    /** A nonlinearity without more inputs. */
    static Value activation(Call call, Nonlinearity function) {
        return call.steps().activation(call.place(), call.view(0), function);
    }

    static Value clip(Call call) {
        Node node = call.node();
        float low = call.has(1) ? (float) call.constant(1).number() : node.number("min", -Float.MAX_VALUE);
        float high = call.has(2) ? (float) call.constant(2).number() : node.number("max", Float.MAX_VALUE);
        low = Math.max(low, -Float.MAX_VALUE);
        high = Math.min(high, Float.MAX_VALUE);
        return low == 0 && high == Float.MAX_VALUE ? relu(call) : activation(call, new Clip(low, high));
    }

    static Value leakyRelu(Call call, float otherwise) {
        return activation(call, new LeakyRelu(call.node().number("alpha", otherwise)));
    }

    /** {@code max(x, 0) - slope max(-x, 0)}; a leaky ReLU where all channels have one slope. */
    static Value parametricRelu(Call call) {
        float[] slope = Pairs.uniform(call.constant(1));
        if (slope != null) {
            return activation(call, new LeakyRelu(slope[0]));
        }
        View view = call.steps().ordered(call.place(), call.view(0));
        Place place = call.place();
        View positive = call.steps().relu(place.before("positive"), view);
        View mirrored = call.steps().line(place.before("mirrored"), view, new float[] {-1}, new float[] {0});
        View negative = call.steps().relu(place.before("negative"), mirrored);
        float[] slopes = Pairs.perChannel("PRelu", view, call.constant(1)).clone();
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = -slopes[i];
        }
        View scaled = call.steps().line(place.before("scaled"), negative, slopes, new float[] {0});
        return view.of(call.steps().add(new Addition(place.name(), List.of(positive.operation(), scaled.operation())), place));
    }

    static Value batchNormalization(Call call) {
        Node node = call.node();
        View view = call.steps().ordered(call.place(), call.view(0));
        if (node.integer("training_mode", 0) != 0 || call.opset() < 9 && node.integer("spatial", 1) == 0) {
            throw new Unsupported("BatchNormalization in training");
        }
        if (view.rank() < 2 || view.channelAxis(1) != 1) {
            throw new Unsupported("BatchNormalization over something else than channels");
        }
        int channels = view.shape().channels();
        String name = call.steps().add(new BatchNormalization(call.place().name(), view.operation(),
                Weights.vector(call.vector(1, channels)), Weights.vector(call.vector(2, channels)),
                Weights.vector(call.vector(3, channels)), Weights.vector(call.vector(4, channels)),
                node.number("epsilon", 1e-5f)), call.place());
        return view.of(name);
    }

    static Value layerNormalization(Call call) {
        View view = call.steps().ordered(call.place(), call.view(0));
        int axis = Call.axis(call.node().integer("axis", -1), view.rank());
        if (axis != view.rank() - 1 || !view.isWhole(axis, Role.CHANNEL)) {
            throw new Unsupported("LayerNormalization over something else than channels");
        }
        int channels = view.shape().channels();
        String name = call.steps().add(new LayerNormalization(call.place().name(), view.operation(),
                Weights.vector(call.vector(1, channels)),
                Weights.vector(call.has(2) ? call.vector(2, channels) : new float[channels]),
                call.node().number("epsilon", 1e-5f)), call.place());
        return view.of(name);
    }

    static Value softmax(Call call) {
        View view = call.view(0);
        boolean flat = call.opset() < 13;
        int axis = Call.axis(call.node().integer("axis", flat ? 1 : -1), view.rank());
        int[] axes = flat ? IntStream.range(axis, view.rank()).toArray() : new int[] {axis};
        if (!view.cover(axes, Set.of(Role.CHANNEL))) {
            throw new Unsupported("Softmax over something else than channels");
        }
        return view.of(call.steps().add(new Softmax(call.place().name(), view.operation()), call.place()));
    }

    /** Reduces some axes to their mean, their sum or their largest value. */
    static Value reduce(Call call) {
        View view = call.view(0);
        Node node = call.node();
        int[] given = call.axes(1);
        boolean none = given == null || given.length == 0;
        if (none && node.integer("noop_with_empty_axes", 0) != 0) {
            return view;
        }
        int[] axes = none ? IntStream.range(0, view.rank()).toArray() : Call.sorted(given, view.rank());
        View reduced = reduced(call, view, axes);
        List<List<Atom>> left = new ArrayList<>();
        for (int axis = 0; axis < view.rank(); axis++) {
            int own = axis;
            if (Arrays.stream(axes).noneMatch(one -> one == own)) {
                left.add(view.axes().get(axis));
            } else if (node.integer("keepdims", 1) != 0) {
                left.add(List.of());
            }
        }
        return new View(reduced.operation(), reduced.shape(), view.images(), left);
    }

    private static View reduced(Call call, View view, int[] axes) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Arrays.stream(axes).forEach(axis -> roles.addAll(view.roles(axis)));
        if (roles.isEmpty()) {
            return view;
        }
        String type = call.node().type();
        if (roles.contains(Role.IMAGE) || !view.cover(axes, roles)) {
            throw new Unsupported(type + " over images or parts of channels");
        }
        Steps steps = call.steps();
        boolean largest = type.equals("ReduceMax");
        float count = 1;
        for (Role role : roles) {
            count *= view.size(role);
        }
        boolean squares = type.equals("ReduceL2");
        boolean sums = type.equals("ReduceSum") || squares;
        Place place = sums ? call.place().before("mean") : call.place();
        String name = squares ? steps.activation(place.before("square"), view, new Power(2)).operation() : view.operation();
        boolean channels = roles.remove(Role.CHANNEL);
        if (!roles.isEmpty()) {
            Place at = channels ? place.before("over positions") : place;
            name = overPositions(steps, at, name, roles, largest);
        }
        if (channels) {
            if (largest) {
                throw new Unsupported("ReduceMax over channels");
            }
            name = steps.channelMean(place, name, 0);
        }
        View result = View.image(name, steps.shape(name), view.images());
        if (!sums) {
            return result;
        }
        View sum = steps.line(squares ? place.before("sum") : call.place(), result, new float[] {count}, new float[] {0});
        return squares ? steps.activation(call.place(), sum, new Power(0.5f)) : sum;
    }

    private static String overPositions(Steps steps, Place place, String input, Set<Role> roles, boolean largest) {
        Shape shape = steps.shape(input);
        boolean rows = roles.contains(Role.ROW) || shape.rows() == 1;
        boolean columns = roles.contains(Role.COLUMN) || shape.columns() == 1;
        if (rows && columns && !largest) {
            return steps.add(new GlobalAverage(place.name(), input), place);
        }
        Window window = new Window(rows ? shape.rows() : 1, columns ? shape.columns() : 1, 1, 1, 0, 0, 0, 0, 1, 1);
        return steps.add(largest ? new MaxPool(place.name(), input, window) : new AveragePool(place.name(), input, window), place);
    }

    static Value matrixProduct(Call call) {
        if (call.value(0) instanceof Constant) {
            throw new Unsupported("MatMul of a constant with an array");
        }
        View view = call.view(0);
        Constant matrix = call.constant(1);
        if (matrix.rank() != 2 && matrix.count() != (long) matrix.sizes()[Math.max(0, matrix.rank() - 1)]
                * matrix.sizes()[Math.max(0, matrix.rank() - 2)]) {
            throw new Unsupported("MatMul with several matrices");
        }
        if (matrix.rank() < 2) {
            throw new Unsupported("MatMul with a list of numbers");
        }
        int inputs = matrix.sizes()[matrix.rank() - 2];
        int outputs = matrix.sizes()[matrix.rank() - 1];
        call.budget().take(matrix.count());
        call.steps().plain(call.place().name());
        return dense(call, view, Folder.turned(call.finite(1), inputs, outputs), outputs, new float[outputs]);
    }

    static Value gemm(Call call) {
        Node node = call.node();
        View view = call.view(0);
        Constant matrix = call.constant(1);
        if (matrix.rank() != 2 || view.rank() != 2 || node.integer("transA", 0) != 0) {
            throw new Unsupported("Gemm of a transposed array");
        }
        boolean turned = node.integer("transB", 0) != 0;
        int inputs = matrix.sizes()[turned ? 1 : 0];
        int outputs = matrix.sizes()[turned ? 0 : 1];
        float[] weights = call.finite(1);
        float alpha = node.number("alpha", 1);
        if (!turned || alpha != 1) {
            call.budget().take(matrix.count());
            weights = turned ? weights.clone() : Folder.turned(weights, inputs, outputs);
            for (int i = 0; i < weights.length && alpha != 1; i++) {
                weights[i] *= alpha;
            }
        }
        float[] bias = new float[outputs];
        if (call.has(2)) {
            Constant added = call.constant(2);
            if (added.count() != 1 && added.count() != outputs) {
                throw new Unsupported("Gemm with an array added");
            }
            bias = Steps.spread(call.finite(2), outputs).clone();
            for (int i = 0; i < outputs; i++) {
                bias[i] *= node.number("beta", 1);
            }
        } else {
            call.steps().plain(call.place().name());
        }
        return dense(call, view, weights, outputs, bias);
    }

    /** The last axis times a matrix: a dense operation where it holds all numbers of an image, else a 1x1 convolution. */
    private static View dense(Call call, View view, float[] weights, int outputs, float[] bias) {
        int last = view.rank() - 1;
        int inputs = outputs == 0 || last < 0 ? 0 : weights.length / outputs;
        if (inputs == 0 || view.sizes()[last] != inputs) {
            throw new NetworkException("it multiplies " + Arrays.toString(view.sizes()) + " with a matrix for " + inputs + " numbers");
        }
        Shape shape = view.shape();
        Place place = call.place();
        List<List<Atom>> axes = new ArrayList<>(view.axes());
        axes.set(last, View.whole(Role.CHANNEL, outputs));
        if (view.cover(new int[] {last}, EnumSet.of(Role.CHANNEL, Role.ROW, Role.COLUMN))) {
            float[] ordered = ordered(call, weights, view.indices(last));
            call.steps().add(new Dense(place.name(), view.operation(), new Weights(new int[] {outputs, inputs}, ordered),
                    Weights.vector(bias)), place);
            return new View(place.name(), new Shape(outputs, 1, 1), view.images(), axes);
        }
        View channels = call.steps().ordered(place, view);
        if (!channels.isWhole(last, Role.CHANNEL)) {
            throw new Unsupported(call.node().kind() + " over something else than channels");
        }
        call.steps().add(new Convolution(place.name(), channels.operation(), new Weights(new int[] {outputs, inputs, 1, 1}, weights),
                Weights.vector(bias), Window.square(1, 1, 0), 1), place);
        return new View(place.name(), new Shape(outputs, shape.rows(), shape.columns()), view.images(), axes);
    }

    /** The matrix for inputs in the order of an operation's output instead of the order of an axis. */
    private static float[] ordered(Call call, float[] weights, int[] indices) {
        if (IntStream.range(0, indices.length).allMatch(i -> indices[i] == i)) {
            return weights;
        }
        call.budget().take(weights.length);
        float[] ordered = new float[weights.length];
        for (int row = 0; row < weights.length; row += indices.length) {
            for (int i = 0; i < indices.length; i++) {
                ordered[row + indices[i]] = weights[row + i];
            }
        }
        return ordered;
    }
}
