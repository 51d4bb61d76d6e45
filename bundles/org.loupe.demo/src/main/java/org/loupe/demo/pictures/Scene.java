package org.loupe.demo.pictures;

import org.loupe.core.Draws;

/**
 * A picture that is being drawn.
 *
 * @param ground  mean colour of the background
 * @param outline width in pixels of the line around the object's filled shapes, or 0 for none
 */
record Scene(Canvas canvas, Draws draws, Colour ground, double outline) {

    private static final double ROOM = 54;
    private static final double USABLE = 60;

    /** Something that draws one object and says what it decided. */
    interface Drawing {
        Facts draw(Scene scene);
    }

    /** Where an object was put, and the pen to draw it with. */
    record Placed(Pen pen, double scale, double rotation, boolean mirrored) {

        Facts facts() {
            return Facts.of("", scale, rotation);
        }

        /** Facts of an object that, in its own coordinates, looks to the right. */
        Facts factsWithFacing() {
            return facts().withFacing(mirrored ? Facing.LEFT : Facing.RIGHT);
        }
    }

    /** A pen without outline. */
    Pen pen(Affine affine) {
        return new Pen(canvas, affine, 0);
    }

    /**
     * Finds a place for an object: its longer side fills a fraction of 54 pixels, three times in ten a smaller one.
     *
     * @param least       smallest fraction
     * @param most        largest fraction
     * @param rotation    largest rotation to either side, in degrees
     */
    Placed place(double left, double top, double right, double bottom, double least, double most, double rotation) {
        double side = Math.max(right - left, bottom - top);
        double scale = ROOM * draws.uniform(least, most) * (draws.chance(.3) ? .72 : 1) / side;
        double degrees = draws.uniform(-rotation, rotation);
        boolean mirrored = draws.chance(.5);
        double free = Math.max(0, (USABLE - scale * side) / 2) + 1;
        double middleColumn = Canvas.SIZE / 2.0 + draws.uniform(-free, free);
        double middleRow = Canvas.SIZE / 2.0 + draws.uniform(-free, free);
        double aspect = draws.uniform(.93, 1.07);
        double shear = draws.uniform(-.05, .05);
        Affine around = Affine.of(0, 0, scale, StrictMath.toRadians(degrees), mirrored, aspect, shear);
        double right0 = (left + right) / 2;
        double down0 = (top + bottom) / 2;
        Affine affine = around.movedTo(middleColumn - around.column(right0, down0), middleRow - around.row(right0, down0));
        return new Placed(new Pen(canvas, affine, outline), scale, degrees, mirrored);
    }

    /** A random colour that is clearly brighter or darker than the background. */
    Colour contrasting() {
        for (int attempt = 0; attempt < 20; attempt++) {
            Colour colour = Colour.hsv(draws.uniform(), draws.uniform(), draws.uniform());
            if (Math.abs(colour.luminance() - ground.luminance()) > 70) {
                return colour;
            }
        }
        return ground.luminance() > 127 ? new Colour(0, 0, 0) : new Colour(255, 255, 255);
    }

    /** One of several colours, drawn by weight and varied a little. */
    Colour oneOf(double deviation, double[] weights, Colour... colours) {
        return colours[draws.pick(weights)].varied(draws, deviation);
    }

    /** One of several colours, all equally likely, varied a little. */
    Colour oneOf(double deviation, Colour... colours) {
        return colours[draws.below(colours.length)].varied(draws, deviation);
    }
}
