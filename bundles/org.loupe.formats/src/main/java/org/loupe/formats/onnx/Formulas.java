package org.loupe.formats.onnx;

import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Nonlinearity.Clip;
import org.loupe.core.network.Nonlinearity.HardSigmoid;
import org.loupe.core.network.Nonlinearity.HardSwish;
import org.loupe.core.network.Nonlinearity.Mish;
import org.loupe.core.network.Nonlinearity.Power;
import org.loupe.core.network.Nonlinearity.Sigmoid;
import org.loupe.core.network.Nonlinearity.Softplus;
import org.loupe.core.network.Nonlinearity.Swish;
import org.loupe.core.network.Nonlinearity.Tanh;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Weights;
import org.loupe.formats.onnx.Steps.ChannelMean;
import org.loupe.formats.onnx.Steps.Line;

/** Recognises functions that exporters write out as formulas. */
final class Formulas {

    private static final double SHARE = 1.0 / 6;
    private static final double GELU = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;

    private Formulas() {
    }

    /** A nonlinearity and what it is applied to. */
    record Applied(String input, Nonlinearity function) {
    }

    /** The same function with what comes before it taken in, where there is a name for that. */
    static Applied simpler(Steps steps, String input, Nonlinearity function) {
        Line line = uniform(steps, input);
        if (line != null && function instanceof Clip clip && clip.low() == 0 && near(clip.high(), 1)) {
            return new Applied(line.input(), new HardSigmoid(line.scale()[0], line.shift()[0]));
        }
        return new Applied(input, function);
    }

    /** The operation that a known formula times a scale is, or null. */
    static Operation scaled(Steps steps, String name, String input, float[] scale, float[] shift) {
        if (!Steps.all(shift, 0) || !Steps.all(scale, scale[0])) {
            return null;
        }
        Operation operation = steps.operation(input);
        if (near(scale[0], SHARE)) {
            String clipped = sixth(steps, input);
            if (clipped != null) {
                return new Activation(name, clipped, new HardSigmoid((float) SHARE, 0.5f));
            }
            if (operation instanceof Arithmetic product && product.sign() == Sign.TIMES) {
                if (product.left().equals(sixth(steps, product.right()))) {
                    return new Activation(name, product.left(), new HardSwish());
                }
                if (product.right().equals(sixth(steps, product.left()))) {
                    return new Activation(name, product.right(), new HardSwish());
                }
            }
        }
        return null;
    }

    /** The x of {@code min(max(x + 3, 0), 6)}, or null. */
    private static String sixth(Steps steps, String name) {
        if (steps.operation(name) instanceof Activation activation && activation.function() instanceof Clip clip
                && clip.low() == 0 && near(clip.high(), 6)) {
            Line line = uniform(steps, activation.input());
            return line != null && near(line.scale()[0], 1) && near(line.shift()[0], 3) ? line.input() : null;
        }
        return null;
    }

    /** The operation that two outputs of the same shape make, where their formula has a name, otherwise null. */
    static Operation pair(Steps steps, String name, String left, Sign sign, String right) {
        if (sign == Sign.TIMES) {
            if (left.equals(right)) {
                return new Activation(name, left, new Power(2));
            }
            Operation found = gated(steps, name, left, right);
            return found != null ? found : gated(steps, name, right, left);
        }
        if (sign == Sign.OVER) {
            Operation found = layerNormalization(steps, name, left, right);
            return found != null ? found : localResponseNormalization(steps, name, left, right);
        }
        return null;
    }

    private static Operation gated(Steps steps, String name, String input, String gate) {
        if (!(steps.operation(gate) instanceof Activation activation)) {
            return null;
        }
        boolean own = activation.input().equals(input);
        if (activation.function() instanceof Sigmoid) {
            Line line = uniform(steps, activation.input());
            if (own) {
                return new Activation(name, input, new Swish(1));
            }
            return line != null && line.input().equals(input) && line.shift()[0] == 0
                    ? new Activation(name, input, new Swish(line.scale()[0])) : null;
        }
        if (activation.function() instanceof HardSigmoid hard && own && near(hard.alpha(), SHARE) && near(hard.beta(), 0.5)) {
            return new Activation(name, input, new HardSwish());
        }
        if (activation.function() instanceof Tanh && steps.operation(activation.input()) instanceof Activation inner
                && inner.function() instanceof Softplus && inner.input().equals(input)) {
            return new Activation(name, input, new Mish());
        }
        return null;
    }

    /** A multiple of the approximate Gelu of an operation's output. */
    record Multiple(String input, float factor) {
    }

    /** What {@code m x} times {@code s (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))} is a multiple of, or null. */
    static Multiple tanhGelu(Steps steps, String input, String gate) {
        Line outer = uniform(steps, gate);
        if (outer == null || !near(outer.scale()[0], outer.shift()[0])
                || !(steps.operation(outer.input()) instanceof Activation tanh) || !(tanh.function() instanceof Tanh)) {
            return null;
        }
        Line inner = uniform(steps, tanh.input());
        if (inner == null || !near(inner.scale()[0], GELU) || inner.shift()[0] != 0
                || !(steps.operation(inner.input()) instanceof Addition sum) || sum.inputs().size() != 2) {
            return null;
        }
        String own = sum.inputs().get(0);
        Line cubic = uniform(steps, sum.inputs().get(1));
        if (cubic == null || !near(cubic.scale()[0], CUBIC) || cubic.shift()[0] != 0 || !isCube(steps, cubic.input(), own)) {
            return null;
        }
        Line half = uniform(steps, input);
        double factor = input.equals(own) ? 1 : half != null && half.input().equals(own) && half.shift()[0] == 0 ? half.scale()[0] : 0;
        return factor == 0 ? null : new Multiple(own, (float) (2 * factor * outer.scale()[0]));
    }

    private static boolean isCube(Steps steps, String name, String of) {
        Operation operation = steps.operation(name);
        if (operation instanceof Activation activation) {
            return activation.input().equals(of) && activation.function() instanceof Power power && power.exponent() == 3;
        }
        return operation instanceof Arithmetic product && product.sign() == Sign.TIMES
                && (product.left().equals(of) && isSquare(steps, product.right(), of)
                        || product.right().equals(of) && isSquare(steps, product.left(), of));
    }

    private static boolean isSquare(Steps steps, String name, String of) {
        return steps.operation(name) instanceof Activation activation && activation.input().equals(of)
                && activation.function() instanceof Power power && power.exponent() == 2;
    }

    /** {@code (x - mean) / sqrt(mean((x - mean)^2) + epsilon)}. */
    private static Operation layerNormalization(Steps steps, String name, String left, String right) {
        if (!(steps.operation(right) instanceof Activation root) || !isPower(root, 0.5)) {
            return null;
        }
        Line epsilon = uniform(steps, root.input());
        if (epsilon == null || !near(epsilon.scale()[0], 1)) {
            return null;
        }
        ChannelMean variance = steps.mean(epsilon.input());
        if (variance == null || variance.size() != 0 || !isSquareOfDeviation(steps, variance.input(), left)
                || !(steps.operation(left) instanceof Arithmetic deviation)) {
            return null;
        }
        int channels = steps.shape(left).channels();
        steps.plain(name);
        return new LayerNormalization(name, deviation.left(), Weights.vector(Steps.spread(new float[] {1}, channels)),
                Weights.vector(new float[channels]), epsilon.shift()[0]);
    }

    private static boolean isSquareOfDeviation(Steps steps, String square, String left) {
        if (!(steps.operation(square) instanceof Activation activation) || !isPower(activation, 2)
                || !isDeviation(steps, left) || !isDeviation(steps, activation.input())) {
            return false;
        }
        return ((Arithmetic) steps.operation(left)).left().equals(((Arithmetic) steps.operation(activation.input())).left());
    }

    private static boolean isDeviation(Steps steps, String name) {
        if (!(steps.operation(name) instanceof Arithmetic difference) || difference.sign() != Sign.MINUS) {
            return false;
        }
        ChannelMean mean = steps.mean(difference.right());
        return mean != null && mean.size() == 0 && mean.input().equals(difference.left());
    }

    /** {@code x / (alpha mean(x^2) + bias)^beta}, the mean over neighbouring channels. */
    private static Operation localResponseNormalization(Steps steps, String name, String left, String right) {
        if (!(steps.operation(right) instanceof Activation power) || !(power.function() instanceof Power beta)) {
            return null;
        }
        Line line = uniform(steps, power.input());
        ChannelMean mean = line == null ? null : steps.mean(line.input());
        if (mean == null || mean.size() == 0 || !isSquare(steps, mean.input(), left)) {
            return null;
        }
        return new LocalResponseNormalization(name, left, mean.size(), line.scale()[0], beta.exponent(), line.shift()[0]);
    }

    private static boolean isPower(Activation activation, double exponent) {
        return activation.function() instanceof Power power && power.exponent() == exponent;
    }

    private static Line uniform(Steps steps, String name) {
        Line line = steps.line(name);
        return line != null && line.isUniform() ? line : null;
    }

    static boolean near(double number, double wanted) {
        return Math.abs(number - wanted) <= 1e-4 * Math.max(1e-3, Math.abs(wanted));
    }
}
