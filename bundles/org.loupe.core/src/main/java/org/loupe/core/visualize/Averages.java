package org.loupe.core.visualize;

/** Exponential averages of many numbers; loops with one result each, which become wide instructions. */
final class Averages {

    /** So many of each of a few arrays find room in the smallest cache. */
    static final int TOGETHER = 1024;

    private Averages() {
    }

    /** Moves averages towards values by a share of the distance. */
    static void move(float[] averages, float[] values, double share, int from, int end) {
        float part = (float) share;
        for (int i = from; i < end; i++) {
            averages[i] += part * (values[i] - averages[i]);
        }
    }

    /** Moves averages towards the squares of values by a share of the distance. */
    static void moveSquares(float[] averages, float[] values, double share, int from, int end) {
        float part = (float) share;
        for (int i = from; i < end; i++) {
            averages[i] += part * (values[i] * values[i] - averages[i]);
        }
    }
}
