package org.loupe.core.picture;

import org.loupe.core.network.Shape;

/**
 * What a picture is to become.
 *
 * @param channels   3 for red, green and blue, or 1 for grey: 0.299 red + 0.587 green + 0.114 blue
 * @param rows       height, at least 1
 * @param columns    width, at least 1
 * @param fitting    how it is made to fit
 * @param background what is seen through transparent pixels and in margins, as {@code 0xRRGGBB}
 */
public record Frame(int channels, int rows, int columns, Fitting fitting, int background) {

    /** The usual background. */
    public static final int WHITE = 0xffffff;

    public Frame {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("A picture has 3 channels, or 1 when it is grey, not " + channels);
        }
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("A picture cannot have " + rows + " rows and " + columns + " columns");
        }
    }

    /**
     * What a network wants, on white.
     *
     * @param shape of the network's input
     */
    public static Frame of(Shape shape, Fitting fitting) {
        return new Frame(shape.channels(), shape.rows(), shape.columns(), fitting, WHITE);
    }
}
