package org.loupe.demo.pictures;

import org.loupe.core.Batch;

/**
 * Single dark curves and lines on a plain light ground, exactly placed: around the middle of pixel (32, 32), which is
 * where the middle position of a layer with half or a quarter of the picture's rows looks. All are batches of
 * shape (1, 3, 64, 64) from 0 to 1.
 */
public final class Stimuli {

    private static final double MIDDLE = Canvas.SIZE / 2 + .5;
    private static final Colour DARK = new Colour(75, 75, 75);
    private static final Colour LIGHT = new Colour(160, 160, 160);
    private static final double WIDTH = 3.5;
    static final double SPIRAL_WIDTH = 2.8;

    private Stimuli() {
    }

    /**
     * An arc whose apex is in the middle.
     *
     * @param apex   direction from the circle's centre to the apex, in degrees from right towards down
     * @param radius in pixels
     * @param span   angle that the arc covers, in degrees
     */
    public static Batch arc(double apex, double radius, double span) {
        double angle = StrictMath.toRadians(apex);
        Affine affine = Affine.at(MIDDLE - radius * StrictMath.cos(angle), MIDDLE - radius * StrictMath.sin(angle), 1);
        return drawn(affine, piece(radius, angle, span), WIDTH);
    }

    /** A piece of a circle whose centre is in the middle; a span of 360 degrees is the whole ring. */
    public static Batch ring(double radius, double apex, double span) {
        return drawn(Affine.at(MIDDLE, MIDDLE, 1), piece(radius, StrictMath.toRadians(apex), span), WIDTH);
    }

    /** A straight line through the middle, 40 pixels long, rotated clockwise from horizontal by degrees. */
    public static Batch line(double rotation) {
        return drawn(Affine.at(MIDDLE, MIDDLE, 1, StrictMath.toRadians(rotation)), Points.of(-20, 0, 20, 0), WIDTH);
    }

    /**
     * A spiral around the middle: its radius is 5 pixels at the start and grows by 9 with every turn, for 2.3 turns.
     *
     * @param clockwise whether it turns clockwise as it grows
     * @param quarters  by how many quarter turns its start is rotated, in its own sense
     */
    public static Batch spiral(boolean clockwise, int quarters) {
        return drawn(Affine.at(MIDDLE, MIDDLE, 1), windings(clockwise, quarters), SPIRAL_WIDTH);
    }

    static Points windings(boolean clockwise, int quarters) {
        int corners = 140;
        double[] points = new double[2 * corners];
        for (int i = 0; i < corners; i++) {
            double turns = .02 + 2.28 * i / (corners - 1);
            double angle = (clockwise ? 2 : -2) * Math.PI * (turns + quarters / 4.0);
            double radius = 5 + 9 * turns;
            points[2 * i] = radius * StrictMath.cos(angle);
            points[2 * i + 1] = radius * StrictMath.sin(angle);
        }
        return new Points(points);
    }

    private static Points piece(double radius, double apex, double span) {
        double half = StrictMath.toRadians(span) / 2;
        return Points.arc(radius, apex - half, apex + half, 64);
    }

    private static Batch drawn(Affine affine, Points points, double width) {
        Canvas canvas = new Canvas(Background.flat(LIGHT));
        new Pen(canvas, affine, 0).thin(points, width, DARK, Part.NONE);
        return canvas.batch();
    }
}
