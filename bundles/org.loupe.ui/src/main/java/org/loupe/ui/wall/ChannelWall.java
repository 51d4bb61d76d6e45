package org.loupe.ui.wall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.ScrollBar;
import org.loupe.ui.jobs.Picture;
import org.loupe.ui.jobs.Picture.Stage;
import org.loupe.ui.widgets.ImageShelf;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.PicturePainter;
import org.loupe.ui.widgets.Scaling;
import org.loupe.ui.widgets.Texts;

/**
 * A wall of square pictures of channels, as many as fit in a row. Draws only what can be seen, at the pixels of the
 * screen.
 *
 * <p>Sends {@link SWT#Selection} when a person selects something, {@link SWT#DefaultSelection} when a person opens it,
 * and {@link SWT#Modify} when the cells in sight or their size change.
 */
final class ChannelWall extends Canvas {

    static final int SMALLEST = 48;
    static final int LARGEST = 256;
    static final int NORMAL = 96;

    private static final long BYTES_OF_IMAGES = 64L << 20;
    private static final int FRAME = 3;
    private static final double ZOOM = 1.15;

    /** What the wall shows; asked for visible channels only, and often. */
    interface Content {

        Picture picture(int channel);

        /** The text under a picture. */
        String caption(int channel);

        /** The name and state of a channel, in words, for tooltips and screen readers. */
        String description(int channel);
    }

    private final Content content;
    private final ImageShelf<Integer> images = new ImageShelf<>(getDisplay(), BYTES_OF_IMAGES);
    private final SortedSet<Integer> selected = new TreeSet<>();
    private List<Integer> channels = List.of();
    private String emptyMessage = "";
    private int side = NORMAL;
    private int scroll;
    private int focus;
    private int anchor;

    ChannelWall(Composite parent, Content content) {
        super(parent, SWT.V_SCROLL | SWT.DOUBLE_BUFFERED);
        this.content = content;
        addListener(SWT.Paint, event -> paint(event.gc, event.getBounds()));
        addListener(SWT.Resize, event -> scrollTo(scroll));
        addListener(SWT.MouseDown, this::pressed);
        addListener(SWT.MouseDoubleClick, event -> opened(event));
        addListener(SWT.MouseMove, this::hovered);
        addListener(SWT.MouseWheel, this::wheel);
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT
                || event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        addListener(SWT.FocusIn, event -> redraw());
        addListener(SWT.FocusOut, event -> redraw());
        addListener(SWT.Dispose, event -> images.close());
        getVerticalBar().addListener(SWT.Selection, event -> scrollTo(getVerticalBar().getSelection()));
        new WallAccessibility(this, content).attach();
    }

    /**
     * Hangs other channels on the wall, in their order. What stays on the wall stays selected.
     *
     * @param message what to say where there are none
     */
    void setChannels(List<Integer> shown, String message) {
        Integer focused = focus < channels.size() ? channels.get(focus) : null;
        channels = List.copyOf(shown);
        emptyMessage = message;
        focus = focused == null ? 0 : Math.max(0, channels.indexOf(focused));
        anchor = focus;
        if (selected.retainAll(channels)) {
            notifyListeners(SWT.Selection, new Event());
        }
        scrollTo(scroll);
        redraw();
    }

    /** The channels on the wall, in their order. */
    List<Integer> channels() {
        return channels;
    }

    /** Forgets what is drawn, scrolled and selected: another layer comes. */
    void clear() {
        images.close();
        channels = List.of();
        selected.clear();
        scroll = 0;
        focus = 0;
    }

    /** The selected channels. */
    List<Integer> selection() {
        return List.copyOf(selected);
    }

    /** Selects channels without telling anybody, and shows the first of them. */
    void setSelection(Collection<Integer> chosen) {
        selected.clear();
        chosen.stream().filter(channels::contains).forEach(selected::add);
        if (!selected.isEmpty()) {
            focus = channels.indexOf(selected.first());
            anchor = focus;
            reveal(focus);
        }
        redraw();
    }

    /** Length of a picture's side, in points. */
    int side() {
        return side;
    }

    /** Changes the size of the pictures and keeps the one that is in focus, or else the first one, in sight. */
    void setSide(int wanted) {
        int next = Math.max(SMALLEST, Math.min(LARGEST, wanted));
        if (next != side) {
            WallGrid before = grid();
            int kept = focus >= before.first(scroll) && focus < before.end(scroll) ? focus : before.first(scroll);
            int offset = kept < channels.size() ? before.cell(kept, scroll).y : 0;
            side = next;
            int top = kept < channels.size() ? grid().cell(kept, 0).y : 0;
            scrollTo(top - offset);
            redraw();
        }
    }

    /** One step larger (1) or smaller (-1). */
    void zoom(int steps) {
        setSide((int) Math.round(side * Math.pow(ZOOM, steps)) + Integer.signum(steps));
    }

    /** Rows scrolled away above the window, in points. */
    int scroll() {
        return scroll;
    }

    /** Scrolls as far as it is possible. */
    void scrollTo(int wanted) {
        WallGrid grid = grid();
        int next = grid.clamp(wanted);
        if (next != scroll) {
            scroll = next;
            redraw();
        }
        ScrollBar bar = getVerticalBar();
        bar.setVisible(grid.totalHeight() > grid.height());
        bar.setValues(scroll, 0, Math.max(1, grid.totalHeight()), Math.max(1, grid.height()),
                Math.max(1, grid.rowHeight() / 2), Math.max(1, grid.height() - grid.rowHeight() / 2));
        notifyListeners(SWT.Modify, new Event());
    }

    /** The channels that can be seen, from the top. */
    List<Integer> inSight() {
        WallGrid grid = grid();
        return channels.subList(Math.min(grid.first(scroll), grid.end(scroll)), grid.end(scroll));
    }

    /** The channels of the next page, then those of the page before. */
    List<Integer> ahead() {
        WallGrid grid = grid();
        int page = grid.page() * grid.columns();
        List<Integer> ahead = new ArrayList<>(
                channels.subList(grid.end(scroll), Math.min(channels.size(), grid.end(scroll) + page)));
        int first = Math.min(grid.first(scroll), channels.size());
        ahead.addAll(channels.subList(Math.max(0, first - page), first));
        return ahead;
    }

    /** Draws one channel anew, if it can be seen. */
    void refresh(int channel) {
        int index = channels.indexOf(channel);
        WallGrid grid = grid();
        if (index >= grid.first(scroll) && index < grid.end(scroll)) {
            Rectangle cell = grid.cell(index, scroll);
            redraw(cell.x - FRAME, cell.y - FRAME, cell.width + 2 * FRAME, cell.height + 2 * FRAME, false);
        }
    }

    /** The channel at a point of this canvas, or -1. */
    int channelAt(Point point) {
        int index = grid().at(point, scroll);
        return index < 0 ? -1 : channels.get(index);
    }

    /** Where a channel is drawn on this canvas. */
    Rectangle place(int channel) {
        return grid().cell(Math.max(0, channels.indexOf(channel)), scroll);
    }

    /** The channel that keys act upon, or -1 where there are none. */
    int focused() {
        return focus < channels.size() ? channels.get(focus) : -1;
    }

    private WallGrid grid() {
        Rectangle area = getClientArea();
        return new WallGrid(channels.size(), side, captionHeight(), area.width, area.height);
    }

    private int captionHeight() {
        return getFont().getFontData()[0].getHeight() * getDisplay().getDPI().y / 72 + 8;
    }

    private void paint(GC gc, Rectangle damaged) {
        Palette palette = Palette.of(this);
        gc.setBackground(palette.background());
        gc.fillRectangle(damaged);
        if (channels.isEmpty()) {
            Rectangle area = getClientArea();
            gc.setForeground(palette.muted());
            gc.drawText(emptyMessage, area.x + 2 * WallGrid.GAP, area.y + 2 * WallGrid.GAP, true);
            return;
        }
        WallGrid grid = grid();
        for (int index = grid.first(scroll); index < grid.end(scroll); index++) {
            Rectangle cell = grid.cell(index, scroll);
            if (cell.intersects(damaged)) {
                paint(gc, palette, index, cell);
            }
        }
    }

    private void paint(GC gc, Palette palette, int index, Rectangle cell) {
        int channel = channels.get(index);
        boolean isSelected = selected.contains(channel);
        if (isSelected || index == focus && isFocusControl()) {
            gc.setForeground(isSelected ? palette.accent() : palette.faint());
            gc.setLineWidth(isSelected ? FRAME - 1 : 1);
            gc.drawRectangle(cell.x - 2, cell.y - 2, side + 3, side + 3);
            gc.setLineWidth(1);
        }
        Picture picture = content.picture(channel);
        Image image = picture.pixels() == null ? null : images.image(channel, picture.pixels(), side);
        Rectangle square = new Rectangle(cell.x, cell.y, side, side);
        PicturePainter.paint(gc, palette, square, image, Scaling.SMOOTH, picture.state());
        if (picture.stage() == Stage.FAILED) {
            gc.setForeground(palette.error());
            gc.drawText("failed", cell.x + 4, cell.y + 4, true);
        }
        gc.setForeground(isSelected ? palette.foreground() : palette.muted());
        String caption = Texts.shortened(gc, content.caption(channel), side);
        int width = gc.textExtent(caption).x;
        gc.setClipping(cell);
        gc.drawText(caption, cell.x + Math.max(0, (side - width) / 2), cell.y + side + 2, true);
        gc.setClipping((Rectangle) null);
    }

    private void pressed(Event event) {
        forceFocus();
        int index = grid().at(new Point(event.x, event.y), scroll);
        boolean isToggle = (event.stateMask & SWT.MOD1) != 0;
        boolean isRange = (event.stateMask & SWT.MOD2) != 0;
        if (index < 0) {
            if (event.button == 1 && !isToggle && !isRange && !selected.isEmpty()) {
                selected.clear();
                selectionChanged();
            }
        } else if (event.button == 1 || !selected.contains(channels.get(index))) {
            select(index, isRange && event.button == 1, isToggle && event.button == 1);
        }
    }

    private void opened(Event event) {
        if (event.button == 1 && grid().at(new Point(event.x, event.y), scroll) >= 0) {
            notifyListeners(SWT.DefaultSelection, new Event());
        }
    }

    private void hovered(Event event) {
        int channel = channelAt(new Point(event.x, event.y));
        String text = channel < 0 ? null : content.description(channel);
        if (text == null ? getToolTipText() != null : !text.equals(getToolTipText())) {
            setToolTipText(text);
        }
    }

    private void wheel(Event event) {
        if ((event.stateMask & SWT.MOD1) != 0) {
            event.doit = false;
            zoom(Integer.signum(event.count));
        }
    }

    private void key(Event event) {
        WallGrid grid = grid();
        int last = channels.size() - 1;
        int page = grid.page() * grid.columns();
        int next = switch (event.keyCode) {
            case SWT.ARROW_LEFT -> focus - 1;
            case SWT.ARROW_RIGHT -> focus + 1;
            case SWT.ARROW_UP -> focus - grid.columns() < 0 ? focus : focus - grid.columns();
            case SWT.ARROW_DOWN -> focus + grid.columns() > last ? focus : focus + grid.columns();
            case SWT.PAGE_UP -> focus - page < 0 ? focus % grid.columns() : focus - page;
            case SWT.PAGE_DOWN -> Math.min(last, focus + page);
            case SWT.HOME -> 0;
            case SWT.END -> last;
            default -> -2;
        };
        if (next != -2 && last >= 0) {
            select(Math.max(0, Math.min(last, next)), (event.stateMask & SWT.MOD2) != 0, false);
        } else if ((event.keyCode == SWT.CR || event.keyCode == SWT.KEYPAD_CR) && event.stateMask == 0
                && !selected.isEmpty()) {
            notifyListeners(SWT.DefaultSelection, new Event());
        }
    }

    private void select(int index, boolean isRange, boolean isToggle) {
        focus = index;
        if (isToggle) {
            if (!selected.remove(channels.get(index))) {
                selected.add(channels.get(index));
            }
            anchor = index;
        } else {
            selected.clear();
            anchor = isRange ? Math.min(anchor, channels.size() - 1) : index;
            selected.addAll(channels.subList(Math.min(anchor, index), Math.max(anchor, index) + 1));
        }
        reveal(index);
        selectionChanged();
    }

    private void selectionChanged() {
        redraw();
        getAccessible().selectionChanged();
        notifyListeners(SWT.Selection, new Event());
    }

    private void reveal(int index) {
        scrollTo(grid().reveal(index, scroll));
        getAccessible().setFocus(focused());
    }

    /** Selects everything on the wall. */
    void selectAll() {
        selected.addAll(channels);
        selectionChanged();
    }
}
