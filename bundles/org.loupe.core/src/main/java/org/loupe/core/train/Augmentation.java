package org.loupe.core.train;

import org.loupe.core.Batch;
import org.loupe.core.Draws;

/**
 * Small changes to pictures that must not change what is seen in them.
 *
 * @param contrast each picture is multiplied by a number between 1 - contrast and 1 + contrast
 * @param shift    to each channel of each picture a number between -shift and shift is added
 * @param roll     all pictures of a batch are moved by the same whole number of pixels, at most this many in each
 *                 direction; what leaves on one side comes back on the other
 */
public record Augmentation(double contrast, double shift, int roll) {

    /** Pictures as they are. */
    public static final Augmentation NONE = new Augmentation(0, 0, 0);

    public Augmentation {
        if (!(contrast >= 0 && contrast < 1) || !(shift >= 0) || roll < 0) {
            throw new IllegalArgumentException("Pictures cannot be changed by contrast " + contrast + ", shift " + shift
                    + " and roll " + roll);
        }
    }

    /**
     * Changes pictures.
     *
     * @param seen  what the network would see: contrast and shift are in its units
     * @param draws where the random numbers come from
     * @return a batch of the same shape
     */
    public Batch apply(Batch seen, Draws draws) {
        Batch changed = seen.zeros();
        int down = draws.below(2 * roll + 1) - roll;
        int right = draws.below(2 * roll + 1) - roll;
        for (int image = 0; image < seen.images(); image++) {
            float factor = (float) draws.uniform(1 - contrast, 1 + contrast);
            for (int channel = 0; channel < seen.channels(); channel++) {
                float added = (float) draws.uniform(-shift, shift);
                for (int row = 0; row < seen.rows(); row++) {
                    for (int column = 0; column < seen.columns(); column++) {
                        int to = changed.index(image, channel, Math.floorMod(row + down, seen.rows()),
                                Math.floorMod(column + right, seen.columns()));
                        changed.values()[to] = seen.at(image, channel, row, column) * factor + added;
                    }
                }
            }
        }
        return changed;
    }
}
