package org.loupe.engine.onednn;

import java.util.List;

/** An operation in plain Java, on all pictures of a batch; arrays are in the order (image, channel, row, column). */
interface Fallback {

    /** Writes the output. */
    void forward(List<float[]> in, float[] out);

    /**
     * Writes the gradients with respect to the inputs, for the inputs of the last {@link #forward}.
     *
     * @param slope  gradient with respect to the output
     * @param slopes to be filled; they hold numbers of earlier passes
     */
    void backward(List<float[]> in, float[] slope, List<float[]> slopes);
}
