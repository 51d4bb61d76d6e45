package org.loupe.core.stimulus;

/** Where the ink of a stimulus is. */
@FunctionalInterface
public interface Pattern {

    /**
     * How much of a pixel is ink, from 0 to 1; the rest is ground. What is sharp is to be softened over the width of a
     * pixel (see {@link Coverage}), so that a stimulus that moves by a part of a pixel changes by as much.
     *
     * @param row    from the stimulus's middle down to the middle of the pixel, in pixels
     * @param column from the stimulus's middle to the right
     */
    double ink(double row, double column);
}
