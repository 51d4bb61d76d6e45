package org.loupe.ui.widgets;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;

/** Draws a picture with its state, alike on every canvas. */
public final class PicturePainter {

    private static final int CHECK = 8;
    private static final int BAR = 4;
    private static final int PADDING = 4;
    private static final int FADED = 70;

    private PicturePainter() {
    }

    /**
     * Draws a picture into a rectangle: as large as fits, in its own proportions, in the middle. A picture that can
     * be seen through wants {@link #paintCheckerboard} first.
     *
     * @param image what to draw, or {@code null} where there is nothing yet
     * @return where the picture lies
     */
    public static Rectangle paint(GC gc, Palette palette, Rectangle area, Image image, Scaling scaling,
            PictureState state) {
        Rectangle place = image == null ? square(area) : fit(area, image.getBounds());
        if (place.isEmpty()) {
            return place;
        }
        if (image == null) {
            gc.setBackground(palette.well());
            gc.fillRectangle(place);
        } else {
            Rectangle own = image.getBounds();
            int alpha = gc.getAlpha();
            if (!state.isExcited()) {
                gc.setBackground(palette.well());
                gc.fillRectangle(place);
                gc.setAlpha(FADED);
            }
            gc.setInterpolation(scaling.interpolation());
            gc.drawImage(image, 0, 0, own.width, own.height, place.x, place.y, place.width, place.height);
            gc.setAlpha(alpha);
        }
        paintState(gc, palette, place, state);
        return place;
    }

    private static void paintState(GC gc, Palette palette, Rectangle place, PictureState state) {
        if (state.isGrowing()) {
            int bar = Math.min(BAR, place.height);
            gc.setBackground(palette.line());
            gc.fillRectangle(place.x, place.y + place.height - bar, place.width, bar);
            gc.setBackground(palette.accent());
            gc.fillRectangle(place.x, place.y + place.height - bar, (int) Math.round(place.width * state.progress()),
                    bar);
        } else if (!state.isExcited()) {
            paintTag(gc, palette, place, state.words(), "∅", palette.warning(), true);
        } else if (state.isPartial()) {
            paintTag(gc, palette, place, state.words(), "◐", palette.warning(), false);
        }
    }

    /** A word on its own ground: legible upon whatever the picture shows; a sign where the word does not fit. */
    private static void paintTag(GC gc, Palette palette, Rectangle place, String word, String sign, Color colour,
            boolean inTheMiddle) {
        String text = gc.textExtent(word).x + 2 * PADDING <= place.width ? word : sign;
        Point size = gc.textExtent(text);
        int width = size.x + 2 * PADDING;
        int height = size.y + PADDING;
        if (width > place.width || height > place.height) {
            return;
        }
        int left = inTheMiddle ? place.x + (place.width - width) / 2 : place.x;
        int top = inTheMiddle ? place.y + (place.height - height) / 2 : place.y + place.height - height;
        gc.setBackground(palette.background());
        gc.fillRectangle(left, top, width, height);
        gc.setForeground(colour);
        gc.drawText(text, left + PADDING, top + PADDING / 2, SWT.DRAW_TRANSPARENT);
    }

    /** Draws what shows through where a picture is not opaque. */
    public static void paintCheckerboard(GC gc, Palette palette, Rectangle place) {
        for (int row = 0; row * CHECK < place.height; row++) {
            for (int column = 0; column * CHECK < place.width; column++) {
                gc.setBackground(palette.checker((row + column) % 2 == 1));
                gc.fillRectangle(place.x + column * CHECK, place.y + row * CHECK,
                        Math.min(CHECK, place.width - column * CHECK), Math.min(CHECK, place.height - row * CHECK));
            }
        }
    }

    /** The largest place of a picture's own proportions, in the middle of an area. */
    public static Rectangle fit(Rectangle area, Rectangle own) {
        if (area.width <= 0 || area.height <= 0) {
            return new Rectangle(area.x, area.y, 0, 0);
        }
        double scale = Math.min((double) area.width / own.width, (double) area.height / own.height);
        int width = Math.max(1, (int) Math.round(own.width * scale));
        int height = Math.max(1, (int) Math.round(own.height * scale));
        return new Rectangle(area.x + (area.width - width) / 2, area.y + (area.height - height) / 2, width, height);
    }

    private static Rectangle square(Rectangle area) {
        return fit(area, new Rectangle(0, 0, 1, 1));
    }
}
