package org.loupe.core.image;

/**
 * Sine and cosine in plain arithmetic, so that they are the same on every machine and fast; right to 1e-9 for angles up
 * to some thousands.
 */
final class Wave {

    private static final double QUARTER = Math.PI / 2;

    private Wave() {
    }

    static double sine(double angle) {
        return turned(angle, 0);
    }

    static double cosine(double angle) {
        return turned(angle, 1);
    }

    /** The sine of an angle and some quarter turns. */
    private static double turned(double angle, int quarters) {
        double whole = Math.rint(angle / QUARTER);
        double r = angle - whole * QUARTER;
        double square = r * r;
        int quarter = (int) (((long) whole + quarters) & 3);
        double value = (quarter & 1) == 0
                ? r * (1 + square * (-1 / 6.0 + square * (1 / 120.0 + square * (-1 / 5040.0 + square * (1 / 362880.0
                        + square * (-1 / 39916800.0))))))
                : 1 + square * (-1 / 2.0 + square * (1 / 24.0 + square * (-1 / 720.0 + square * (1 / 40320.0
                        + square * (-1 / 3628800.0 + square / 479001600.0)))));
        return quarter < 2 ? value : -value;
    }
}
