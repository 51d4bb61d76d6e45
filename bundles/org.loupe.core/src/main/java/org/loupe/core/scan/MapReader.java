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
     * Reads the map of one picture and counts its values by their leading bits. The halves of the map are read side by side,
     * for a processor adds to one sum while it waits for the other.
     *
     * @param counts as {@link BinCounter} has them
     * @return whether all values are numbers
     */
    boolean read(int picture, float[] values, int from, int to, int[] counts) {
        int half = (to - from) / 2;
        double sum = 0;
        double size = 0;
        double square = 0;
        double signedSquare = 0;
        int most = Integer.MIN_VALUE;
        int least = Integer.MAX_VALUE;
        double otherSum = 0;
        double otherSize = 0;
        double otherSquare = 0;
        double otherSignedSquare = 0;
        int otherMost = Integer.MIN_VALUE;
        int otherLeast = Integer.MAX_VALUE;
        for (int i = from; i < from + half; i++) {
            float value = values[i];
            float other = values[i + half];
            int bits = Float.floatToRawIntBits(value);
            int otherBits = Float.floatToRawIntBits(other);
            most = Math.max(most, bits);
            otherMost = Math.max(otherMost, otherBits);
            least = Math.min(least, bits);
            otherLeast = Math.min(otherLeast, otherBits);
            counts[bits >>> Bins.SHIFT]++;
            counts[otherBits >>> Bins.SHIFT]++;
            double exact = value;
            double otherExact = other;
            double positive = Math.abs(exact);
            double otherPositive = Math.abs(otherExact);
            sum += exact;
            otherSum += otherExact;
            size += positive;
            otherSize += otherPositive;
            square = Math.fma(exact, exact, square);
            otherSquare = Math.fma(otherExact, otherExact, otherSquare);
            signedSquare = Math.fma(exact, positive, signedSquare);
            otherSignedSquare = Math.fma(otherExact, otherPositive, otherSignedSquare);
        }
        sums[picture] = sum + otherSum;
        sizes[picture] = size + otherSize;
        squares[picture] = square + otherSquare;
        signedSquares[picture] = signedSquare + otherSignedSquare;
        float largest = half == 0 ? Float.NEGATIVE_INFINITY : largest(most, least);
        float otherLargest = half == 0 ? Float.NEGATIVE_INFINITY : largest(otherMost, otherLeast);
        if (from + 2 * half < to) {
            float last = values[to - 1];
            otherLargest = Math.max(otherLargest, last);
            add(picture, last);
            counts[Float.floatToRawIntBits(last) >>> Bins.SHIFT]++;
        }
        if (!Double.isFinite(sums[picture])) {
            return false;
        }
        maxima[picture] = Math.max(largest, otherLargest);
        int place = half > 0 && largest >= otherLargest ? from : from + half;
        while (values[place] != maxima[picture]) {
            place++;
        }
        places[picture] = place - from;
        return true;
    }

    /**
     * The largest of some numbers. Bits of positive ones are ordered as the numbers are, and those of negative ones, which are
     * negative as whole numbers, too, the other way round.
     */
    private static float largest(int most, int least) {
        return Float.intBitsToFloat(most >= 0 ? most : least);
    }

    private void add(int picture, double value) {
        sums[picture] += value;
        sizes[picture] += Math.abs(value);
        squares[picture] += value * value;
        signedSquares[picture] += value * Math.abs(value);
    }

    /** A size that no value exceeds in what was read of the first pictures: the largest sum of sizes. */
    double limit(int pictures) {
        double limit = 0;
        for (int i = 0; i < pictures; i++) {
            limit = Math.max(limit, sizes[i]);
        }
        return limit;
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
