package org.loupe.demo.pictures;

import org.loupe.core.Batch;
import org.loupe.core.Draws;

/** Rings, arcs, lines and spirals, near the middle of random backgrounds, for networks that know strokes of one width only. */
public final class StrokePictures {

    private static final double MIDDLE = Canvas.SIZE / 2 + .5;
    private static final double WIDTH = 3.2;
    private static final double BRIGHT = 120;
    private static final Colour DARK = new Colour(25, 25, 25);
    private static final Colour LIGHT = new Colour(235, 235, 235);
    private static final double ARC = 92;

    /** What can be drawn. */
    public enum Stroke {
        /** A whole circle. */
        RING,
        /** About a quarter of a circle. */
        ARC,
        /** A straight line, 40 pixels long. */
        LINE,
        /** Grows as it turns clockwise, for 2.3 turns. */
        CLOCKWISE_SPIRAL,
        /** Grows as it turns anticlockwise. */
        ANTICLOCKWISE_SPIRAL
    }

    private final Draws draws;

    /** @param draws where backgrounds and small displacements come from */
    public StrokePictures(Draws draws) {
        this.draws = draws;
    }

    /**
     * A picture of shape (1, 3, 64, 64), from 0 to 1: dark on a bright background, light on a dark one.
     *
     * @param radius in pixels, of rings and arcs
     */
    public Batch picture(Stroke stroke, double radius) {
        int[] background = Background.random(draws);
        Canvas canvas = new Canvas(background);
        Affine affine = Affine.at(MIDDLE + draws.uniform(-3, 3), MIDDLE + draws.uniform(-3, 3), 1,
                draws.uniform(0, 2 * Math.PI));
        Colour colour = brightness(background) > BRIGHT ? DARK : LIGHT;
        Points points = switch (stroke) {
            case RING -> Points.ellipse(0, 0, radius, radius, 0, 60).closed();
            case ARC -> Points.arc(radius, -StrictMath.toRadians(ARC) / 2, StrictMath.toRadians(ARC) / 2, 30);
            case LINE -> Points.of(-20, 0, 20, 0);
            case CLOCKWISE_SPIRAL, ANTICLOCKWISE_SPIRAL -> Stimuli.windings(stroke == Stroke.CLOCKWISE_SPIRAL, 0);
        };
        boolean winds = stroke == Stroke.CLOCKWISE_SPIRAL || stroke == Stroke.ANTICLOCKWISE_SPIRAL;
        new Pen(canvas, affine, 0).thin(points, winds ? Stimuli.SPIRAL_WIDTH : WIDTH, colour, Part.NONE);
        return canvas.batch();
    }

    private static double brightness(int[] packed) {
        double sum = 0;
        for (int pixel : packed) {
            sum += ((pixel >> 16 & 255) + (pixel >> 8 & 255) + (pixel & 255)) / 3.0;
        }
        return sum / packed.length;
    }
}
