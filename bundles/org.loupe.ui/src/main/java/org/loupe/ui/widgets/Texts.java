package org.loupe.ui.widgets;

import java.util.Locale;
import org.eclipse.swt.graphics.GC;

/** Numbers, durations and names as they are shown. */
public final class Texts {

    /** Key of a canvas's data that holds what it shows, in words, for tests and tools. */
    public static final String DESCRIPTION = "org.loupe.ui.description";

    private static final String ELLIPSIS = "…";
    private static final double MINUTE = 60;

    private Texts() {
    }

    /** A text, cut off at its end where it is wider than there is room in points. */
    public static String shortened(GC gc, String text, int room) {
        if (gc.textExtent(text).x <= room) {
            return text;
        }
        int from = 0;
        int to = text.length();
        while (from < to) {
            int middle = (from + to + 1) / 2;
            if (gc.textExtent(text.substring(0, middle) + ELLIPSIS).x <= room) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return from == 0 ? "" : text.substring(0, from) + ELLIPSIS;
    }

    /** A text in as many lines as it needs to be no wider than there is room; a word that is wider has a line of its own. */
    public static String wrapped(GC gc, String text, int room) {
        StringBuilder lines = new StringBuilder();
        String line = "";
        for (String word : text.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && gc.textExtent(longer).x > room) {
                lines.append(line).append('\n');
                longer = word;
            }
            line = longer;
        }
        return lines.append(line).toString();
    }

    /** The same with what is cut off in front: of a unit's name, the channel stays. */
    public static String ending(GC gc, String text, int room) {
        String end = text;
        while (end.length() > 1 && gc.textExtent(end.equals(text) ? text : ELLIPSIS + end).x > room) {
            end = end.substring(1);
        }
        return end.equals(text) ? text : ELLIPSIS + end;
    }

    /** A number to three figures, such as {@code 0.0123}, {@code 4.56}, {@code 1230} or {@code 1.2e-7}. */
    public static String number(double value) {
        double size = Math.abs(value);
        if (value == 0) {
            return "0";
        }
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "no number" : value > 0 ? "∞" : "−∞";
        }
        if (size < 1e-4 || size >= 1e6) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** How long something takes, to one figure where it matters no more: “under a second”, “3 s”, “2 min”. */
    public static String duration(double seconds) {
        if (seconds < 1) {
            return "under a second";
        }
        if (seconds < MINUTE) {
            return Math.round(seconds) + " s";
        }
        return Math.round(seconds / MINUTE) + " min";
    }

    /** A guess of how long something takes, in words that follow a comma: “about 3 s”, “under a second”. */
    public static String about(double seconds) {
        return seconds < 1 ? duration(seconds) : "about " + duration(seconds);
    }
}
