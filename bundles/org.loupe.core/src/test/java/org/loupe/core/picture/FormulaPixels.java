package org.loupe.core.picture;

/** A picture of one formula, each channel another share of it. */
record FormulaPixels(int rows, int columns) implements Pixels {

    static double value(int row, int column) {
        return (row * row * 7 + column * column * 3 + row * column * 5) % 256 / 255.0;
    }

    static double value(int channel, int row, int column) {
        return value(row, column) / (1 << channel);
    }

    @Override
    public void read(int row, float[] colours) {
        for (int column = 0; column < columns; column++) {
            for (int channel = 0; channel < 3; channel++) {
                colours[3 * column + channel] = (float) value(channel, row, column);
            }
        }
    }
}
