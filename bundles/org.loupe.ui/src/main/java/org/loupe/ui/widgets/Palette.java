package org.loupe.ui.widgets;

import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Control;

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

    /** What a person should know before believing. */
    public Color warning() {
        return isDark() ? new Color(240, 180, 90) : new Color(146, 84, 0);
    }

    /** What has failed. */
    public Color error() {
        return isDark() ? new Color(244, 148, 140) : new Color(176, 36, 28);
    }

    private Color mix(double share) {
        return new Color(mix(back.red, fore.red, share), mix(back.green, fore.green, share),
                mix(back.blue, fore.blue, share));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }
}
