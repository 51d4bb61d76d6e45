package org.loupe.core.image;

/**
 * The one scale of colours for signed values, in every view and every file: orange for positive values, blue for negative
 * ones, which people who confuse red and green tell apart. Both are of middle lightness, so that they stand out from white,
 * from black and from a grey picture. Zero has the colour of the ground.
 */
public final class SignedColours {

    /** Colour of the largest positive value, as {@code 0xRRGGBB}. */
    public static final int POSITIVE = 0xE0561A;

    /** Colour of the most negative value, as {@code 0xRRGGBB}. */
    public static final int NEGATIVE = 0x2F7BE8;

    private SignedColours() {
    }

    /**
     * The colour of a value.
     *
     * @param share  of the largest size, from -1 to 1; others are cut off
     * @param ground colour of zero, as {@code 0xRRGGBB}
     * @return as {@code 0xRRGGBB}
     */
    public static int colour(double share, int ground) {
        return mix(ground, share < 0 ? NEGATIVE : POSITIVE, Math.min(1, Math.abs(share)));
    }

    /**
     * A mixture of two colours.
     *
     * @param share of the second one, from 0 to 1
     */
    public static int mix(int one, int other, double share) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int from = one >> shift & 255;
            mixed |= (int) Math.round(from + share * ((other >> shift & 255) - from)) << shift;
        }
        return mixed;
    }
}
