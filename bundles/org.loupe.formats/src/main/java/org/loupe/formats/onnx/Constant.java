package org.loupe.formats.onnx;

import java.util.Arrays;
import java.util.function.Supplier;
import org.loupe.core.network.NetworkException;

/**
 * Numbers of any rank that a file knows: weights, or sizes that its graph computes with. Read when first asked for.
 */
final class Constant implements Value {

    /** No constant may hold more numbers than this. */
    static final int LARGEST = 1 << 28;

    private final int[] sizes;
    private final boolean integer;
    private Supplier<Object> source;
    private Object data;

    private Constant(int[] sizes, boolean integer, Object data, Supplier<Object> source) {
        this.sizes = sizes;
        this.integer = integer;
        this.data = data;
        this.source = source;
    }

    static Constant of(int[] sizes, float[] numbers) {
        return new Constant(sizes, false, check(sizes, numbers, numbers.length), null);
    }

    static Constant of(int[] sizes, long[] numbers) {
        return new Constant(sizes, true, check(sizes, numbers, numbers.length), null);
    }

    /** A list of integers. */
    static Constant list(long... numbers) {
        return of(new int[] {numbers.length}, numbers);
    }

    /** Numbers that are read later, as {@code long[]} where they are integers, otherwise as {@code float[]}. */
    static Constant later(int[] sizes, boolean integer, Supplier<Object> source) {
        return new Constant(sizes, integer, null, source);
    }

    private static Object check(int[] sizes, Object numbers, int length) {
        if (length != count(sizes)) {
            throw new NetworkException("it has " + length + " numbers for the shape " + Arrays.toString(sizes));
        }
        return numbers;
    }

    /** How many numbers an array of some sizes has. */
    static int count(int[] sizes) {
        long count = 1;
        for (int size : sizes) {
            count *= size;
            if (size < 0 || count > LARGEST) {
                throw new NetworkException("it asks for an array of the shape " + Arrays.toString(sizes));
            }
        }
        return (int) count;
    }

    @Override
    public int[] sizes() {
        return sizes;
    }

    boolean isInteger() {
        return integer;
    }

    int count() {
        return count(sizes);
    }

    /** The numbers, which nobody writes into. */
    float[] floats() {
        if (!integer) {
            return (float[]) data();
        }
        long[] numbers = longs();
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers[i];
        }
        return floats;
    }

    /** The numbers, which nobody writes into; those that are no integers are rounded towards zero. */
    long[] longs() {
        if (integer) {
            return (long[]) data();
        }
        float[] numbers = floats();
        long[] longs = new long[numbers.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = (long) numbers[i];
        }
        return longs;
    }

    /** The numbers as 32-bit integers. */
    int[] ints() {
        long[] numbers = longs();
        int[] ints = new int[numbers.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, numbers[i]));
        }
        return ints;
    }

    double at(int index) {
        return integer ? ((long[]) data())[index] : ((float[]) data())[index];
    }

    /** The only number. */
    double number() {
        if (count() != 1) {
            throw new NetworkException("it has " + count() + " numbers where one is wanted");
        }
        return at(0);
    }

    /** The same numbers in another shape. */
    Constant reshaped(int[] to) {
        if (count(to) != count()) {
            throw new NetworkException("it cannot bring " + Arrays.toString(sizes) + " into the shape " + Arrays.toString(to));
        }
        return data == null ? later(to, integer, this::data) : new Constant(to, integer, data, null);
    }

    private Object data() {
        if (data == null) {
            data = source.get();
            source = null;
        }
        return data;
    }
}
