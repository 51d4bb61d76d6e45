package org.loupe.demo.pictures;

import org.loupe.core.Draws;

/**
 * A colour of a drawn picture.
 *
 * @param red   0 to 255, and so on for the others
 */
public record Colour(int red, int green, int blue) {

    static final Colour INK = new Colour(20, 20, 22);

    /** Hue (any number, 1 is once around), saturation and value (held within 0 to 1). */
    public static Colour hsv(double hue, double saturation, double value) {
        double s = Math.min(Math.max(saturation, 0), 1);
        double v = Math.min(Math.max(value, 0), 1);
        double sixth = (hue - Math.floor(hue)) * 6;
        int sector = (int) sixth;
        double fraction = sixth - sector;
        double low = v * (1 - s);
        double falling = v * (1 - s * fraction);
        double rising = v * (1 - s * (1 - fraction));
        return switch (sector % 6) {
            case 0 -> of(v, rising, low);
            case 1 -> of(falling, v, low);
            case 2 -> of(low, v, rising);
            case 3 -> of(low, falling, v);
            case 4 -> of(rising, low, v);
            default -> of(v, low, falling);
        };
    }

    /** A saturated colour that is at least as bright as the given value. */
    static Colour strong(Draws draws, double leastValue) {
        return hsv(draws.uniform(), draws.uniform(.2, 1), draws.uniform(leastValue, 1));
    }

    static Colour unpacked(int packed) {
        return new Colour(packed >> 16 & 255, packed >> 8 & 255, packed & 255);
    }

    int packed() {
        return red << 16 | green << 8 | blue;
    }

    Colour times(double factor) {
        return new Colour(held(red * factor), held(green * factor), held(blue * factor));
    }

    /** This colour with a normally distributed number added to each component. */
    Colour varied(Draws draws, double deviation) {
        return new Colour(held(draws.gaussian(red, deviation)), held(draws.gaussian(green, deviation)),
                held(draws.gaussian(blue, deviation)));
    }

    double luminance() {
        return .3 * red + .59 * green + .11 * blue;
    }

    private static Colour of(double red, double green, double blue) {
        return new Colour((int) (255 * red), (int) (255 * green), (int) (255 * blue));
    }

    private static int held(double value) {
        return (int) Math.min(Math.max(value, 0), 255);
    }
}
