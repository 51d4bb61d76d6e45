package org.loupe.core.scan;

/**
 * The bins into which a scan counts activations: 16 for each doubling of the size, on either side of zero, so that the
 * middle of a value's bin is within {@link #RELATIVE_ERROR} of the value.
 *
 * <p>They are numbered from the most negative values to the most positive ones. The bin in the middle holds zero, and the
 * bins next to it all sizes below {@link #SMALLEST}; sizes from {@link #LARGEST} on fall into the outermost ones. (Buckets
 * of bounded relative error as in DDSketch, Masson et al. 2019, with steps that a processor finds in the bits of a number.)
 */
public final class Bins {

    /** How far the middle of a bin may be from a value in it, relative to the value. */
    public static final double RELATIVE_ERROR = 1 / 32.0;

    /** Smaller sizes are told from zero, but not from each other. */
    public static final double SMALLEST = 0x1p-14;

    /** This size and larger ones are not told from each other. */
    public static final double LARGEST = 0x1p18;

    private static final int STEPS_BITS = 4;
    private static final int FRACTION_BITS = 23;
    private static final int REGULAR = 32 << STEPS_BITS;

    /** The bin of zero. */
    public static final int ZERO = REGULAR + 1;

    /** How many bins there are. */
    public static final int COUNT = 2 * ZERO + 1;

    /** Of the bits of a number, those that do not decide its bin. */
    static final int SHIFT = FRACTION_BITS - STEPS_BITS;

    /** How many different leading bits there are without the sign, which stands before them. */
    static final int SIZES = 1 << Integer.SIZE - 1 - SHIFT;

    private static final int FIRST_REGULAR = Float.floatToRawIntBits((float) SMALLEST) >>> SHIFT;

    private static final short[] BY_BITS = byBits();

    private Bins() {
    }

    private static short[] byBits() {
        short[] bins = new short[2 * SIZES];
        for (int size = 0; size < SIZES; size++) {
            int distance = size == 0 ? 0 : Math.min(Math.max(size - FIRST_REGULAR + 2, 1), REGULAR + 1);
            bins[size] = (short) (ZERO + distance);
            bins[SIZES + size] = (short) (ZERO - distance);
        }
        return bins;
    }

    /** For the leading bits of each number, shifted by {@link #SHIFT}, its bin. Nobody writes into it. */
    static short[] table() {
        return BY_BITS;
    }

    /** The bin of a value. Sizes below 8e-40 count as zero. */
    public static int of(float value) {
        return BY_BITS[Float.floatToRawIntBits(value) >>> SHIFT];
    }

    /** The middle of a bin; for the outermost ones, the middle of the step that begins there. */
    public static double middle(int bin) {
        int distance = Math.abs(bin - ZERO);
        double size = distance == 0 ? 0 : distance == 1 ? SMALLEST / 2 : (edge(distance) + edge(distance + 1)) / 2;
        return bin < ZERO ? -size : size;
    }

    /** Where a bin begins, on the side of the most negative values; that of zero has no width. */
    public static double lower(int bin) {
        return bin <= ZERO ? -upper(2 * ZERO - bin) : bin == ZERO + 1 ? 0 : edge(bin - ZERO);
    }

    /** Where a bin ends; the outermost ones count as one step wide. */
    public static double upper(int bin) {
        return bin < ZERO ? -lower(2 * ZERO - bin) : bin == ZERO ? 0 : edge(bin - ZERO + 1);
    }

    /** Where the sizes of a bin begin; {@code distance} is counted from the bin of zero and at least 2. */
    private static double edge(int distance) {
        int step = distance - 2;
        return SMALLEST * Math.scalb(1 + (step & (1 << STEPS_BITS) - 1) / (double) (1 << STEPS_BITS), step >> STEPS_BITS);
    }
}
