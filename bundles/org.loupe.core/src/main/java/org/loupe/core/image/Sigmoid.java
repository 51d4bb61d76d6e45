package org.loupe.core.image;

/** The logistic function; {@link StrictMath} keeps it the same on every machine. */
final class Sigmoid {

    private Sigmoid() {
    }

    static float of(float value) {
        return (float) (1 / (1 + StrictMath.exp(-value)));
    }
}
