package org.loupe.ui.examples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.loupe.ui.Pixels;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.ScrollingPage;
import org.loupe.ui.widgets.Texts;

/**
 * Parts of pictures side by side, each with a caption: as many in a row as fit, or in columns with headings. Sends
 * {@link SWT#Selection} with the index of a cell that a person opens, by mouse, Enter or Space.
 */
final class CropGrid extends Canvas {

    private static final int GAP = 6;
    private static final int SMALLEST = 20;
    private static final int LARGEST = 112;
    private static final int BAR = 3;

    private final String name;
    private final int side;
    private final List<Image> images = new ArrayList<>();
    private List<Cell> cells = List.of();
    private List<Tile> tiles = new ArrayList<>();
    private List<String> headings = List.of();
    private List<Double> colours = List.of();
    private int focus;

    /**
     * One place of the grid.
     *
     * @param caption     what stands below it, or an empty text
     * @param description what it is, in words, for tooltips and screen readers; empty where nothing is there
     */
    record Cell(String caption, String description) {

        static final Cell NONE = new Cell("", "");

        boolean isThere() {
            return !description.isEmpty();
        }
    }

    /**
     * Makes an empty one.
     *
     * @param name for screen readers
     * @param side of a frame, in points; 0 where there are columns, which share the width
     */
    CropGrid(Composite parent, String name, int side) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.name = name;
        this.side = side;
        addListener(SWT.Paint, event -> paint(event.gc));
        addListener(SWT.MouseDown, this::pressed);
        addListener(SWT.MouseMove, this::hovered);
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT
                || event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        addListener(SWT.FocusIn, event -> redraw());
        addListener(SWT.FocusOut, event -> redraw());
        addListener(SWT.Resize, event -> forget());
        addListener(SWT.Dispose, event -> forget());
        describe();
    }

    /** Shows cells, row by row, without their pictures; these come later. */
    void show(List<Cell> others) {
        show(others, List.of());
    }

    /**
     * Shows cells, row by row, in columns.
     *
     * @param titles of the columns; none where there are as many as fit
     */
    void show(List<Cell> others, List<String> titles) {
        show(others, titles, List.of());
    }

    /**
     * Shows cells, row by row, in columns with a coloured bar above each.
     *
     * @param titles of the columns
     * @param signs  what the bars stand for, from -1 to 1; none for no bars
     */
    void show(List<Cell> others, List<String> titles, List<Double> signs) {
        colours = List.copyOf(signs);
        boolean isAsTall = others.size() == cells.size() && titles.size() == headings.size();
        cells = List.copyOf(others);
        headings = List.copyOf(titles);
        tiles = new ArrayList<>();
        focus = 0;
        setData(Texts.DESCRIPTION, name());
        forget();
        redraw();
        if (!isAsTall) {
            ScrollingPage.fitAround(this);
        }
    }

    /** Takes all cells away, and keeps their room. */
    void blank() {
        show(Collections.nCopies(cells.size(), Cell.NONE), Collections.nCopies(headings.size(), ""), colours);
    }

    /** Shows the pictures of all cells, in their order; {@code null} where there is none. */
    void fill(List<Tile> pictures) {
        forget();
        tiles = new ArrayList<>(pictures);
        setData(Texts.DESCRIPTION, name());
        redraw();
    }

    /** Whether the pictures are there. */
    boolean isFilled() {
        return !cells.isEmpty() && tiles.size() == cells.size();
    }

    /** The cells, row by row. */
    List<Cell> cells() {
        return cells;
    }

    /** The picture in a cell. */
    Tile tile(int index) {
        return tiles.get(index);
    }

    private void forget() {
        images.forEach(image -> {
            if (image != null) {
                image.dispose();
            }
        });
        images.clear();
    }

    private int columns(int width) {
        return headings.isEmpty() ? Math.max(1, (width + GAP) / (side + GAP)) : headings.size();
    }

    private int side(int width) {
        return headings.isEmpty() ? side
                : Math.min(LARGEST, Math.max(SMALLEST, (width - GAP * (headings.size() - 1)) / headings.size()));
    }

    private int line() {
        return getFont().getFontData()[0].getHeight() * getDisplay().getDPI().y / 72 + 6;
    }

    private int captionHeight() {
        return cells.stream().anyMatch(cell -> !cell.caption.isEmpty()) ? line() : 0;
    }

    private int headingHeight() {
        return headings.isEmpty() ? 0 : line() + 2 + (colours.isEmpty() ? 0 : BAR + 2);
    }

    @Override
    public Point computeSize(int widthHint, int heightHint, boolean changed) {
        int width = widthHint == SWT.DEFAULT ? 3 * Math.max(side, 2 * SMALLEST) : widthHint;
        int lines = (cells.size() + columns(width) - 1) / columns(width);
        int height = headingHeight() + lines * (side(width) + captionHeight() + GAP);
        return new Point(width, heightHint == SWT.DEFAULT ? Math.max(1, height) : heightHint);
    }

    private Rectangle square(int index) {
        int width = getClientArea().width;
        int across = columns(width);
        int length = side(width);
        return new Rectangle(index % across * (length + GAP),
                headingHeight() + index / across * (length + captionHeight() + GAP), length, length);
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        gc.setBackground(palette.background());
        gc.fillRectangle(getClientArea());
        int length = side(getClientArea().width);
        gc.setForeground(palette.muted());
        for (int column = 0; column < headings.size(); column++) {
            String text = Texts.shortened(gc, headings.get(column), length + GAP);
            gc.drawText(text, column * (length + GAP) + Math.max(0, (length - gc.textExtent(text).x) / 2), 0, true);
            if (column < colours.size()) {
                gc.setBackground(palette.signed(colours.get(column)));
                gc.fillRectangle(column * (length + GAP), line() + 1, length, BAR);
            }
        }
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).isThere()) {
                paint(gc, palette, i, square(i));
            }
        }
    }

    private void paint(GC gc, Palette palette, int index, Rectangle square) {
        gc.setBackground(palette.well());
        gc.fillRectangle(square);
        Tile tile = index < tiles.size() ? tiles.get(index) : null;
        if (tile != null) {
            double scale = (double) square.width / Math.max(tile.rows(), tile.columns());
            int height = (int) Math.max(1, Math.round(tile.picture().height * scale));
            int width = (int) Math.max(1, Math.round(tile.picture().width * scale));
            // A frame that is not square lies in the middle.
            int top = square.y + (int) Math.round((square.height - tile.rows() * scale) / 2 + tile.down() * scale);
            int left = square.x + (int) Math.round((square.width - tile.columns() * scale) / 2 + tile.right() * scale);
            Image image = image(index, tile, Math.max(width, height));
            Rectangle own = image.getBounds();
            gc.drawImage(image, 0, 0, own.width, own.height, left, top, Math.min(width, square.x + square.width - left),
                    Math.min(height, square.y + square.height - top));
        }
        if (index == focus && isFocusControl()) {
            gc.setForeground(palette.accent());
            gc.setLineWidth(2);
            gc.drawRectangle(square.x + 1, square.y + 1, square.width - 2, square.height - 2);
            gc.setLineWidth(1);
        }
        if (captionHeight() > 0) {
            gc.setForeground(palette.muted());
            String text = Texts.shortened(gc, cells.get(index).caption, square.width + GAP);
            gc.drawText(text, square.x + Math.max(0, (square.width - gc.textExtent(text).x) / 2),
                    square.y + square.height + 1, true);
        }
    }

    private Image image(int index, Tile tile, int longer) {
        while (images.size() < tiles.size()) {
            images.add(null);
        }
        if (images.get(index) == null) {
            images.set(index, Pixels.image(getDisplay(), tile.picture(), longer));
        }
        return images.get(index);
    }

    private int at(int x, int y) {
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).isThere() && square(i).contains(x, y)) {
                return i;
            }
        }
        return -1;
    }

    private void pressed(Event event) {
        forceFocus();
        int index = at(event.x, event.y);
        if (index >= 0) {
            focus = index;
            redraw();
            if (event.button == 1) {
                open(index);
            }
        }
    }

    private void hovered(Event event) {
        int index = at(event.x, event.y);
        String text = index < 0 ? null : cells.get(index).description;
        if (text == null ? getToolTipText() != null : !text.equals(getToolTipText())) {
            setToolTipText(text);
            setCursor(index < 0 ? null : getDisplay().getSystemCursor(SWT.CURSOR_HAND));
        }
    }

    private void key(Event event) {
        int across = columns(getClientArea().width);
        int next = switch (event.keyCode) {
            case SWT.ARROW_LEFT -> focus - 1;
            case SWT.ARROW_RIGHT -> focus + 1;
            case SWT.ARROW_UP -> focus - across;
            case SWT.ARROW_DOWN -> focus + across;
            case SWT.HOME -> 0;
            case SWT.END -> cells.size() - 1;
            default -> -1;
        };
        if (next >= 0 && next < cells.size() && cells.get(next).isThere()) {
            focus = next;
            setToolTipText(null);
            getAccessible().setFocus(ACC.CHILDID_SELF);
            redraw();
        } else if (event.keyCode == SWT.CR || event.keyCode == SWT.KEYPAD_CR || event.character == ' ') {
            open(focus);
        }
    }

    /** Tells that a person opens a cell. */
    void open(int index) {
        if (index < cells.size() && cells.get(index).isThere()) {
            Event opening = new Event();
            opening.index = index;
            notifyListeners(SWT.Selection, opening);
        }
    }

    private String name() {
        if (focus >= cells.size()) {
            return name;
        }
        String described = name + ": " + cells.get(focus).description;
        return !cells.get(focus).isThere() || isFilled() ? described : described + "; its picture is being read";
    }

    private void describe() {
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = name();
            }
        });
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent event) {
                event.detail = ACC.ROLE_LIST;
            }
        });
    }
}
