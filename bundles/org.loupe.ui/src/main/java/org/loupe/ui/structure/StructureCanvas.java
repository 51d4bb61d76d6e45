package org.loupe.ui.structure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.Transform;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.loupe.core.structure.Layout;
import org.loupe.core.structure.Layout.Place;
import org.loupe.core.structure.Structure.Box;
import org.loupe.ui.widgets.Palette;

/**
 * Draws a {@link Drawing}; can be moved, zoomed, and searched. Sends {@link SWT#Selection} when a person has chosen
 * another box and {@link SWT#DefaultSelection} on a double click or Enter.
 */
final class StructureCanvas extends Canvas {

    private static final double LEAST_ZOOM = 0.05;
    private static final double MOST_ZOOM = 2.5;
    private static final double STEP = 1.2;
    private static final double LEGIBLE = 0.85;
    private static final int DRAG = 3;

    private Drawing drawing;
    private double zoom = 1;
    private double left;
    private double top;
    private int selected = -1;
    private String wanted = "";
    private Point pressed;
    private boolean dragging;
    private boolean fits = true;

    StructureCanvas(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        addPaintListener(event -> paint(event.gc));
        addListener(SWT.MouseDown, this::down);
        addListener(SWT.MouseMove, this::move);
        addListener(SWT.MouseUp, this::up);
        addListener(SWT.MouseDoubleClick, event -> notifyListeners(SWT.DefaultSelection, new Event()));
        addListener(SWT.MouseVerticalWheel, event -> wheel(event, false));
        addListener(SWT.MouseHorizontalWheel, event -> wheel(event, true));
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.Resize, event -> {
            if (fits) {
                begin();
            }
        });
        addListener(SWT.Traverse, event -> event.doit = event.detail != SWT.TRAVERSE_RETURN);
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = selectedBox().map(StructureCanvas::words).orElse("The structure of a network");
            }
        });
    }

    /** What a screen reader and the tooltip say about a box. */
    static String words(Box box) {
        return box.title() + ", " + box.shape() + (box.detail().isEmpty() ? "" : ", " + box.detail());
    }

    Drawing drawing() {
        return drawing;
    }

    /** Shows another drawing; the first one of a network is shown whole. */
    void show(Drawing next) {
        boolean same = drawing != null && drawing.network() == next.network();
        Optional<Box> before = selectedBox();
        drawing = next;
        selected = before.filter(box -> same).map(box -> indexOf(box.id())).orElse(-1);
        if (!same) {
            fits = true;
        }
        if (fits) {
            begin();
        } else {
            redraw();
        }
    }

    /** Shows everything where that can be read, and otherwise the picture's end, or what is marked. */
    private void begin() {
        fit();
        if (drawing != null && zoom < StructurePainter.DETAILS_FROM && getClientArea().width > 1) {
            Rectangle area = getClientArea();
            zoom = LEGIBLE;
            left = (area.width - drawing.layout().width() * zoom) / 2;
            top = area.height - drawing.layout().height() * zoom;
            reveal();
        }
    }

    private int indexOf(String id) {
        List<Box> boxes = drawing.structure().boxes();
        for (int i = 0; i < boxes.size(); i++) {
            if (boxes.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    Optional<Box> selectedBox() {
        return drawing == null || selected < 0 ? Optional.empty() : Optional.of(drawing.structure().boxes().get(selected));
    }

    /** Marks a box and moves it into sight where it is not; tells nobody. */
    void select(Box box) {
        selected = indexOf(box.id());
        reveal();
    }

    private void reveal() {
        if (selected >= 0) {
            Place place = drawing.layout().places().get(selected);
            Rectangle area = getClientArea();
            double boxLeft = place.left() * zoom + left;
            double boxTop = place.top() * zoom + top;
            if (boxLeft < 0 || boxLeft + Layout.BOX_WIDTH * zoom > area.width) {
                left = area.width / 2.0 - (place.left() + Layout.BOX_WIDTH / 2) * zoom;
            }
            if (boxTop < 0 || boxTop + Layout.BOX_HEIGHT * zoom > area.height) {
                top = area.height / 2.0 - (place.top() + Layout.BOX_HEIGHT / 2) * zoom;
            }
        }
        redraw();
    }

    /** Marks the boxes whose title has a text in it, and goes to the next of them. */
    int find(String text) {
        wanted = text.strip().toLowerCase(Locale.ROOT);
        if (drawing == null || wanted.isEmpty()) {
            redraw();
            return 0;
        }
        List<Box> boxes = drawing.structure().boxes();
        int count = (int) boxes.stream().filter(box -> StructurePainter.isWanted(box, wanted)).count();
        for (int i = 1; i <= boxes.size(); i++) {
            int next = (Math.max(0, selected) + i) % boxes.size();
            if (StructurePainter.isWanted(boxes.get(next), wanted)) {
                if (zoom < StructurePainter.DETAILS_FROM) {
                    zoomTo(1, 0, 0);
                }
                choose(next);
                reveal();
                break;
            }
        }
        return count;
    }

    /** Shows everything, as large as there is room, but no larger than usual. */
    void fit() {
        Rectangle area = getClientArea();
        if (drawing == null || area.width < 2 || area.height < 2) {
            return;
        }
        fits = true;
        Layout layout = drawing.layout();
        zoom = Math.max(LEAST_ZOOM, Math.min(1, Math.min((area.width - 2.0 * StructurePainter.MARGIN) / layout.width(),
                (area.height - 2.0 * StructurePainter.MARGIN) / height(layout))));
        left = (area.width - layout.width() * zoom) / 2;
        top = (area.height - height(layout) * zoom) / 2 + (height(layout) - layout.height()) * zoom;
        redraw();
    }

    /** With the place for what is not there, above all others. */
    private double height(Layout layout) {
        return layout.height() + (drawing.end().isEmpty() ? 0 : Layout.BOX_HEIGHT + 2 * StructurePainter.MARGIN);
    }

    /** Zooms by a step around the middle. */
    void zoom(boolean in) {
        Rectangle area = getClientArea();
        zoomTo(zoom * (in ? STEP : 1 / STEP), area.width / 2, area.height / 2);
    }

    void zoomTo(double next, int column, int row) {
        fits = false;
        double limited = Math.max(LEAST_ZOOM, Math.min(MOST_ZOOM, next));
        left = column - (column - left) * limited / zoom;
        top = row - (row - top) * limited / zoom;
        zoom = limited;
        redraw();
    }

    double zoom() {
        return zoom;
    }

    private void wheel(Event event, boolean horizontal) {
        if ((event.stateMask & SWT.MOD1) != 0) {
            zoomTo(zoom * (event.count > 0 ? STEP : 1 / STEP), event.x, event.y);
        } else {
            fits = false;
            double distance = 20.0 * event.count;
            if (horizontal || (event.stateMask & SWT.SHIFT) != 0) {
                left += distance;
            } else {
                top += distance;
            }
            redraw();
        }
        event.doit = false;
    }

    private void down(Event event) {
        forceFocus();
        if (event.button == 1) {
            pressed = new Point(event.x, event.y);
            dragging = false;
            int box = at(event.x, event.y);
            if (box >= 0) {
                choose(box);
                redraw();
            }
        }
    }

    private void move(Event event) {
        if (pressed != null) {
            if (dragging || Math.abs(event.x - pressed.x) + Math.abs(event.y - pressed.y) > DRAG) {
                dragging = true;
                fits = false;
                left += event.x - pressed.x;
                top += event.y - pressed.y;
                pressed = new Point(event.x, event.y);
                redraw();
            }
        } else if (drawing != null) {
            int box = at(event.x, event.y);
            String text = box < 0 ? null : words(drawing.structure().boxes().get(box));
            if (text == null ? getToolTipText() != null : !text.equals(getToolTipText())) {
                setToolTipText(text);
            }
        }
    }

    private void up(Event event) {
        pressed = null;
        dragging = false;
    }

    private void key(Event event) {
        if (drawing == null) {
            return;
        }
        switch (event.keyCode) {
            case SWT.ARROW_UP -> step(1);
            case SWT.ARROW_DOWN -> step(-1);
            case SWT.HOME -> step(-drawing.structure().boxes().size());
            case SWT.END -> step(drawing.structure().boxes().size());
            case '+', '=', SWT.KEYPAD_ADD -> zoom(true);
            case '-', SWT.KEYPAD_SUBTRACT -> zoom(false);
            case '0' -> fit();
            case SWT.CR, SWT.KEYPAD_CR -> notifyListeners(SWT.DefaultSelection, new Event());
            default -> { }
        }
    }

    private void step(int by) {
        int last = drawing.structure().boxes().size() - 1;
        choose(Math.max(0, Math.min(last, (selected < 0 ? 0 : selected) + by)));
        reveal();
    }

    private void choose(int box) {
        if (box != selected) {
            selected = box;
            notifyListeners(SWT.Selection, new Event());
        }
    }

    private int at(int column, int row) {
        if (drawing != null) {
            double boxLeft = (column - left) / zoom;
            double boxTop = (row - top) / zoom;
            List<Place> places = drawing.layout().places();
            for (int i = 0; i < places.size(); i++) {
                Place place = places.get(i);
                if (boxLeft >= place.left() && boxLeft <= place.left() + Layout.BOX_WIDTH && boxTop >= place.top()
                        && boxTop <= place.top() + Layout.BOX_HEIGHT) {
                    return i;
                }
            }
        }
        return -1;
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        Rectangle area = getClientArea();
        gc.setBackground(palette.background());
        gc.fillRectangle(area);
        if (drawing == null) {
            return;
        }
        gc.setAntialias(SWT.ON);
        Transform transform = new Transform(getDisplay());
        try {
            transform.translate((float) left, (float) top);
            transform.scale((float) zoom, (float) zoom);
            gc.setTransform(transform);
            Rectangle seen = new Rectangle((int) (-left / zoom) - 1, (int) (-top / zoom) - 1, (int) (area.width / zoom) + 2,
                    (int) (area.height / zoom) + 2);
            new StructurePainter(drawing, gc, palette, zoom, selected, wanted).paint(seen);
        } finally {
            gc.setTransform(null);
            transform.dispose();
        }
    }
}
