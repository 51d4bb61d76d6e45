package org.loupe.core.network;

import java.util.Arrays;

/**
 * Numbers that a network has learned, in the order of the named dimensions. Immutable by agreement:
 * nobody writes into {@link #values()}, which is not copied because networks are large.
 *
 * @param shape  sizes of the dimensions, each at least 1
 * @param values as many numbers as the sizes multiply to
 */
public record Weights(int[] shape, float[] values) {

    public Weights {
        long size = 1;
        for (int length : shape) {
            size *= length;
            if (length < 1 || size > Integer.MAX_VALUE) {
                throw new NetworkException("No weights have the shape " + Arrays.toString(shape));
            }
        }
        if (size != values.length) {
            throw new NetworkException("Weights of shape " + Arrays.toString(shape) + " are not "
                    + values.length + " numbers");
        }
    }

    /** Weights with one dimension. */
    public static Weights vector(float... values) {
        return new Weights(new int[] {values.length}, values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Weights that && Arrays.equals(shape, that.shape)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "weights " + Arrays.toString(shape);
    }
}
