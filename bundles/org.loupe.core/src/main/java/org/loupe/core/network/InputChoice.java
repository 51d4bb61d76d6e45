package org.loupe.core.network;

import java.util.Optional;

/**
 * What a person says about a network's input where its file may not.
 *
 * @param rows        height of the pictures, or 0 for what the file says or its kind usually has
 * @param columns     width of the pictures, or 0 for the same
 * @param preparation how colours become numbers, or nothing for what the file says or its kind usually has
 */
public record InputChoice(int rows, int columns, Optional<Preparation> preparation) {

    /** Leaves everything to the file. */
    public static final InputChoice NONE = new InputChoice(0, 0, Optional.empty());

    private static final int LARGEST = 4096;

    /** @throws NetworkException when only one of rows and columns is given, or a size is not from 1 to 4096 */
    public InputChoice {
        if ((rows == 0) != (columns == 0) || rows < 0 || columns < 0 || rows > LARGEST || columns > LARGEST) {
            throw new NetworkException("Pictures cannot be " + rows + " rows by " + columns + " columns; a size is from 1 to "
                    + LARGEST);
        }
    }
}
