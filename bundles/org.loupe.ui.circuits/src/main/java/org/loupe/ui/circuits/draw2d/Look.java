package org.loupe.ui.circuits.draw2d;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.draw2d.geometry.Rectangle;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.FontData;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.widgets.Control;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Circuit.Effect;
import org.loupe.ui.circuits.GraphHost;
import org.loupe.ui.jobs.Picture;
import org.loupe.ui.widgets.ImageShelf;
import org.loupe.ui.widgets.Palette;

/** What all figures of one drawing share: how large they are, their colours, fonts and images. For the UI thread. */
public final class Look implements AutoCloseable {

    /** From this zoom on, nodes have their names. */
    static final double NAMES_FROM = .5;

    /** From this zoom on, they have what stands below. */
    static final double SECONDS_FROM = .7;

    private static final int[] SIDES = {20, 40, 80, 160};
    private static final long BYTES = 24L << 20;
    private static final long PATIENCE = 40_000_000L;
    private static final int SMALLEST_FONT = 5;

    private final Control control;
    private final GraphHost host;
    private final Map<Integer, ImageShelf<Unit>> shelves = new HashMap<>();
    private final Map<Integer, Font> fonts = new HashMap<>();
    private final Map<Unit, ImageData> there = new HashMap<>();
    private Palette palette;
    private double zoom = 1;
    private double originLeft;
    private double originTop;
    private long deadline;
    private boolean hasBegun;
    private boolean isLate;
    private boolean isCrowded;
    private boolean isMoving;

    /** @param control upon which is drawn; the look of another theme is taken over with the next {@link #begin()} */
    public Look(Control control, GraphHost host) {
        this.control = control;
        this.host = host;
        this.palette = Palette.of(control);
    }

    GraphHost host() {
        return host;
    }

    /** The colours of the theme. */
    public Palette palette() {
        return palette;
    }

    double zoom() {
        return zoom;
    }

    void zoom(double next) {
        zoom = next;
    }

    /** So many points as they are drawn now. */
    int scaled(double points) {
        return (int) Math.round(points * zoom);
    }

    /** Where the scene's corner is among the places of the graph, so that rounding does not depend on it. */
    void origin(double left, double top) {
        originLeft = left;
        originTop = top;
    }

    /** A column of the scene as it is drawn now. */
    int column(double points) {
        return scaled(originLeft + points) - scaled(originLeft);
    }

    /** A row of the scene as it is drawn now. */
    int row(double points) {
        return scaled(originTop + points) - scaled(originTop);
    }

    /** The colour of a link. */
    public Color colour(Effect effect) {
        return switch (effect) {
            case EXCITES -> palette.positive();
            case INHIBITS -> palette.negative();
            case BOTH -> palette.muted();
        };
    }

    /** Is called before anything is drawn: from then on, new images are made for no longer than a moment. */
    public void begin() {
        palette = Palette.of(control);
        hasBegun = false;
        isLate = false;
    }

    /** Whether some images were left for the next time. */
    public boolean isLate() {
        return isLate;
    }

    /** Says whether there are so many links that only the strong ones can stand out. */
    void crowd(boolean crowded) {
        isCrowded = crowded;
    }

    boolean isCrowded() {
        return isCrowded;
    }

    /** Says whether the drawing is being moved, so that what is minor may be left out, and images be coarse. */
    void move(boolean moving) {
        isMoving = moving;
    }

    boolean isMoving() {
        return isMoving;
    }

    /** A font, as tall as a part of the usual one. */
    Font font(double share) {
        FontData usual = control.getFont().getFontData()[0];
        int height = Math.max(SMALLEST_FONT, (int) Math.round(usual.getHeight() * share * zoom));
        return fonts.computeIfAbsent(height, size ->
                new Font(control.getDisplay(), usual.getName(), size, SWT.NORMAL));
    }

    /** The usual font, whatever the zoom. */
    Font plain() {
        return control.getFont();
    }

    /** A unit's picture in about the given size, or {@code null} while it is not there, or there was no time to scale it. */
    Image image(Unit unit, Rectangle place) {
        Picture picture = host.picture(unit);
        if (picture.pixels() == null) {
            return null;
        }
        int side = SIDES[SIDES.length - 1];
        for (int i = SIDES.length - 1; i >= 0 && SIDES[i] >= place.width; i--) {
            side = SIDES[i];
        }
        boolean isNew = there.get(unit) != picture.pixels();
        if (isNew && !hasBegun) {
            // Thousands of lines may have been drawn since the beginning; the first image is made in any case.
            hasBegun = true;
            deadline = System.nanoTime() + PATIENCE;
        }
        if (isNew && System.nanoTime() > deadline) {
            isLate = true;
            return null;
        }
        there.put(unit, picture.pixels());
        int found = side;
        return shelves.computeIfAbsent(side, size -> new ImageShelf<>(control.getDisplay(), BYTES))
                .image(unit, picture.pixels(), found);
    }

    @Override
    public void close() {
        shelves.values().forEach(ImageShelf::close);
        shelves.clear();
        fonts.values().forEach(Font::dispose);
        fonts.clear();
        there.clear();
    }
}
