package org.loupe.core.picture;

/** A picture that is read row by row. Used by one thread. */
public interface Pixels {

    /** Height, at least 1. */
    int rows();

    /** Width, at least 1. */
    int columns();

    /**
     * Writes one row.
     *
     * @param row     from 0, the uppermost; each may be asked for several times and in any order
     * @param colours is overwritten: red, green and blue from 0 to 1, in the order (column, channel)
     */
    void read(int row, float[] colours);
}
