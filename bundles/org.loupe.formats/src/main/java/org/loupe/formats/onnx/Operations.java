package org.loupe.formats.onnx;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Nonlinearity.Elu;
import org.loupe.core.network.Nonlinearity.Exponential;
import org.loupe.core.network.Nonlinearity.Gelu;
import org.loupe.core.network.Nonlinearity.HardSigmoid;
import org.loupe.core.network.Nonlinearity.HardSwish;
import org.loupe.core.network.Nonlinearity.Magnitude;
import org.loupe.core.network.Nonlinearity.Mish;
import org.loupe.core.network.Nonlinearity.Power;
import org.loupe.core.network.Nonlinearity.Sigmoid;
import org.loupe.core.network.Nonlinearity.Softplus;
import org.loupe.core.network.Nonlinearity.Swish;
import org.loupe.core.network.Nonlinearity.Tanh;
import org.loupe.core.network.Nonlinearity.TanhGelu;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.Sign;
import org.loupe.formats.onnx.Model.Node;

/** The operations of the ONNX standard that Loupe reads, where they depend on the picture. */
final class Operations {

    private static final float SELU_ALPHA = 1.67326319217681884765625f;
    private static final float SELU_GAMMA = 1.05070102214813232421875f;

    /** Makes a node's first output. */
    @FunctionalInterface
    interface Reading {
        Value read(Call call);
    }

    private static final Map<String, Reading> READINGS = Map.ofEntries(
            Map.entry("Conv", Windows::convolution),
            Map.entry("ConvTranspose", Windows::transposedConvolution),
            Map.entry("MaxPool", Windows::pool),
            Map.entry("AveragePool", Windows::pool),
            Map.entry("GlobalAveragePool", Windows::globalPool),
            Map.entry("GlobalMaxPool", Windows::globalPool),
            Map.entry("LRN", Windows::localResponseNormalization),
            Map.entry("Relu", Calculations::relu),
            Map.entry("Clip", Calculations::clip),
            Map.entry("LeakyRelu", call -> Calculations.leakyRelu(call, 0.01f)),
            Map.entry("PRelu", Calculations::parametricRelu),
            Map.entry("Sigmoid", plain(new Sigmoid())),
            Map.entry("Tanh", plain(new Tanh())),
            Map.entry("Softplus", plain(new Softplus())),
            Map.entry("Mish", plain(new Mish())),
            Map.entry("HardSwish", plain(new HardSwish())),
            Map.entry("Exp", plain(new Exponential())),
            Map.entry("Abs", plain(new Magnitude())),
            Map.entry("Sqrt", plain(new Power(0.5f))),
            Map.entry("Reciprocal", plain(new Power(-1))),
            Map.entry("Neg", call -> call.steps().line(call.place(), call.view(0), new float[] {-1}, new float[] {0})),
            Map.entry("Swish", call -> Calculations.activation(call, new Swish(call.node().number("alpha", 1)))),
            Map.entry("Elu", call -> Calculations.activation(call, new Elu(call.node().number("alpha", 1)))),
            Map.entry("Selu", Operations::selu),
            Map.entry("Softsign", Operations::softsign),
            Map.entry("HardSigmoid", call -> Calculations.activation(call,
                    new HardSigmoid(call.node().number("alpha", 0.2f), call.node().number("beta", 0.5f)))),
            Map.entry("Gelu", call -> Calculations.activation(call,
                    call.node().text("approximate", "none").equals("tanh") ? new TanhGelu() : new Gelu())),
            Map.entry("Erf", Pairs::errorFunction),
            Map.entry("BatchNormalization", Calculations::batchNormalization),
            Map.entry("LayerNormalization", Calculations::layerNormalization),
            Map.entry("InstanceNormalization", GroupNorms::instances),
            Map.entry("GroupNormalization", GroupNorms::groups),
            Map.entry("Softmax", Calculations::softmax),
            Map.entry("ReduceMean", Calculations::reduce),
            Map.entry("ReduceSum", Calculations::reduce),
            Map.entry("ReduceMax", Calculations::reduce),
            Map.entry("ReduceL2", Calculations::reduce),
            Map.entry("Gemm", Calculations::gemm),
            Map.entry("MatMul", Calculations::matrixProduct),
            Map.entry("Add", Pairs::pair),
            Map.entry("Sub", Pairs::pair),
            Map.entry("Mul", Pairs::pair),
            Map.entry("Div", Pairs::pair),
            Map.entry("Pow", Pairs::pair),
            Map.entry("Sum", Pairs::pair),
            Map.entry("Max", Pairs::pair),
            Map.entry("Min", Pairs::pair),
            Map.entry("Concat", Rearrangements::concatenation),
            Map.entry("Slice", Cutting::slice),
            Map.entry("Gather", Cutting::gather),
            Map.entry("Pad", Framing::padding),
            Map.entry("Resize", Framing::resize),
            Map.entry("Upsample", Framing::resize),
            Map.entry("Expand", Operations::expand),
            Map.entry("Cast", Operations::cast),
            Map.entry("CastLike", call -> call.view(0)));

    /** The same, where constants, too, are only brought into another shape. */
    private static final Map<String, Reading> SHAPES = Map.of(
            "Identity", call -> call.value(0),
            "Dropout", call -> call.value(0),
            "Reshape", Rearrangements::reshape,
            "Flatten", Rearrangements::flatten,
            "Squeeze", Rearrangements::squeeze,
            "Unsqueeze", Rearrangements::unsqueeze,
            "Transpose", Rearrangements::transpose,
            "Shape", Folder::shape,
            "Size", call -> Constant.of(new int[0], new long[] {Constant.count(call.value(0).sizes())}));

    /** What is read elsewhere. */
    private static final Set<String> OTHERS = Set.of("Constant", "ConstantOfShape", "If", "Split");

    private Operations() {
    }

    private static Reading plain(Nonlinearity function) {
        return call -> Calculations.activation(call, function);
    }

    /**
     * What a node makes, in the order of its outputs, those that Loupe knows.
     *
     * @throws Unsupported when Loupe does not know how to do what the node does
     */
    static List<Value> values(Call call) {
        String type = call.node().type();
        if (!isStandard(call.node())) {
            throw new Unsupported(call.node().kind());
        }
        if (SHAPES.containsKey(type)) {
            return List.of(SHAPES.get(type).read(call));
        }
        if (call.inputs().stream().allMatch(value -> value == null || value instanceof Constant)) {
            List<Value> folded = Folder.fold(call);
            if (folded == null) {
                throw new Unsupported(type + (READINGS.containsKey(type) ? " of constants" : ""));
            }
            return folded;
        }
        if (type.equals("Split")) {
            return Cutting.split(call);
        }
        Reading reading = READINGS.get(type);
        if (reading == null) {
            throw new Unsupported(type);
        }
        return List.of(reading.read(call));
    }

    /** Whether there are files in which Loupe can do what a node's kind of operation does. */
    static boolean isKnown(Node node) {
        return isStandard(node) && (READINGS.containsKey(node.type()) || SHAPES.containsKey(node.type())
                || OTHERS.contains(node.type()) || Folder.knows(node.type()));
    }

    private static boolean isStandard(Node node) {
        return node.domain().isEmpty() || node.domain().equals("ai.onnx");
    }

    private static Value selu(Call call) {
        Steps.Place before = call.place().before("function");
        View view = call.steps().activation(before, call.view(0), new Elu(call.node().number("alpha", SELU_ALPHA)));
        return call.steps().line(call.place(), view, new float[] {call.node().number("gamma", SELU_GAMMA)}, new float[] {0});
    }

    /** {@code x / (1 + |x|)}. */
    private static Value softsign(Call call) {
        View view = call.view(0);
        View magnitude = call.steps().activation(call.place().before("magnitude"), view, new Magnitude());
        View below = call.steps().line(call.place().before("divisor"), magnitude, new float[] {1}, new float[] {1});
        return view.of(call.steps().add(new Arithmetic(call.place().name(), view.operation(), Sign.OVER, below.operation()),
                call.place()));
    }

    private static Value cast(Call call) {
        long to = call.node().integer("to", 1);
        if (to != 1 && to != 10 && to != 11 && to != 16) {
            throw new Unsupported("Cast to integers");
        }
        return call.view(0);
    }

    private static Value expand(Call call) {
        View view = call.view(0);
        int[] wanted = call.constant(1).ints();
        int[] sizes = view.sizes();
        for (int i = 0; i < wanted.length; i++) {
            int own = i - wanted.length + sizes.length;
            if (wanted[i] != 1 && (own < 0 || wanted[i] != sizes[own])) {
                throw new Unsupported("Expand that repeats values");
            }
        }
        return view;
    }
}
