package org.loupe.core.image;

/**
 * The one scale on which signed values are shown: orange-red above zero, blue below, which people with any kind of colour
 * vision tell apart, and by lightness where there is no colour. (The ends are those of ColorBrewer's RdBu, Harrower and
 * Brewer 2003.)
 */
public final class Diverging {

    /** Colour of the strongest value above zero, {@code 0xRRGGBB}. */
    public static final int POSITIVE = 0xCA0020;

    /** Colour of the strongest value below zero, {@code 0xRRGGBB}. */
    public static final int NEGATIVE = 0x0571B0;

    private Diverging() {
    }

    /**
     * The colour of a value.
     *
     * @param value   from -1 to 1; others are cut off
     * @param neutral the colour of zero, {@code 0xRRGGBB}: the ground that it is drawn upon
     * @return {@code 0xRRGGBB}
     */
    public static int colour(double value, int neutral) {
        return mix(neutral, value < 0 ? NEGATIVE : POSITIVE, Math.min(1, Math.abs(value)));
    }

    /** One colour with so much of another, from 0 to 1, laid upon it. */
    public static int mix(int ground, int upon, double share) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int from = ground >> shift & 0xff;
            int to = upon >> shift & 0xff;
            mixed |= (int) Math.round(from + share * (to - from)) << shift;
        }
        return mixed;
    }
}
