package org.loupe.core.picture;

import java.util.List;

/**
 * Which part each pixel of a picture belongs to. Immutable by agreement: nobody writes into the array.
 *
 * @param rows    height
 * @param columns width
 * @param names   of the parts; the first is that of pixels that belong to none
 * @param parts   {@code rows * columns} unsigned indexes of names, in the order (row, column)
 */
public record PartMap(int rows, int columns, List<String> names, byte[] parts) {

    public PartMap {
        names = List.copyOf(names);
        if (parts.length != rows * columns) {
            throw new IllegalArgumentException("A map of " + rows + "x" + columns + " pixels does not have "
                    + parts.length + " values");
        }
    }

    /** The part that a pixel belongs to, as an index of {@link #names()}. */
    public int at(int row, int column) {
        return parts[row * columns + column] & 255;
    }
}
