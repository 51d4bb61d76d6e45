package org.loupe.demo.pictures;

import java.util.Arrays;

/**
 * Corners of a polygon or line in an object's own coordinates, in turn right and down.
 *
 * @param values right, down, right, down, ...
 */
record Points(double[] values) {

    private static final double TURN = 2 * Math.PI;

    static Points of(double... values) {
        return new Points(values);
    }

    static Points ellipse(double right, double down, double radiusRight, double radiusDown) {
        return ellipse(right, down, radiusRight, radiusDown, 0, 28);
    }

    /** @param rotation clockwise, in radians */
    static Points ellipse(double right, double down, double radiusRight, double radiusDown, double rotation,
            int corners) {
        double[] values = new double[2 * corners];
        double cosine = StrictMath.cos(rotation);
        double sine = StrictMath.sin(rotation);
        for (int i = 0; i < corners; i++) {
            double along = radiusRight * StrictMath.cos(TURN * i / corners);
            double across = radiusDown * StrictMath.sin(TURN * i / corners);
            values[2 * i] = right + cosine * along - sine * across;
            values[2 * i + 1] = down + sine * along + cosine * across;
        }
        return new Points(values);
    }

    static Points circle(double right, double down, double radius) {
        return ellipse(right, down, radius, radius);
    }

    /** A piece of a circle around the origin, from one angle in radians to another. */
    static Points arc(double radius, double from, double to, int corners) {
        double[] values = new double[2 * corners];
        for (int i = 0; i < corners; i++) {
            double angle = from + (to - from) * i / (corners - 1);
            values[2 * i] = radius * StrictMath.cos(angle);
            values[2 * i + 1] = radius * StrictMath.sin(angle);
        }
        return new Points(values);
    }

    /** The rectangle between two opposite corners, in any order. */
    static Points rectangle(double right0, double down0, double right1, double down1) {
        return of(right0, down0, right1, down0, right1, down1, right0, down1);
    }

    static Points roundedRectangle(double left, double top, double right, double bottom, double radius) {
        double[][] centres = {{right - radius, top + radius, -90}, {right - radius, bottom - radius, 0},
            {left + radius, bottom - radius, 90}, {left + radius, top + radius, 180}};
        int each = 5;
        double[] values = new double[2 * each * centres.length];
        int next = 0;
        for (double[] centre : centres) {
            for (int i = 0; i < each; i++) {
                double angle = StrictMath.toRadians(centre[2] + 90.0 * i / (each - 1));
                values[next++] = centre[0] + radius * StrictMath.cos(angle);
                values[next++] = centre[1] + radius * StrictMath.sin(angle);
            }
        }
        return new Points(values);
    }

    /** The line that leaves the first point towards the second and arrives at the third (a quadratic Bézier curve). */
    static Points bow(double right0, double down0, double right1, double down1, double right2, double down2) {
        int corners = 14;
        double[] values = new double[2 * corners];
        for (int i = 0; i < corners; i++) {
            double t = (double) i / (corners - 1);
            double first = (1 - t) * (1 - t);
            double second = 2 * t * (1 - t);
            values[2 * i] = first * right0 + second * right1 + t * t * right2;
            values[2 * i + 1] = first * down0 + second * down1 + t * t * down2;
        }
        return new Points(values);
    }

    /** The same points with the first once more at the end. */
    Points closed() {
        double[] more = Arrays.copyOf(values, values.length + 2);
        more[values.length] = values[0];
        more[values.length + 1] = values[1];
        return new Points(more);
    }

    /** Columns and rows in turn, in pixels. */
    double[] through(Affine affine) {
        double[] pixels = new double[values.length];
        for (int i = 0; i < values.length; i += 2) {
            pixels[i] = affine.column(values[i], values[i + 1]);
            pixels[i + 1] = affine.row(values[i], values[i + 1]);
        }
        return pixels;
    }
}
