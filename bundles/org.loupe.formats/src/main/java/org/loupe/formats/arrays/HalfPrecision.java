package org.loupe.formats.arrays;

/** Numbers of 16 bits. */
public final class HalfPrecision {

    private HalfPrecision() {
    }

    /** A number of IEEE 754's binary16. */
    public static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float size;
        if (exponent == 0) {
            size = Math.scalb((float) fraction, -24);
        } else if (exponent == 0x1f) {
            size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            size = Math.scalb(1 + fraction / 1024f, exponent - 15);
        }
        return bits < 0 ? -size : size;
    }

    /** The upper half of a float. */
    public static float bfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
