package org.loupe.core.scan;

/**
 * Reads one channel's maps of several pictures, each in one go; this is where a scan spends its time. The arrays are
 * written over by the next channel.
 */
final class MapReader {

    /** For each picture, the largest value of the map. */
    final float[] maxima;

    /** For each picture, where it is for the first time, counted row by row. */
    final int[] places;

    /** For each picture, the sum of the values. */
    final double[] sums;

    /** For each picture, the sum of the squares of the values. */
    final double[] squares;

    private final double[] sizes;
    private final double[] signedSquares;

    /** A reader of so many pictures at most. */
    MapReader(int pictures) {
        maxima = new float[pictures];
        places = new int[pictures];
        sums = new double[pictures];
        squares = new double[pictures];
        sizes = new double[pictures];
        signedSquares = new double[pictures];
    }

    /**
     * Reads the map of one picture and counts its values into bins.
     *
     * @return whether all values are numbers
     */
    boolean read(int picture, float[] values, int from, int to, long[] bins) {
        short[] table = Bins.table();
        double sum = 0;
        double size = 0;
        double square = 0;
        double signedSquare = 0;
        int maximum = Integer.MIN_VALUE;
        for (int i = from; i < to; i++) {
            float value = values[i];
            int bits = Float.floatToRawIntBits(value);
            double exact = value;
            double positive = Math.abs(exact);
            sum += exact;
            size += positive;
            square += exact * exact;
            signedSquare += exact * positive;
            // In this order whole numbers are as the 32-bit numbers are.
            maximum = Math.max(maximum, bits ^ bits >> 31 >>> 1);
            bins[table[bits >>> Bins.SHIFT]]++;
        }
        if (!Double.isFinite(sum)) {
            return false;
        }
        float largest = Float.intBitsToFloat(maximum ^ maximum >> 31 >>> 1);
        int place = from;
        while (values[place] != largest) {
            place++;
        }
        maxima[picture] = largest;
        places[picture] = place - from;
        sums[picture] = sum;
        squares[picture] = square;
        sizes[picture] = size;
        signedSquares[picture] = signedSquare;
        return true;
    }

    /** Turns what was read of the first pictures into what reading the rectified maps would have given. */
    void rectify(int pictures) {
        for (int i = 0; i < pictures; i++) {
            if (!(maxima[i] > 0)) {
                maxima[i] = 0;
                places[i] = 0;
            }
            sums[i] = (sums[i] + sizes[i]) / 2;
            squares[i] = (squares[i] + signedSquares[i]) / 2;
        }
    }
}
