package org.loupe.ui.edits;

import java.util.Locale;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.Texts;

/**
 * A kernel as a grid of cells that are painted: the left button excites, the right one inhibits, the middle one or Shift
 * takes away, the wheel makes stronger and weaker. Arrow keys go from cell to cell, digits set tenths of the strength.
 */
final class KernelCanvas extends Canvas {

    private static final int LARGEST = 64;
    private static final int LEAST = 16;
    private static final int NUMBERED = 34;
    private static final int SIDE = 352;
    private static final double STEP = .1;

    private final Runnable changed;
    private KernelDrawing drawing;
    private double strength = 1;
    private int row;
    private int column;
    private double painting;
    private boolean isPainting;

    KernelCanvas(Composite parent, Runnable changed) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.changed = changed;
        addListener(SWT.Paint, event -> paint(event.gc));
        addListener(SWT.MouseDown, this::pressed);
        addListener(SWT.MouseMove, this::moved);
        addListener(SWT.MouseUp, event -> released());
        addListener(SWT.MouseWheel, this::wheel);
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT
                || event.detail == SWT.TRAVERSE_TAB_PREVIOUS || event.detail == SWT.TRAVERSE_ESCAPE);
        addListener(SWT.FocusIn, event -> redraw());
        addListener(SWT.FocusOut, event -> redraw());
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = description();
            }
        });
    }

    void show(KernelDrawing shown) {
        drawing = shown;
        row = shown.rows() / 2;
        column = shown.columns() / 2;
        refresh();
    }

    /** The weight that a press of the left button paints. */
    void strength(double weight) {
        strength = weight;
        refresh();
    }

    /** Draws anew what has become of the kernel. */
    void refresh() {
        setData(Texts.DESCRIPTION, description());
        redraw();
    }

    private String description() {
        return drawing == null ? "" : "Kernel of " + drawing.rows() + " rows and " + drawing.columns() + " columns; row " + row
                + ", column " + column + ": " + Texts.number(drawing.at(row, column));
    }

    @Override
    public Point computeSize(int width, int height, boolean isChanged) {
        return new Point(width == SWT.DEFAULT ? SIDE : width, height == SWT.DEFAULT ? SIDE : height);
    }

    private int side() {
        Rectangle area = getClientArea();
        return Math.max(LEAST, Math.min(LARGEST, Math.min((area.width - 2) / drawing.columns(), (area.height - 2) / drawing.rows())));
    }

    private Rectangle cell(int ofRow, int ofColumn) {
        Rectangle area = getClientArea();
        int side = side();
        int left = Math.max(1, (area.width - side * drawing.columns()) / 2);
        int top = Math.max(1, (area.height - side * drawing.rows()) / 2);
        return new Rectangle(left + ofColumn * side, top + ofRow * side, side, side);
    }

    private double extent() {
        return Math.max(strength, drawing.peak());
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        gc.setBackground(palette.background());
        gc.fillRectangle(getClientArea());
        if (drawing == null) {
            return;
        }
        for (int r = 0; r < drawing.rows(); r++) {
            for (int c = 0; c < drawing.columns(); c++) {
                paint(gc, palette, r, c);
            }
        }
        Rectangle marked = cell(row, column);
        gc.setForeground(isFocusControl() ? palette.accent() : palette.muted());
        gc.setLineWidth(2);
        gc.drawRectangle(marked.x + 1, marked.y + 1, marked.width - 2, marked.height - 2);
        gc.setLineWidth(1);
    }

    private void paint(GC gc, Palette palette, int r, int c) {
        Rectangle cell = cell(r, c);
        float value = drawing.at(r, c);
        Color colour = palette.signed(extent() == 0 ? 0 : value / extent());
        gc.setBackground(colour);
        gc.fillRectangle(cell);
        gc.setForeground(palette.line());
        gc.drawRectangle(cell);
        if (cell.width >= NUMBERED) {
            boolean isDark = .299 * colour.getRed() + .587 * colour.getGreen() + .114 * colour.getBlue() < 128;
            gc.setForeground(isDark ? new Color(255, 255, 255) : new Color(24, 24, 24));
            String text = Texts.shortened(gc, number(value), cell.width - 4);
            Point size = gc.textExtent(text);
            gc.drawText(text, cell.x + (cell.width - size.x) / 2, cell.y + (cell.height - size.y) / 2, true);
        }
    }

    /** Two figures of the largest weight; as short as can be. */
    private String number(float value) {
        int places = extent() == 0 ? 2 : (int) Math.max(0, Math.min(9, 1 - Math.floor(Math.log10(extent()))));
        String text = String.format(Locale.ROOT, "%." + places + "f", value).replaceFirst("^(-?)0\\.", "$1.");
        return text.matches("-?\\.?0*") ? "0" : text;
    }

    private Optional<Point> at(int left, int top) {
        if (drawing == null) {
            return Optional.empty();
        }
        Rectangle first = cell(0, 0);
        int c = Math.floorDiv(left - first.x, first.width);
        int r = Math.floorDiv(top - first.y, first.height);
        return r >= 0 && r < drawing.rows() && c >= 0 && c < drawing.columns() ? Optional.of(new Point(c, r)) : Optional.empty();
    }

    private void pressed(Event event) {
        forceFocus();
        Optional<Point> cell = at(event.x, event.y);
        if (cell.isPresent() && !isPainting) {
            painting = event.button == 2 || (event.stateMask & SWT.SHIFT) != 0 ? 0 : event.button == 3 ? -strength : strength;
            isPainting = true;
            drawing.beginStroke();
            paintAt(cell.get());
        }
    }

    private void moved(Event event) {
        Optional<Point> cell = at(event.x, event.y);
        if (isPainting) {
            cell.ifPresent(this::paintAt);
        }
        String text = cell.map(place -> "row " + place.y + ", column " + place.x + ": " + Texts.number(drawing.at(place.y, place.x)))
                .orElse(null);
        if (text == null ? getToolTipText() != null : !text.equals(getToolTipText())) {
            setToolTipText(text);
        }
    }

    private void paintAt(Point cell) {
        row = cell.y;
        column = cell.x;
        drawing.paint(row, column, painting);
        done();
    }

    private void released() {
        if (isPainting) {
            isPainting = false;
            drawing.endStroke();
            done();
        }
    }

    private void wheel(Event event) {
        at(event.x, event.y).ifPresent(cell -> {
            row = cell.y;
            column = cell.x;
            change(Math.signum(event.count) * STEP * strength);
        });
        event.doit = false;
    }

    private void change(double more) {
        drawing.paint(row, column, drawing.at(row, column) + more);
        done();
    }

    private void done() {
        refresh();
        changed.run();
    }

    private void key(Event event) {
        if (drawing == null) {
            return;
        }
        boolean isControl = (event.stateMask & SWT.MOD1) != 0;
        switch (event.keyCode) {
            case SWT.ARROW_LEFT -> column = Math.max(0, column - 1);
            case SWT.ARROW_RIGHT -> column = Math.min(drawing.columns() - 1, column + 1);
            case SWT.ARROW_UP -> row = Math.max(0, row - 1);
            case SWT.ARROW_DOWN -> row = Math.min(drawing.rows() - 1, row + 1);
            case SWT.DEL, SWT.BS -> drawing.paint(row, column, 0);
            default -> {
                if (isControl && event.keyCode == 'z') {
                    drawing.undo();
                } else if (isControl && event.keyCode == 'y') {
                    drawing.redo();
                } else if (!isControl) {
                    typed(event.character);
                }
            }
        }
        done();
    }

    private void typed(char character) {
        if (character >= '0' && character <= '9') {
            drawing.paint(row, column, (character - '0') * STEP * strength);
        } else if (character == ' ') {
            drawing.paint(row, column, strength);
        } else if (character == '+') {
            change(STEP * strength);
        } else if (character == '-') {
            change(-STEP * strength);
        } else if (character == 'n') {
            drawing.paint(row, column, -drawing.at(row, column));
        }
    }
}
