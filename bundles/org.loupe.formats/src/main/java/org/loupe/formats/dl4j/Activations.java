package org.loupe.formats.dl4j;

import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Nonlinearity.Clip;
import org.loupe.core.network.Nonlinearity.Elu;
import org.loupe.core.network.Nonlinearity.HardSigmoid;
import org.loupe.core.network.Nonlinearity.LeakyRelu;
import org.loupe.core.network.Nonlinearity.Mish;
import org.loupe.core.network.Nonlinearity.Power;
import org.loupe.core.network.Nonlinearity.Sigmoid;
import org.loupe.core.network.Nonlinearity.Softplus;
import org.loupe.core.network.Nonlinearity.Swish;
import org.loupe.core.network.Nonlinearity.Tanh;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Weights;
import org.loupe.formats.arrays.Unsupported;

/** DL4J's activation functions. */
final class Activations {

    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double SELU_ALPHA = 1.6732632423543772;

    /** ND4J 1.0.0-M2.1 cubes the factor of the cubic term, too, so that only the linear one is felt; within 1e-4. */
    private static final float PRECISE_GELU = (float) (2 * Math.sqrt(2 / Math.PI));

    private Activations() {
    }

    /**
     * What computes a function, in the order in which it runs; nothing for the identity.
     *
     * @param overChannels whether a softmax of DL4J would be one over the channels here; on maps in the order
     *                     (image, channel, row, column), it is one over each row
     * @throws Unsupported naming a function that Loupe does not have
     */
    static List<Stage> of(Settings function, boolean overChannels) {
        return switch (function.kind()) {
            case "ActivationIdentity" -> List.of();
            case "ActivationReLU" -> rectifier(function);
            case "ActivationReLU6" -> List.of(of(new Clip(0, 6)));
            case "ActivationLReLU" -> List.of(of(new LeakyRelu((float) function.number("alpha", 0.01))));
            case "ActivationELU" -> List.of(of(new Elu((float) function.number("alpha", 1))));
            case "ActivationSELU" -> List.of(of(new Elu((float) SELU_ALPHA)), scale(SELU_SCALE, 0));
            case "ActivationSigmoid" -> List.of(of(new Sigmoid()));
            case "ActivationHardSigmoid" -> List.of(of(new HardSigmoid(0.2f, 0.5f)));
            case "ActivationTanH" -> List.of(of(new Tanh()));
            case "ActivationHardTanH" -> List.of(of(new Clip(-1, 1)));
            case "ActivationRectifiedTanh" -> List.of(of(new Tanh()), rectified());
            case "ActivationSoftPlus" -> List.of(of(new Softplus()));
            case "ActivationSwish" -> List.of(of(new Swish(1)));
            case "ActivationMish" -> List.of(of(new Mish()));
            case "ActivationCube" -> List.of(of(new Power(3)));
            case "ActivationGELU" -> List.of(of(new Swish(function.flag("precise", false) ? PRECISE_GELU : 1.702f)));
            case "ActivationSoftmax" -> {
                if (!overChannels) {
                    throw new Unsupported("softmax over each row of a map");
                }
                yield List.of((name, input, shape) -> new Softmax(name, input));
            }
            default -> throw new Unsupported(function.kind());
        };
    }

    private static List<Stage> rectifier(Settings function) {
        double slope = function.number("negativeSlope", 0);
        double most = function.number("max", 0);
        if (function.number("threshold", 0) != 0) {
            throw new Unsupported("ActivationReLU with a threshold");
        }
        Stage first = slope == 0 ? rectified() : of(new LeakyRelu((float) slope));
        if (!function.has("max")) {
            return List.of(first);
        }
        Stage capped = of(new Clip(slope == 0 ? 0 : Float.NEGATIVE_INFINITY, (float) most));
        return slope == 0 ? List.of(capped) : List.of(first, capped);
    }

    private static Stage rectified() {
        return (name, input, shape) -> new Relu(name, input);
    }

    private static Stage of(Nonlinearity function) {
        return (name, input, shape) -> new Activation(name, input, function);
    }

    /** Every value times a number plus a number. */
    static Stage scale(double factor, double addend) {
        return (name, input, shape) -> new BatchNormalization(name, input, filled(shape.channels(), factor),
                filled(shape.channels(), addend), filled(shape.channels(), 0), filled(shape.channels(), 1), 0);
    }

    static Weights filled(int count, double value) {
        float[] values = new float[count];
        Arrays.fill(values, (float) value);
        return Weights.vector(values);
    }
}
