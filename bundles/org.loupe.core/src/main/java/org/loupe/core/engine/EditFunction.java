package org.loupe.core.engine;

import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.network.Tap;

/**
 * Computes, from what other taps read, what comes in the place of activations, and carries gradients back to those taps.
 *
 * <p>It is asked for one picture at a time, perhaps from several threads at once, and twice for the same picture gives
 * the same. It may read its own tap, which then has what the edits before this one left there, and every tap that is
 * not computed from the edited one; those have what all edits left there.
 */
public interface EditFunction {

    /** Which taps it reads. */
    Set<Tap> taps();

    /**
     * Computes the substitute.
     *
     * @param image  which picture of the batch
     * @param read   what its taps have for this picture, one image each
     * @param result takes the maps of the edited channels, in the edit's order; one image, all positions of the map
     */
    void compute(int image, Readings read, Batch result);

    /**
     * Carries a gradient back.
     *
     * @param image  which picture of the batch
     * @param read   what its taps have for this picture
     * @param slope  gradient with respect to what {@link #compute} wrote
     * @param slopes gradients with respect to what was read, to be added to
     */
    void chain(int image, Readings read, Batch slope, Readings slopes);
}
