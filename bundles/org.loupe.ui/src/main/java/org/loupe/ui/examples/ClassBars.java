package org.loupe.ui.examples;

import java.util.List;
import java.util.Locale;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.loupe.core.image.Diverging;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.ScrollingPage;
import org.loupe.ui.widgets.Texts;

/** How a unit answers to each class: a bar for the mean of the largest activations, and the AUC beside it. */
final class ClassBars extends Canvas {

    private static final int NAME = 110;
    private static final int NUMBERS = 112;
    private static final int GAP = 6;
    private static final int AREA = 56;

    private List<Row> rows = List.of();

    /**
     * One class.
     *
     * @param mean of the largest activation in each of its pictures
     * @param area the AUC
     */
    record Row(String name, double mean, double area) {
    }

    ClassBars(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_FOCUS);
        addListener(SWT.Paint, event -> paint(event.gc));
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = description();
            }
        });
    }

    /** Shows classes, from top to bottom. */
    void show(List<Row> others) {
        boolean isAsTall = others.size() == rows.size();
        rows = List.copyOf(others);
        redraw();
        if (!isAsTall) {
            ScrollingPage.fitAround(this);
        }
    }

    /** The classes that are shown. */
    List<Row> rows() {
        return rows;
    }

    /** Everything that is shown, in words. */
    String description() {
        StringBuilder text = new StringBuilder("Mean and AUC by class:");
        rows.forEach(row -> text.append(' ').append(row.name).append(' ').append(Texts.number(row.mean)).append(", ")
                .append(Texts.number(row.area)).append(';'));
        return text.toString();
    }

    private int line() {
        return getFont().getFontData()[0].getHeight() * getDisplay().getDPI().y / 72 + 7;
    }

    @Override
    public Point computeSize(int widthHint, int heightHint, boolean changed) {
        return new Point(widthHint == SWT.DEFAULT ? 2 * NAME : widthHint, (rows.size() + 1) * line());
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        Rectangle area = getClientArea();
        gc.setBackground(palette.background());
        gc.fillRectangle(area);
        int name = Math.min(NAME, area.width / 3);
        int from = name + GAP;
        int width = Math.max(10, area.width - from - NUMBERS - GAP);
        double low = Math.min(0, rows.stream().mapToDouble(Row::mean).filter(Double::isFinite).min().orElse(0));
        double high = Math.max(0, rows.stream().mapToDouble(Row::mean).filter(Double::isFinite).max().orElse(0));
        double scale = high > low ? width / (high - low) : 0;
        int zero = from + (int) Math.round(-low * scale);
        gc.setForeground(palette.muted());
        right(gc, "mean", area.width - AREA, 0);
        right(gc, "AUC", area.width, 0);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            int top = (i + 1) * line();
            gc.setForeground(palette.foreground());
            right(gc, Texts.shortened(gc, row.name, name), name, top);
            if (Double.isFinite(row.mean)) {
                int length = (int) Math.round(row.mean * scale);
                gc.setBackground(colour(row.mean < 0 ? Diverging.NEGATIVE : Diverging.POSITIVE));
                gc.fillRectangle(Math.min(zero, zero + length), top + 3, Math.max(1, Math.abs(length)), line() - 7);
            }
            gc.setForeground(palette.foreground());
            right(gc, Texts.number(row.mean), area.width - AREA, top);
            right(gc, String.format(Locale.ROOT, "%.2f", row.area), area.width, top);
        }
        gc.setForeground(palette.line());
        gc.drawLine(zero, line(), zero, (rows.size() + 1) * line());
    }

    private static Color colour(int colour) {
        return new Color(colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff);
    }

    private static void right(GC gc, String text, int end, int top) {
        gc.drawText(text, end - gc.textExtent(text).x, top, true);
    }
}
