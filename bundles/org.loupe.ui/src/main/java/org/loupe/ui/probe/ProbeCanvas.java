package org.loupe.ui.probe;

import java.util.Objects;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.loupe.core.Unit;
import org.loupe.core.image.Diverging;
import org.loupe.core.scan.ReceptiveField;
import org.loupe.ui.Pixels;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.PicturePainter;
import org.loupe.ui.widgets.Texts;

/** Shows a picture, what is laid over it with its legend, and what a position of it sees. */
final class ProbeCanvas extends Canvas {

    private static final int MARGIN = 4;
    private static final int BAR = 8;
    private static final int LINE = 2;
    private static final int ARM = 6;
    private static final int GREY = 0x808080;

    /** Who wants to know where the pointer is; in pixels of the picture. */
    interface Pointer {
        void hovered(int row, int column);

        void left();

        void clicked(int row, int column);
    }

    private final Pointer pointer;
    private ImageData picture;
    private Image image;
    private int imageSide;
    private int rows = 1;
    private int columns = 1;
    private ReceptiveField outline;
    private Unit.Position mark;
    private boolean isFrozen;
    private String legend = "";
    private double limit;
    private boolean isSigned;
    private String message = "";
    private Rectangle place = new Rectangle(0, 0, 0, 0);

    ProbeCanvas(Composite parent, Pointer pointer) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.pointer = pointer;
        addListener(SWT.Paint, event -> place = paint(event.gc, getClientArea()));
        addListener(SWT.MouseMove, this::moved);
        addListener(SWT.MouseExit, event -> pointer.left());
        addListener(SWT.MouseDown, this::pressed);
        addListener(SWT.Dispose, event -> forget());
        addListener(SWT.FocusIn, event -> redraw());
        addListener(SWT.FocusOut, event -> redraw());
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = legend.isEmpty() ? "Probed picture" : "Probed picture with " + legend;
            }
        });
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent event) {
                event.detail = ACC.ROLE_GRAPHIC;
            }
        });
    }

    /**
     * Shows a picture.
     *
     * @param next    what to draw, with what is laid over it; {@code null} where there is none
     * @param rows    height of the picture as the network sees it
     * @param columns width likewise
     */
    void show(ImageData next, int rows, int columns) {
        forget();
        picture = next;
        this.rows = rows;
        this.columns = columns;
        redraw();
    }

    /** Shows no picture. */
    void clear() {
        setLegend("", 0, false);
        setPlace(null, null, false);
        show(null, 1, 1);
    }

    /** What stands where there is no picture. */
    void say(String text) {
        message = text;
        redraw();
    }

    /**
     * Says what the colours mean.
     *
     * @param what     is laid over the picture; empty where nothing is
     * @param limit    the value of the full colour; 0 where colours are only colours
     * @param isSigned whether there are negative values
     */
    void setLegend(String what, double limit, boolean isSigned) {
        legend = what;
        this.limit = limit;
        this.isSigned = isSigned;
        redraw();
    }

    /**
     * Marks a pixel and outlines what a position sees.
     *
     * @param pixel  {@code null} where there is none
     * @param field  what is seen; {@code null} outlines nothing
     * @param frozen whether it stays when the pointer moves
     */
    void setPlace(Unit.Position pixel, ReceptiveField field, boolean frozen) {
        if (!Objects.equals(pixel, mark) || !Objects.equals(field, outline) || frozen != isFrozen) {
            mark = pixel;
            outline = field;
            isFrozen = frozen;
            redraw();
        }
    }

    /** What is shown, pixel for pixel; {@code null} where there is nothing. */
    ImageData picture() {
        return picture;
    }

    /** Draws everything into an area; returns where the picture lies. */
    Rectangle paint(GC gc, Rectangle area) {
        Palette palette = Palette.of(this);
        gc.setBackground(palette.background());
        gc.fillRectangle(area);
        if (picture == null) {
            gc.setForeground(palette.muted());
            gc.drawText(Texts.wrapped(gc, message, area.width - 2 * MARGIN), area.x + MARGIN, area.y + MARGIN, true);
            return new Rectangle(0, 0, 0, 0);
        }
        int text = gc.getFontMetrics().getHeight();
        int below = legend.isEmpty() ? 0 : BAR + 2 * text + 2 * MARGIN;
        Rectangle room = new Rectangle(area.x + MARGIN, area.y + MARGIN, area.width - 2 * MARGIN,
                area.height - 2 * MARGIN - below);
        Rectangle shown = PicturePainter.fit(room, new Rectangle(0, 0, columns, rows));
        shown.y = room.y;
        if (shown.isEmpty()) {
            return shown;
        }
        prepare(Math.max(shown.width, shown.height));
        Rectangle own = image.getBounds();
        gc.drawImage(image, 0, 0, own.width, own.height, shown.x, shown.y, shown.width, shown.height);
        if (outline != null && outline.rows() > 0) {
            paintOutline(gc, shown);
        }
        if (mark != null) {
            paintMark(gc, shown);
        }
        if (!legend.isEmpty()) {
            paintLegend(gc, palette, new Rectangle(shown.x, shown.y + shown.height + MARGIN, shown.width, below));
        }
        if (isFocusControl()) {
            gc.setForeground(palette.accent());
            gc.drawRectangle(shown.x - 2, shown.y - 2, shown.width + 3, shown.height + 3);
        }
        return shown;
    }

    private void paintOutline(GC gc, Rectangle shown) {
        int left = shown.x + outline.left() * shown.width / columns;
        int top = shown.y + outline.top() * shown.height / rows;
        int right = shown.x + (outline.right() + 1) * shown.width / columns - 1;
        int bottom = shown.y + (outline.bottom() + 1) * shown.height / rows - 1;
        gc.setLineWidth(LINE + 1);
        gc.setForeground(new Color(0, 0, 0));
        gc.drawRectangle(left, top, right - left, bottom - top);
        gc.setLineWidth(1);
        gc.setLineStyle(isFrozen ? SWT.LINE_SOLID : SWT.LINE_DASH);
        gc.setForeground(new Color(255, 255, 255));
        gc.drawRectangle(left, top, right - left, bottom - top);
        gc.setLineStyle(SWT.LINE_SOLID);
    }

    private void paintMark(GC gc, Rectangle shown) {
        int across = shown.x + (2 * mark.column() + 1) * shown.width / (2 * columns);
        int down = shown.y + (2 * mark.row() + 1) * shown.height / (2 * rows);
        for (int width = LINE + 1; width > 0; width -= LINE) {
            gc.setLineWidth(width);
            gc.setForeground(width > 1 ? new Color(0, 0, 0) : new Color(255, 255, 255));
            gc.drawLine(across - ARM, down, across + ARM, down);
            gc.drawLine(across, down - ARM, across, down + ARM);
        }
    }

    private void paintLegend(GC gc, Palette palette, Rectangle area) {
        int width = area.width;
        if (limit == 0) {
            gc.setForeground(palette.muted());
            paintWords(gc, area, area.y);
            return;
        }
        for (int column = 0; column < width; column++) {
            double share = isSigned ? 2.0 * column / width - 1 : (double) column / width;
            int colour = Diverging.colour(share, GREY);
            gc.setForeground(new Color(colour >> 16 & 255, colour >> 8 & 255, colour & 255));
            gc.drawLine(area.x + column, area.y, area.x + column, area.y + BAR);
        }
        gc.setForeground(palette.muted());
        int below = area.y + BAR + 2;
        String high = (isSigned ? "+" : "") + Texts.number(limit);
        gc.drawText(isSigned ? "−" + Texts.number(limit) : "0", area.x, below, true);
        gc.drawText(high, area.x + width - gc.textExtent(high).x, below, true);
        if (isSigned) {
            gc.drawText("0", area.x + (width - gc.textExtent("0").x) / 2, below, true);
        }
        paintWords(gc, area, below + gc.getFontMetrics().getHeight());
    }

    /** What the legend says, under the picture, or where that is too narrow from as far left as it must. */
    private void paintWords(GC gc, Rectangle area, int top) {
        int room = getClientArea().width - 2 * MARGIN;
        String words = Texts.shortened(gc, legend, room);
        int left = Math.min(area.x, MARGIN + room - gc.textExtent(words).x);
        gc.drawText(words, Math.max(MARGIN, left), top, true);
    }

    private void prepare(int side) {
        if (image == null || imageSide != side) {
            if (image != null) {
                image.dispose();
            }
            image = Pixels.image(getDisplay(), picture, side);
            imageSide = side;
        }
    }

    private void moved(Event event) {
        if (place.contains(event.x, event.y)) {
            pointer.hovered((event.y - place.y) * rows / place.height, (event.x - place.x) * columns / place.width);
        } else {
            pointer.left();
        }
    }

    private void pressed(Event event) {
        forceFocus();
        if (event.button == 1 && place.contains(event.x, event.y)) {
            pointer.clicked((event.y - place.y) * rows / place.height, (event.x - place.x) * columns / place.width);
        }
    }

    private void forget() {
        if (image != null) {
            image.dispose();
            image = null;
        }
    }
}
