package org.loupe.core.scan;

/** Reads one channel's map in one go; this is where a scan spends its time. */
final class MapReader {

    private double sum;
    private double sizes;
    private double squares;
    private double signedSquares;
    private int maximum;

    /** Reads a map and counts its values into bins. */
    void read(float[] values, int from, int to, long[] bins) {
        short[] table = Bins.table();
        double sum = 0;
        double sizes = 0;
        double squares = 0;
        double signedSquares = 0;
        int maximum = Integer.MIN_VALUE;
        for (int i = from; i < to; i++) {
            float value = values[i];
            int bits = Float.floatToRawIntBits(value);
            double exact = value;
            double size = Math.abs(exact);
            sum += exact;
            sizes += size;
            squares += exact * exact;
            signedSquares += exact * size;
            // In this order whole numbers are as the 32-bit numbers are.
            maximum = Math.max(maximum, bits ^ bits >> 31 >>> 1);
            bins[table[bits >>> Bins.SHIFT]]++;
        }
        this.sum = sum;
        this.sizes = sizes;
        this.squares = squares;
        this.signedSquares = signedSquares;
        this.maximum = maximum;
    }

    /** Whether all values are numbers. */
    boolean isFinite() {
        return Double.isFinite(sum);
    }

    /** The sum of the values, or of those above zero. */
    double sum(boolean rectified) {
        return rectified ? (sum + sizes) / 2 : sum;
    }

    /** The sum of the squares of the values, or of those above zero. */
    double squares(boolean rectified) {
        return rectified ? (squares + signedSquares) / 2 : squares;
    }

    /** The largest value. */
    float maximum() {
        return Float.intBitsToFloat(maximum ^ maximum >> 31 >>> 1);
    }
}
