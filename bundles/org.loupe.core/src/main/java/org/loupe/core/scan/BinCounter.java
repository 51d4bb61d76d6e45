package org.loupe.core.scan;

/**
 * Counts the numbers of one channel by their leading bits, which costs half of what finding each one's bin does, and then
 * moves the counts to the bins, all numbers of the same leading bits at once.
 */
final class BinCounter {

    private final short[] bins = Bins.table();
    private final int[] counts = new int[bins.length];

    /** Where to count: for the bits of a number, shifted by {@link Bins#SHIFT}. */
    int[] counts() {
        return counts;
    }

    /**
     * Adds the counts to those of the bins, and begins again from 0.
     *
     * @param into  for each of the {@link Bins}
     * @param all   how many numbers were counted
     * @param limit no number is larger than this, on either side of zero
     */
    void move(long[] into, long all, double limit) {
        long left = all;
        // Rounding to 32 bits may come out below the limit, but no further than to the next smaller leading bits.
        int largest = Math.min(Bins.SIZES - 1, (Float.floatToRawIntBits((float) limit) >>> Bins.SHIFT) + 1);
        for (int size = largest; left > 0 && size >= 0; size--) {
            left -= move(into, size) + move(into, size + Bins.SIZES);
        }
    }

    private int move(long[] into, int bits) {
        int count = counts[bits];
        into[bins[bits]] += count;
        counts[bits] = 0;
        return count;
    }
}
