package org.loupe.demo.pictures;

/**
 * Draws on a canvas in an object's own coordinates.
 *
 * @param affine  from the object's coordinates to pixels
 * @param outline width in pixels of the dark line around filled shapes, or 0 for none
 * @param instead part that everything is recorded as, or {@link Part#NONE} to record what is drawn as what it is
 */
record Pen(Canvas canvas, Affine affine, double outline, Part instead) {

    Pen(Canvas canvas, Affine affine, double outline) {
        this(canvas, affine, outline, Part.NONE);
    }

    Pen withoutOutline() {
        return new Pen(canvas, affine, 0, instead);
    }

    /** A polygon, with the outline where there is one. */
    void fill(Points points, Colour colour, Part part) {
        fill(points, colour, part, outline);
    }

    /** A polygon that never has an outline. */
    void plain(Points points, Colour colour, Part part) {
        fill(points, colour, part, 0);
    }

    /** A line, with its width in the object's own units. */
    void stroke(Points points, double width, Colour colour, Part part) {
        thin(points, width * affine.scale(), colour, part);
    }

    /** A line, with its width in pixels. */
    void thin(Points points, double pixels, Colour colour, Part part) {
        double[] corners = points.through(affine);
        Part shown = shown(part);
        canvas.line(corners, pixels, colour, shown);
        canvas.record(corners, pixels, shown);
    }

    private void fill(Points points, Colour colour, Part part, double line) {
        double[] corners = points.through(affine);
        Part shown = shown(part);
        canvas.polygon(corners, colour, shown);
        if (line > 0) {
            canvas.line(points.closed().through(affine), line, Colour.INK, shown);
        }
        canvas.record(corners, line, shown);
    }

    private Part shown(Part part) {
        return instead == Part.NONE ? part : instead;
    }
}
