package org.loupe.ui.widgets;

import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Control;
import org.loupe.core.image.Diverging;

/**
 * Colours for drawing, all made from the two that the theme has given a control, so that a canvas is right in every
 * theme. Ask anew for each drawing: the theme may have changed.
 *
 * @param back what is drawn upon
 * @param fore what text is drawn with
 */
public record Palette(RGB back, RGB fore) {

    private static final double DARK_BELOW = 128;
    private static final String KNOWN = "org.eclipse.swt.";

    /**
     * The colours of the ground that a control stands on. Themes know controls by the name of their class, and only
     * SWT's own; what we have made ourselves takes after its parent.
     */
    public static Palette of(Control control) {
        Control known = control;
        while (!known.getClass().getName().startsWith(KNOWN) && known.getParent() != null) {
            known = known.getParent();
        }
        return new Palette(known.getBackground().getRGB(), known.getForeground().getRGB());
    }

    /** Whether light text stands on a dark ground. */
    public boolean isDark() {
        return 0.299 * back.red + 0.587 * back.green + 0.114 * back.blue < DARK_BELOW;
    }

    /** What is drawn upon. */
    public Color background() {
        return new Color(back);
    }

    /** Text. */
    public Color foreground() {
        return new Color(fore);
    }

    /** Text that steps back: units, references, captions. */
    public Color muted() {
        return mix(0.68);
    }

    /** What is not there yet. */
    public Color faint() {
        return mix(0.42);
    }

    /** Lines and frames. */
    public Color line() {
        return mix(0.2);
    }

    /** The ground of a picture that is not there yet. */
    public Color well() {
        return mix(0.07);
    }

    /** One of the two colours of the checkerboard behind what can be seen through. */
    public Color checker(boolean odd) {
        return mix(odd ? 0.3 : 0.14);
    }

    /** Curves, progress and what is chosen. */
    public Color accent() {
        return isDark() ? new Color(111, 177, 242) : new Color(33, 103, 180);
    }

    /** Lines for what is above zero, such as excitation: the end of the one diverging scale, legible on this ground. */
    public Color positive() {
        return colour(isDark() ? Diverging.mix(Diverging.POSITIVE, 0xffffff, .35) : Diverging.POSITIVE);
    }

    /** Lines for what is below zero, such as inhibition. */
    public Color negative() {
        return colour(isDark() ? Diverging.mix(Diverging.NEGATIVE, 0xffffff, .35) : Diverging.NEGATIVE);
    }

    /** A value from -1 to 1 on the one diverging scale, with {@link #well()} at zero. */
    public Color signed(double value) {
        RGB ground = well().getRGB();
        return colour(Diverging.colour(value, ground.red << 16 | ground.green << 8 | ground.blue));
    }

    /** So much of a colour, from 0 to 1, upon the ground. */
    public Color faded(Color colour, double share) {
        return new Color(mix(back.red, colour.getRed(), share), mix(back.green, colour.getGreen(), share),
                mix(back.blue, colour.getBlue(), share));
    }

    private static Color colour(int number) {
        return new Color(number >> 16 & 255, number >> 8 & 255, number & 255);
    }

    /** What a person should know before believing. */
    public Color warning() {
        return isDark() ? new Color(240, 180, 90) : new Color(146, 84, 0);
    }

    /** What has failed. */
    public Color error() {
        return isDark() ? new Color(244, 148, 140) : new Color(176, 36, 28);
    }

    /**
     * A colour for something that comes round, such as an orientation: all are about as light as each other, and what is near
     * on the circle is alike (a circle in Oklab, Ottosson 2020).
     *
     * @param turn 1 is once around, and the same as 0
     */
    public Color cyclic(double turn) {
        double light = isDark() ? .76 : .6;
        double a = .125 * Math.cos(2 * Math.PI * turn);
        double b = .125 * Math.sin(2 * Math.PI * turn);
        double l = Math.pow(light + .3963377774 * a + .2158037573 * b, 3);
        double m = Math.pow(light - .1055613458 * a - .0638541728 * b, 3);
        double s = Math.pow(light - .0894841775 * a - 1.2914855480 * b, 3);
        return new Color(level(4.0767416621 * l - 3.3077115913 * m + .2309699292 * s),
                level(-1.2684380046 * l + 2.6097574011 * m - .3413193965 * s),
                level(-.0041960863 * l - .7034186147 * m + 1.7076147010 * s));
    }

    /** How strong something is that cannot be negative: from the ground, for 0, to full, for 1. */
    public Color strength(double share) {
        double part = Math.max(0, Math.min(1, share));
        RGB full = isDark() ? new RGB(250, 214, 120) : new RGB(20, 52, 120);
        RGB none = well().getRGB();
        return new Color(mix(none.red, full.red, part), mix(none.green, full.green, part), mix(none.blue, full.blue, part));
    }

    /** A linear share of light as one of 256 levels of sRGB. */
    private static int level(double linear) {
        double share = linear <= .0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - .055;
        return (int) Math.round(255 * Math.max(0, Math.min(1, share)));
    }

    private Color mix(double share) {
        return new Color(mix(back.red, fore.red, share), mix(back.green, fore.green, share),
                mix(back.blue, fore.blue, share));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }
}
