package org.loupe.formats.arrays;

import java.util.Arrays;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Weights;

/**
 * Numbers that a file holds or that follow from them, the last dimension running fastest. Whole numbers are exact up to
 * 2^24, which is more than any size that matters here. Immutable by agreement, as {@link Weights} are.
 *
 * @param shape  sizes of the dimensions; none for a single number
 * @param values as many numbers as the sizes multiply to
 */
public record Tensor(int[] shape, float[] values) {

    /** @throws NetworkException when the sizes and the number of values differ */
    public Tensor {
        if (size(shape) != values.length) {
            throw new NetworkException("An array of shape " + Arrays.toString(shape) + " does not hold " + values.length
                    + " numbers");
        }
    }

    /** A single number. */
    public static Tensor scalar(float value) {
        return new Tensor(new int[0], new float[] {value});
    }

    /** Numbers in one dimension. */
    public static Tensor vector(float... values) {
        return new Tensor(new int[] {values.length}, values);
    }

    /** Whole numbers in one dimension. */
    public static Tensor vector(int[] values) {
        float[] numbers = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = values[i];
        }
        return vector(numbers);
    }

    /**
     * How many numbers sizes multiply to.
     *
     * @throws NetworkException when a size is negative, or they are more than an array can hold
     */
    public static int size(int... shape) {
        long size = 1;
        for (int length : shape) {
            if (length < 0) {
                throw new NetworkException("No array has the shape " + Arrays.toString(shape));
            }
            size *= length;
            if (size > Integer.MAX_VALUE - 8) {
                throw new NetworkException("An array of shape " + Arrays.toString(shape) + " is too large");
            }
        }
        return (int) size;
    }

    /** Number of dimensions. */
    public int rank() {
        return shape.length;
    }

    /** The only number. */
    public float only() {
        if (values.length != 1) {
            throw new NetworkException("One number is wanted where an array of shape " + Arrays.toString(shape) + " is");
        }
        return values[0];
    }

    /** The numbers as whole ones. */
    public int[] integers() {
        int[] integers = new int[values.length];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = (int) values[i];
        }
        return integers;
    }

    /** The same numbers with other sizes; one of them may be -1 for what is left. */
    public Tensor reshaped(int... sizes) {
        return new Tensor(filled(sizes, values.length), values);
    }

    /**
     * Sizes with -1 replaced by what is left.
     *
     * @throws NetworkException when they cannot multiply to the number of values
     */
    static int[] filled(int[] sizes, long numbers) {
        int[] filled = sizes.clone();
        int open = -1;
        long known = 1;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == -1 && open < 0) {
                open = i;
            } else {
                known = Math.max(-1, Math.min(known * Math.max(sizes[i], -1), 1L << 40));
            }
        }
        if (open >= 0 && known > 0) {
            filled[open] = (int) (numbers / known);
            known *= filled[open];
        }
        if (known != numbers) {
            throw new NetworkException(numbers + " numbers cannot have the shape " + Arrays.toString(sizes));
        }
        return filled;
    }

    /** The same numbers with dimensions in another order: dimension {@code i} of the result is {@code order[i]} here. */
    public Tensor transposed(Budget budget, int... order) {
        int rank = shape.length;
        if (order.length != rank || Arrays.stream(order).distinct().count() != rank
                || Arrays.stream(order).anyMatch(axis -> axis < 0 || axis >= rank)) {
            throw new NetworkException("An array of shape " + Arrays.toString(shape) + " cannot have its dimensions in the"
                    + " order " + Arrays.toString(order));
        }
        budget.take(values.length);
        int[] steps = steps(shape);
        int[] sizes = new int[rank];
        int[] by = new int[rank];
        for (int i = 0; i < rank; i++) {
            sizes[i] = shape[order[i]];
            by[i] = steps[order[i]];
        }
        float[] moved = new float[values.length];
        int[] index = new int[rank];
        int from = 0;
        for (int i = 0; i < moved.length; i++) {
            moved[i] = values[from];
            for (int axis = rank - 1; axis >= 0; axis--) {
                from += by[axis];
                if (++index[axis] < sizes[axis]) {
                    break;
                }
                from -= by[axis] * sizes[axis];
                index[axis] = 0;
            }
        }
        return new Tensor(sizes, moved);
    }

    /** How far apart neighbours of each dimension lie. */
    static int[] steps(int[] shape) {
        int[] steps = new int[shape.length];
        int step = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            steps[i] = step;
            step *= shape[i];
        }
        return steps;
    }

    /** The numbers as weights of a network. */
    public Weights weights() {
        return new Weights(shape, values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that && Arrays.equals(shape, that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "array " + Arrays.toString(shape);
    }
}
