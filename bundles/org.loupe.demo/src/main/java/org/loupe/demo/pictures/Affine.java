package org.loupe.demo.pictures;

/**
 * Takes an object's own coordinates (right, down) to pixels:
 * {@code column = a right + b down + column0}, {@code row = c right + d down + row0}.
 */
record Affine(double a, double b, double c, double d, double column0, double row0) {

    /** Scales and moves. */
    static Affine at(double column, double row, double scale) {
        return new Affine(scale, 0, 0, scale, column, row);
    }

    /** Scales, rotates clockwise by radians, and moves. */
    static Affine at(double column, double row, double scale, double rotation) {
        return of(column, row, scale, rotation, false, 1, 0);
    }

    /**
     * Shears, stretches, mirrors, rotates and moves, in this order.
     *
     * @param rotation clockwise, in radians
     * @param mirrored whether left and right are exchanged
     * @param aspect   width is multiplied and height divided by it
     * @param shear    how far right a step down goes
     */
    static Affine of(double column, double row, double scale, double rotation, boolean mirrored, double aspect,
            double shear) {
        double cosine = StrictMath.cos(rotation);
        double sine = StrictMath.sin(rotation);
        double side = mirrored ? -1 : 1;
        double across = side * scale * aspect;
        double slant = side * scale * shear;
        double down = scale / aspect;
        return new Affine(cosine * across, cosine * slant - sine * down, sine * across, sine * slant + cosine * down,
                column, row);
    }

    Affine movedTo(double column, double row) {
        return new Affine(a, b, c, d, column, row);
    }

    double column(double right, double down) {
        return a * right + b * down + column0;
    }

    double row(double right, double down) {
        return c * right + d * down + row0;
    }

    /** Geometric mean of the scales along both axes. */
    double scale() {
        return Math.sqrt(Math.abs(a * d - b * c));
    }
}
