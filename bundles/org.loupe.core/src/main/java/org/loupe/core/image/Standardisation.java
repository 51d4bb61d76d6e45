package org.loupe.core.image;

/**
 * Numbers shifted and scaled to mean 0 and standard deviation 1: {@code (x - mean) / (deviation + 1e-4)}, over all of
 * them at once. Keeps what it needs for the gradient.
 */
final class Standardisation {

    private static final double EPSILON = 1e-4;

    private double deviation;

    /** Standardises in place. */
    void apply(float[] values, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        deviation = Math.sqrt(squares / count);
        for (int i = 0; i < count; i++) {
            values[i] = (float) ((values[i] - mean) / (deviation + EPSILON));
        }
    }

    /**
     * Carries a gradient back, in place.
     *
     * @param standardised what {@link #apply} has left
     */
    void chain(float[] standardised, float[] slope, int count) {
        double sum = 0;
        double along = 0;
        for (int i = 0; i < count; i++) {
            sum += slope[i];
            along += (double) slope[i] * standardised[i];
        }
        double mean = sum / count;
        double scale = deviation + EPSILON;
        double pull = deviation == 0 ? 0 : along * scale / deviation / count;
        for (int i = 0; i < count; i++) {
            slope[i] = (float) ((slope[i] - mean - pull * standardised[i]) / scale);
        }
    }
}
