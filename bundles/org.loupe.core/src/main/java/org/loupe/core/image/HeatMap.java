package org.loupe.core.image;

import org.loupe.core.Batch;

/** A channel's map of activations laid over the picture that caused them, on the {@link Diverging} scale. */
public final class HeatMap {

    private static final double STRONGEST = 0.75;

    private HeatMap() {
    }

    /**
     * A map at the size of a picture: between the middles of positions by straight lines, beyond them as at the edge.
     *
     * @param maps shape (image, channel, row, column)
     * @return rows times columns values, row by row
     */
    public static float[] resampled(Batch maps, int image, int channel, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            double down = within((row + 0.5) * maps.rows() / rows - 0.5, maps.rows());
            int top = (int) Math.min(Math.max(0, maps.rows() - 2), Math.floor(down));
            int bottom = Math.min(maps.rows() - 1, top + 1);
            for (int column = 0; column < columns; column++) {
                double along = within((column + 0.5) * maps.columns() / columns - 0.5, maps.columns());
                int left = (int) Math.min(Math.max(0, maps.columns() - 2), Math.floor(along));
                int right = Math.min(maps.columns() - 1, left + 1);
                double upper = mix(maps.at(image, channel, top, left), maps.at(image, channel, top, right), along - left);
                double lower = mix(maps.at(image, channel, bottom, left), maps.at(image, channel, bottom, right),
                        along - left);
                values[row * columns + column] = (float) mix(upper, lower, down - top);
            }
        }
        return values;
    }

    private static double within(double place, int size) {
        return Math.max(0, Math.min(size - 1, place));
    }

    private static double mix(double from, double to, double share) {
        return from + share * (to - from);
    }

    /**
     * A picture, in grey, with values laid over it: the further from zero, the less of the picture shows through.
     *
     * @param picture one image, 1 or 3 channels, colours from 0 to 1
     * @param values  one for each pixel, row by row
     * @param full    the size of a value that has the full colour, greater than 0
     * @return of 3 channels
     */
    public static Batch over(Batch picture, float[] values, double full) {
        Batch overlaid = Batch.zeros(1, 3, picture.rows(), picture.columns());
        int area = picture.area();
        for (int i = 0; i < area; i++) {
            double share = STRONGEST * Math.min(1, Math.abs(values[i]) / full);
            int colour = values[i] < 0 ? Diverging.NEGATIVE : Diverging.POSITIVE;
            double grey = grey(picture, i);
            for (int channel = 0; channel < 3; channel++) {
                overlaid.values()[channel * area + i] =
                        (float) mix(grey, (colour >> 16 - 8 * channel & 0xff) / 255.0, share);
            }
        }
        return overlaid;
    }

    private static double grey(Batch picture, int pixel) {
        float[] values = picture.values();
        int area = picture.area();
        return picture.channels() == 1 ? values[pixel]
                : 0.299 * values[pixel] + 0.587 * values[area + pixel] + 0.114 * values[2 * area + pixel];
    }
}
