package org.loupe.ui.probe;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.ScrollBar;
import org.loupe.core.Unit;
import org.loupe.core.image.Diverging;
import org.loupe.ui.jobs.Picture;
import org.loupe.ui.probe.Row.Tile;
import org.loupe.ui.widgets.ImageShelf;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.PicturePainter;
import org.loupe.ui.widgets.Scaling;
import org.loupe.ui.widgets.Texts;

/**
 * Lines of channels with their pictures; a channel without one is shown by its strongest example, in a frame, or as a grey tile. A
 * click chooses a channel.
 */
final class ChannelRows extends Canvas {

    private static final int FRAME = 4;
    private static final int SIDE = 44;
    private static final int STEP = 52;
    private static final int BAR = 4;
    private static final int GAP = 4;
    private static final double PERCENT = 100;
    private static final long BYTES_OF_IMAGES = 16L << 20;

    private final Function<Unit, Picture> pictures;
    private final Function<Unit, ImageData> examples;
    private final Consumer<Unit> choose;
    private final ImageShelf<Unit> images = new ImageShelf<>(getDisplay(), BYTES_OF_IMAGES);
    private List<Row> rows = List.of();
    private Map<Unit, Double> ranks = Map.of();
    private String reference = "";
    private String message = "";
    private Unit chosen;
    private int scroll;

    /**
     * @param pictures gives what is known of a channel's picture
     * @param examples gives what excites a channel most among scanned pictures, or {@code null}
     * @param choose   is told which channel a person clicks
     */
    ChannelRows(Composite parent, Function<Unit, Picture> pictures, Function<Unit, ImageData> examples, Consumer<Unit> choose) {
        super(parent, SWT.V_SCROLL | SWT.DOUBLE_BUFFERED);
        this.pictures = pictures;
        this.examples = examples;
        this.choose = choose;
        addListener(SWT.Paint, event -> paint(event.gc, getClientArea(), scroll));
        addListener(SWT.Resize, event -> scrollTo(scroll));
        addListener(SWT.MouseDown, this::pressed);
        addListener(SWT.MouseMove, this::hovered);
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.FocusIn, event -> redraw());
        addListener(SWT.FocusOut, event -> redraw());
        addListener(SWT.Dispose, event -> images.close());
        getVerticalBar().addListener(SWT.Selection, event -> scrollTo(getVerticalBar().getSelection()));
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = description();
            }
        });
    }

    /** Shows other lines; what they stand at stays as it is. */
    void setRows(List<Row> next, String messageWhereNone) {
        rows = List.copyOf(next);
        message = messageWhereNone;
        ranks = Map.of();
        scrollTo(scroll);
        redraw();
    }

    /** The lines that are shown. */
    List<Row> rows() {
        return rows;
    }

    /**
     * Tells activations as shares of what there is elsewhere.
     *
     * @param next      for channels of the lines, from 0 to 1
     * @param reference what the shares are of
     */
    void setRanks(Map<Unit, Double> next, String reference) {
        ranks = new HashMap<>(next);
        this.reference = reference;
        redraw();
    }

    /** The shares that are shown. */
    Map<Unit, Double> ranks() {
        return ranks;
    }

    /** Marks the channel that is selected; nothing where it is {@code null}. */
    void setChosen(Unit unit) {
        chosen = unit;
        redraw();
    }

    /** How many channels fit into a line. */
    int across() {
        return Math.max(1, getClientArea().width / STEP);
    }

    /** The lines in sight, with one more on either side. */
    List<Row> inSight() {
        int height = rowHeight();
        int first = Math.max(0, scroll / height - 1);
        int end = Math.min(rows.size(), (scroll + getClientArea().height) / height + 2);
        return first < end ? rows.subList(first, end) : List.of();
    }

    /** Everything in words. */
    String description() {
        return rows.stream().map(row -> row.title() + ": " + row.tiles().stream()
                .map(tile -> tile.name() + " " + Texts.number(tile.value())).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    private int rowHeight() {
        GC gc = new GC(this);
        try {
            return rowHeight(gc);
        } finally {
            gc.dispose();
        }
    }

    private static int rowHeight(GC gc) {
        return 3 * gc.getFontMetrics().getHeight() + SIDE + BAR + 3 * GAP;
    }

    /** Height of all lines. */
    int wholeHeight() {
        return rows.size() * rowHeight();
    }

    /** Draws the lines into an area, beginning at a height. */
    void paint(GC gc, Rectangle area, int from) {
        Palette palette = Palette.of(this);
        gc.setBackground(palette.background());
        gc.fillRectangle(area);
        if (rows.isEmpty()) {
            gc.setForeground(palette.muted());
            gc.drawText(Texts.wrapped(gc, message, area.width - 2 * GAP), area.x + GAP, area.y + GAP, true);
        }
        int height = rowHeight(gc);
        for (int i = 0; i < rows.size(); i++) {
            int top = area.y + i * height - from;
            if (top + height > area.y && top < area.y + area.height) {
                paint(gc, palette, rows.get(i), area, top);
            }
        }
        if (isFocusControl()) {
            gc.setForeground(palette.line());
            gc.drawRectangle(area.x, area.y, area.width - 1, area.height - 1);
        }
    }

    private void paint(GC gc, Palette palette, Row row, Rectangle area, int top) {
        int text = gc.getFontMetrics().getHeight();
        gc.setForeground(palette.foreground());
        gc.drawText(Texts.shortened(gc, row.title(), area.width - GAP), area.x + GAP, top, true);
        for (int i = 0; i < row.tiles().size() && (i + 1) * STEP <= area.width; i++) {
            Tile tile = row.tiles().get(i);
            int left = area.x + GAP + i * STEP;
            Rectangle square = new Rectangle(left, top + text + 2, SIDE, SIDE);
            boolean isChosen = chosen != null && chosen.layer().equals(tile.unit().layer())
                    && chosen.channel() == tile.unit().channel();
            if (isChosen) {
                gc.setForeground(palette.accent());
                gc.setLineWidth(2);
                gc.drawRectangle(square.x - 1, square.y - 1, SIDE + 2, SIDE + 2);
                gc.setLineWidth(1);
            }
            paint(gc, palette, tile, square);
            int colour = Diverging.colour(Math.signum(tile.share()), 0);
            gc.setBackground(new Color(colour >> 16 & 255, colour >> 8 & 255, colour & 255));
            gc.fillRectangle(left, square.y + SIDE + 2, Math.max(1, (int) Math.round(SIDE * Math.abs(tile.share()))), BAR - 1);
            int below = square.y + SIDE + BAR + 1;
            gc.setForeground(isChosen ? palette.foreground() : palette.muted());
            gc.drawText(Texts.shortened(gc, tile.name(), STEP - 2), left, below, true);
            gc.drawText(brief(tile.value()), left, below + text, true);
        }
    }

    private void paint(GC gc, Palette palette, Tile tile, Rectangle square) {
        Picture picture = pictures.apply(tile.unit());
        Image image = picture.pixels() == null ? null : images.image(tile.unit(), picture.pixels(), SIDE);
        PicturePainter.paint(gc, palette, square, image, Scaling.SMOOTH, picture.state());
        ImageData example = image == null ? examples.apply(tile.unit()) : null;
        if (example != null) {
            PicturePainter.paint(gc, palette, new Rectangle(square.x + FRAME, square.y + FRAME, SIDE - 2 * FRAME, SIDE - 2 * FRAME),
                    images.image(tile.unit(), example, SIDE), Scaling.SMOOTH, picture.state());
        } else if (image == null) {
            String name = Integer.toString(tile.unit().channel());
            gc.setForeground(palette.faint());
            gc.drawText(name, square.x + (SIDE - gc.textExtent(name).x) / 2,
                    square.y + (SIDE - gc.getFontMetrics().getHeight()) / 2, true);
        }
    }

    private static String exact(Tile tile) {
        return (tile.value() < 0 ? "−" : "") + Texts.number(Math.abs(tile.value()));
    }

    /** A number in no more than six letters. */
    static String brief(double value) {
        double size = Math.abs(value);
        String format = size == 0 ? "%.0f" : size < 1e-3 || size >= 1e5 ? "%.0e" : size < .1 ? "%.3f" : size < 10 ? "%.2f"
                : size < 100 ? "%.1f" : "%.0f";
        return (value < 0 ? "−" : "") + String.format(Locale.ROOT, format, size);
    }

    private void pressed(Event event) {
        forceFocus();
        Tile tile = at(event.x, event.y);
        if (tile != null && (event.button == 1 || event.button == 3)) {
            choose.accept(tile.unit());
        }
    }

    private void hovered(Event event) {
        Tile tile = at(event.x, event.y);
        String text = tile == null ? null : tell(tile);
        if (text == null ? getToolTipText() != null : !text.equals(getToolTipText())) {
            setToolTipText(text);
        }
    }

    /** Such as “mixed4a:12 (dog), 3.4; above 99.1 % of the positions in the pictures of drawn”. */
    private String tell(Tile tile) {
        Double rank = ranks.get(tile.unit());
        String name = tile.name().startsWith(":") ? "" : " (" + tile.name() + ")";
        return tile.unit().at(Unit.EVERYWHERE) + name + ", " + exact(tile)
                + (pictures.apply(tile.unit()).pixels() == null && examples.apply(tile.unit()) != null
                        ? "; in the frame, what excites it most among the scanned pictures" : "")
                + (rank == null ? "" : "; above " + Texts.number(PERCENT * rank) + " % of " + reference);
    }

    private Tile at(int left, int top) {
        int row = (top + scroll) / rowHeight();
        int column = (left - GAP) / STEP;
        return row < rows.size() && left >= GAP && column < Math.min(across(), rows.get(row).tiles().size())
                ? rows.get(row).tiles().get(column) : null;
    }

    private void key(Event event) {
        switch (event.keyCode) {
            case SWT.ARROW_UP -> scrollTo(scroll - rowHeight());
            case SWT.ARROW_DOWN -> scrollTo(scroll + rowHeight());
            case SWT.PAGE_UP -> scrollTo(scroll - getClientArea().height);
            case SWT.PAGE_DOWN -> scrollTo(scroll + getClientArea().height);
            case SWT.ARROW_LEFT -> step(-1);
            case SWT.ARROW_RIGHT -> step(1);
            default -> { }
        }
    }

    /** Chooses the channel before or after the one that is chosen, in the order of the lines. */
    private void step(int by) {
        List<Tile> all = rows.stream().flatMap(row -> row.tiles().stream().limit(across())).toList();
        int now = -1;
        for (int i = 0; i < all.size(); i++) {
            if (chosen != null && all.get(i).unit().toString().equals(chosen.at(Unit.EVERYWHERE).toString())) {
                now = i;
            }
        }
        if (!all.isEmpty()) {
            choose.accept(all.get(Math.max(0, Math.min(all.size() - 1, now + by))).unit());
        }
    }

    private void scrollTo(int wanted) {
        int height = wholeHeight();
        int page = Math.max(1, getClientArea().height);
        scroll = Math.max(0, Math.min(wanted, height - page));
        ScrollBar bar = getVerticalBar();
        bar.setValues(scroll, 0, Math.max(height, page), page, rowHeight(), page);
        redraw();
    }
}
