package org.loupe.core.dictionary;

import java.util.Locale;

/**
 * How good a dictionary is, on pictures that it has not learned from.
 *
 * @param explained share of the variance of the layer's activations that reconstructions explain (R²); 1 is all
 * @param active    how many latents of a vector are not 0, on average (L0)
 * @param dead      share of the latents that fire nowhere in these pictures
 * @param loss      what happens to the network when reconstructions take the place of activations
 * @param pictures  number of pictures
 * @param vectors   number of positions in them, all that there are
 */
public record Quality(double explained, double active, double dead, TaskLoss loss, int pictures, int vectors) {

    /**
     * What a network loses when the activations of a layer are replaced: the mean cross-entropy with the classes of the
     * pictures, or, where these are not known, the mean divergence (Kullback and Leibler) from what it says otherwise.
     *
     * @param labelled whether the classes of the pictures are known
     * @param original of the network as it is; NaN where the network tells no classes
     * @param spliced  with reconstructions
     * @param ablated  with the mean of each channel
     */
    public record TaskLoss(boolean labelled, double original, double spliced, double ablated) {

        /** Of a network that tells no classes. */
        public static final TaskLoss UNKNOWN = new TaskLoss(false, Double.NaN, Double.NaN, Double.NaN);

        /** Whether there is anything to lose. */
        public boolean isKnown() {
            return !Double.isNaN(original);
        }

        /** Of what is lost by the mean, the share that reconstructions do not lose: 1 is everything, 0 is no better. */
        public double recovered() {
            return (ablated - spliced) / (ablated - original);
        }

        /** Such as “cross-entropy”. */
        public String name() {
            return labelled ? "cross-entropy" : "divergence";
        }
    }

    /** A table of two columns, each line with its line break. */
    public String text() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "variance explained  %.4f%nlatents that are not 0"
                + "  %.2f of a vector%nlatents that never fire  %.1f %%%n", explained, active, 100 * dead));
        if (loss.isKnown()) {
            text.append(String.format(Locale.ROOT, "%s  %.4f as it is, %.4f spliced, %.4f with the mean: %.1f %% recovered%n",
                    loss.name(), loss.original(), loss.spliced(), loss.ablated(), 100 * loss.recovered()));
        }
        return text.append(String.format(Locale.ROOT, "measured on  %,d vectors of %,d pictures%n", vectors, pictures))
                .toString();
    }
}
