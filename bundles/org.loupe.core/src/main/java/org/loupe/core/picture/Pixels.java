package org.loupe.core.picture;

import org.loupe.core.Batch;

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

    /** The colours of one picture of shape (1, 3, row, column). */
    static Pixels of(Batch picture) {
        return new Pixels() {
            @Override
            public int rows() {
                return picture.rows();
            }

            @Override
            public int columns() {
                return picture.columns();
            }

            @Override
            public void read(int row, float[] colours) {
                for (int column = 0; column < picture.columns(); column++) {
                    for (int channel = 0; channel < 3; channel++) {
                        colours[3 * column + channel] = picture.at(0, channel, row, column);
                    }
                }
            }
        };
    }
}
