package org.loupe.core.image;

import org.loupe.core.Batch;

/**
 * How a map of signed values is laid over a picture: the picture turns grey, and colour shows where the map is.
 *
 * @param limit   the size of a value that has the full colour, above 0
 * @param opacity how much of the picture the full colour covers, from 0 to 1
 * @param smooth  whether values between positions are interpolated; otherwise each position is a rectangle
 */
public record Overlay(double limit, double opacity, boolean smooth) {

    private static final double[] GREY = {.299, .587, .114};
    private static final double KEPT_COLOUR = .25;

    public Overlay {
        if (!(limit > 0) || !(opacity >= 0 && opacity <= 1)) {
            throw new IllegalArgumentException("Nothing is laid over a picture with limit " + limit + " and opacity " + opacity);
        }
    }

    /** Full colour for the largest size in a map, or for 1 where all of it is 0. */
    public static Overlay of(Batch map, double opacity, boolean smooth) {
        double largest = largest(map);
        return new Overlay(largest > 0 ? largest : 1, opacity, smooth);
    }

    /** The largest size of a value. */
    public static double largest(Batch map) {
        double largest = 0;
        for (float value : map.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /**
     * Lays a map over a picture.
     *
     * @param picture shape (1, 3 or 1, rows, columns), colours from 0 to 1
     * @param map     shape (1, 1, rows, columns) of any size
     * @param scale   pixels of the result for each pixel of the picture, along each side
     * @return shape (1, 3, scale * rows, scale * columns)
     */
    public Batch over(Batch picture, Batch map, int scale) {
        Batch out = Batch.zeros(1, 3, scale * picture.rows(), scale * picture.columns());
        for (int row = 0; row < out.rows(); row++) {
            for (int column = 0; column < out.columns(); column++) {
                double value = value(map, (row + .5) / out.rows(), (column + .5) / out.columns());
                double share = Math.min(1, Math.abs(value) / limit);
                int colour = value < 0 ? Diverging.NEGATIVE : Diverging.POSITIVE;
                double grey = 0;
                for (int channel = 0; channel < 3; channel++) {
                    grey += GREY[channel] * at(picture, channel, row / scale, column / scale);
                }
                for (int channel = 0; channel < 3; channel++) {
                    double own = at(picture, channel, row / scale, column / scale);
                    double ground = own + opacity * (1 - KEPT_COLOUR) * (grey - own);
                    double full = (colour >> 16 - 8 * channel & 255) / 255.0;
                    out.values()[out.index(0, channel, row, column)] = (float) (ground + opacity * share * (full - ground));
                }
            }
        }
        return out;
    }

    private static double at(Batch picture, int channel, int row, int column) {
        return picture.at(0, picture.channels() == 1 ? 0 : channel, row, column);
    }

    /** The value of the map at a share of its height and width. */
    private double value(Batch map, double down, double across) {
        if (!smooth) {
            return map.at(0, 0, (int) (down * map.rows()), (int) (across * map.columns()));
        }
        double row = Math.min(Math.max(down * map.rows() - .5, 0), map.rows() - 1);
        double column = Math.min(Math.max(across * map.columns() - .5, 0), map.columns() - 1);
        int top = (int) row;
        int left = (int) column;
        int bottom = Math.min(top + 1, map.rows() - 1);
        int right = Math.min(left + 1, map.columns() - 1);
        double above = mix(map.at(0, 0, top, left), map.at(0, 0, top, right), column - left);
        double below = mix(map.at(0, 0, bottom, left), map.at(0, 0, bottom, right), column - left);
        return mix(above, below, row - top);
    }

    private static double mix(double one, double other, double share) {
        return one + share * (other - one);
    }
}
