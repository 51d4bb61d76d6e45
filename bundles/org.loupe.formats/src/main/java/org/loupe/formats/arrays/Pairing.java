package org.loupe.formats.arrays;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Nonlinearity.Clip;
import org.loupe.core.network.Nonlinearity.HardSigmoid;
import org.loupe.core.network.Nonlinearity.HardSwish;
import org.loupe.core.network.Nonlinearity.Power;
import org.loupe.core.network.Nonlinearity.Sigmoid;
import org.loupe.core.network.Nonlinearity.Swish;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Weights;
import org.loupe.formats.arrays.Value.Part;

/** Adds the arithmetic of two arrays, or of an array and a constant. */
final class Pairing {

    private final Placement placement;
    private final Budget budget;

    Pairing(Placement placement, Budget budget) {
        this.placement = placement;
        this.budget = budget;
    }

    /** Two arrays, value by value; {@code x * sigmoid(x)} and the like become the nonlinearity that they are. */
    Value paired(String name, Value left, Sign sign, Value right) {
        if (left.rank() != right.rank()) {
            throw new Unsupported("arithmetic of arrays with " + left.rank() + " and " + right.rank() + " dimensions");
        }
        Value one = left;
        Value other = right;
        if (!fit(one, other)) {
            one = left.rank() == 4 ? placement.asMaps(name + "/left", left, true) : placement.asVector(name + "/left", left);
            other = right.rank() == 4 ? placement.asMaps(name + "/right", right, true) : placement.asVector(name + "/right", right);
        }
        if (!fit(one, other)) {
            throw new Unsupported("arithmetic of " + Arrays.toString(left.sizes()) + " and "
                    + Arrays.toString(right.sizes()));
        }
        Nonlinearity gated = sign == Sign.TIMES ? gate(one, other) : null;
        if (gated != null) {
            return activation(name, isGate(one, other) ? other : one, gated);
        }
        if (sign == Sign.PLUS && one.shape().equals(other.shape())) {
            return placement.like(one, new Addition(name, List.of(one.output(), other.output())));
        }
        String output = placement.add(new Arithmetic(name, one.output(), sign, other.output()));
        List<List<Part>> dimensions = new ArrayList<>();
        for (int i = 0; i < one.rank(); i++) {
            dimensions.add(one.dimensions().get(i).isEmpty() ? other.dimensions().get(i) : one.dimensions().get(i));
        }
        return new Value(output, placement.shape(output), dimensions);
    }

    private static boolean fit(Value one, Value other) {
        for (int i = 0; i < one.rank(); i++) {
            List<Part> here = one.dimensions().get(i);
            List<Part> there = other.dimensions().get(i);
            if (!here.equals(there) && !here.isEmpty() && !there.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private Nonlinearity gate(Value one, Value other) {
        Operation gate = placement.source(isGate(one, other) ? one : other);
        if (!isGate(one, other) && !isGate(other, one)) {
            return null;
        }
        return ((Activation) gate).function() instanceof Sigmoid ? new Swish(1) : new HardSwish();
    }

    private boolean isGate(Value gate, Value gated) {
        return placement.source(gate) instanceof Activation activation && activation.input().equals(gated.output())
                && (activation.function() instanceof Sigmoid || activation.function().equals(new HardSigmoid(1 / 6f, 0.5f)));
    }

    /**
     * An array and a constant, value by value.
     *
     * @param constant with the file's dimensions; one number, or one for each channel
     * @param turned   whether the constant is the left one
     */
    Value paired(String name, Value in, Sign sign, Tensor constant, boolean turned) {
        if (sign == Sign.MAXIMUM || sign == Sign.MINIMUM) {
            return bounded(name, in, sign, constant);
        }
        Value placed = withChannels(name, in, constant);
        float[] numbers = forChannels(placed, constant);
        int channels = numbers.length;
        return switch (sign) {
            case PLUS -> scaled(name, placed, filled(channels, 1), numbers);
            case MINUS -> turned ? scaled(name, placed, filled(channels, -1), numbers)
                    : scaled(name, placed, filled(channels, 1), each(numbers, number -> -number));
            case TIMES -> scaled(name, placed, numbers, filled(channels, 0));
            case OVER -> turned
                    ? scaled(name, activation(name + "/reciprocal", placed, new Power(-1)), numbers, filled(channels, 0))
                    : scaled(name, placed, each(numbers, number -> 1 / number), filled(channels, 0));
            default -> throw new AssertionError(sign);
        };
    }

    /** An array times a constant plus a constant, each like that of {@link #paired(String, Value, Sign, Tensor, boolean)}. */
    Value affine(String name, Value in, Tensor scale, Tensor shift) {
        Value placed = withChannels(name, withChannels(name, in, scale), shift);
        return scaled(name, placed, forChannels(placed, scale), forChannels(placed, shift));
    }

    private Value withChannels(String name, Value in, Tensor constant) {
        return constant.values().length == 1 ? in : placement.asChannels(name + "/in", in, varying(in, constant));
    }

    private float[] forChannels(Value in, Tensor constant) {
        if (constant.values().length == 1) {
            return filled(in.shape().channels(), constant.only());
        }
        if (!in.isChannels(varying(in, constant)) || constant.values().length != in.shape().channels()) {
            throw new Unsupported("arithmetic with an array of constants for each position");
        }
        return constant.values();
    }

    private interface Function {
        float of(float number);
    }

    private float[] each(float[] numbers, Function function) {
        budget.take(numbers.length);
        float[] made = new float[numbers.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = function.of(numbers[i]);
        }
        return made;
    }

    /** The dimension of a value along which a constant of fewer or as many dimensions varies. */
    private static int varying(Value in, Tensor constant) {
        int found = -1;
        for (int i = 0; i < constant.rank(); i++) {
            if (constant.shape()[i] > 1) {
                int axis = in.rank() - constant.rank() + i;
                if (found >= 0 || axis < 1) {
                    throw new Unsupported("arithmetic with an array of constants for each position");
                }
                found = axis;
            }
        }
        return found;
    }

    private Value bounded(String name, Value in, Sign sign, Tensor constant) {
        float bound = constant.values()[0];
        for (float value : constant.values()) {
            if (value != bound) {
                throw new Unsupported("Maximum or Minimum with several constants");
            }
        }
        if (sign == Sign.MAXIMUM) {
            return bound == 0 ? relu(name, in) : activation(name, in, new Clip(bound, Float.POSITIVE_INFINITY));
        }
        if (placement.source(in) instanceof Relu before && bound >= 0) {
            return activation(name, in.of(before.input()), new Clip(0, bound));
        }
        return activation(name, in, new Clip(Float.NEGATIVE_INFINITY, bound));
    }

    /** Each channel times a number plus a number; a part of HardSigmoid or HardSwish becomes that. */
    Value scaled(String name, Value in, float[] scale, float[] shift) {
        if (isAll(scale, 1) && isAll(shift, 0)) {
            return in;
        }
        Operation hard = hard(name, in, scale, shift);
        if (hard != null) {
            return placement.like(in, hard);
        }
        int channels = scale.length;
        return placement.like(in, new BatchNormalization(name, in.output(), Weights.vector(scale), Weights.vector(shift),
                Weights.vector(filled(channels, 0)), Weights.vector(filled(channels, 1)), 0));
    }

    /** A sixth of {@code relu6(x + 3)}, or of its product with {@code x}; or null. */
    private Operation hard(String name, Value in, float[] scale, float[] shift) {
        if (!isUniform(scale, 1 / 6f) || !isUniform(shift, 0)) {
            return null;
        }
        Operation before = placement.source(in);
        if (before instanceof Arithmetic product && product.sign() == Sign.TIMES) {
            String left = sixTimes(product.left());
            String right = sixTimes(product.right());
            boolean gates = product.left().equals(right) || product.right().equals(left);
            return gates ? new Activation(name, right == null ? left : right, new HardSwish()) : null;
        }
        String gated = sixTimes(in.output());
        return gated == null ? null : new Activation(name, gated, new HardSigmoid(1 / 6f, 0.5f));
    }

    /** What {@code relu6(x + 3)} reads, or null. */
    private String sixTimes(String output) {
        return placement.operation(output) instanceof Activation clip && clip.function().equals(new Clip(0, 6))
                && placement.operation(clip.input()) instanceof BatchNormalization shifted && shifted.epsilon() == 0
                && isUniform(shifted.mean().values(), 0) && isUniform(shifted.variance().values(), 1)
                && isUniform(shifted.scale().values(), 1) && isUniform(shifted.shift().values(), 3)
                ? shifted.input() : null;
    }

    private static boolean isAll(float[] values, float value) {
        for (float each : values) {
            if (each != value) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUniform(float[] values, float value) {
        for (float each : values) {
            if (Math.abs(each - value) > 1e-6f * Math.max(1, Math.abs(value))) {
                return false;
            }
        }
        return true;
    }

    /** Many times the same number. */
    float[] filled(int size, float value) {
        budget.take(size);
        float[] filled = new float[size];
        Arrays.fill(filled, value);
        return filled;
    }

    private Value activation(String name, Value in, Nonlinearity function) {
        return placement.like(in, new Activation(name, in.output(), function));
    }

    private Value relu(String name, Value in) {
        return placement.like(in, new Relu(name, in.output()));
    }
}
