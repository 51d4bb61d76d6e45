package org.loupe.ui.widgets;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.LineAttributes;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/** Draws how a score has changed over the steps of an optimisation, and what it is to be compared with. */
public final class ScoreCurve extends Canvas {

    private static final int GAP = 4;
    private static final int DOT = 6;
    private static final float THICK = 1.6f;
    private static final int WIDTH = 200;
    private static final int HEIGHT = 120;

    private double[] scores = {};
    private double reference = Double.NaN;
    private int steps = 1;
    private String unit = "score";

    /** Makes an empty one. */
    public ScoreCurve(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_FOCUS);
        addPaintListener(event -> paint(event.gc));
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = description();
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
     * Shows a curve.
     *
     * @param values score after each step that was done
     * @param start  the score to compare with, drawn as a dashed line
     * @param total  steps that were asked for: the width of the axis
     * @param what   what the score is, such as “mean activation”
     */
    public void show(double[] values, double start, int total, String what) {
        scores = values.clone();
        reference = start;
        steps = Math.max(Math.max(1, total), values.length);
        unit = what;
        redraw();
    }

    /** What a screen reader reads. */
    public String description() {
        if (scores.length == 0) {
            return "No scores yet";
        }
        return "The " + unit + " went from " + Texts.number(scores[0]) + " to "
                + Texts.number(scores[scores.length - 1]) + " in " + scores.length + " of " + steps + " steps";
    }

    @Override
    public Point computeSize(int widthHint, int heightHint, boolean changed) {
        return new Point(widthHint == SWT.DEFAULT ? WIDTH : widthHint, heightHint == SWT.DEFAULT ? HEIGHT : heightHint);
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        Rectangle client = getClientArea();
        gc.setBackground(palette.background());
        gc.fillRectangle(client);
        gc.setAntialias(SWT.ON);
        Range range = Range.of(scores, reference);
        int line = gc.getFontMetrics().getHeight();
        String high = Texts.number(range.to);
        String low = Texts.number(range.from);
        int left = Math.max(gc.textExtent(high).x, gc.textExtent(low).x) + 2 * GAP;
        Rectangle plot = new Rectangle(client.x + left, client.y + line + GAP, client.width - left - DOT,
                client.height - 2 * (line + GAP) - GAP);
        if (plot.width < 2 * DOT || plot.height < 2 * DOT) {
            return;
        }
        gc.setForeground(palette.muted());
        gc.drawText(Texts.shortened(gc, capital(unit), client.width), client.x, client.y, SWT.DRAW_TRANSPARENT);
        axes(gc, palette, plot, line, high, low);
        if (scores.length > 0) {
            curve(gc, palette, plot, range);
        }
    }

    private void axes(GC gc, Palette palette, Rectangle plot, int line, String high, String low) {
        int bottom = plot.y + plot.height;
        if (scores.length > 0) {
            gc.drawText(high, plot.x - GAP - gc.textExtent(high).x, plot.y - line / 2 + GAP, SWT.DRAW_TRANSPARENT);
            gc.drawText(low, plot.x - GAP - gc.textExtent(low).x, bottom - line + GAP / 2, SWT.DRAW_TRANSPARENT);
        }
        String end = steps + " steps";
        gc.drawText("0", plot.x, bottom + GAP, SWT.DRAW_TRANSPARENT);
        gc.drawText(end, plot.x + plot.width - gc.textExtent(end).x, bottom + GAP, SWT.DRAW_TRANSPARENT);
        gc.setForeground(palette.line());
        gc.drawLine(plot.x, bottom, plot.x + plot.width, bottom);
        gc.drawLine(plot.x, plot.y, plot.x, bottom);
    }

    private void curve(GC gc, Palette palette, Rectangle plot, Range range) {
        int start = row(plot, range, reference);
        gc.setForeground(palette.faint());
        gc.setLineStyle(SWT.LINE_DASH);
        gc.drawLine(plot.x, start, plot.x + plot.width, start);
        gc.setForeground(palette.accent());
        gc.setLineAttributes(new LineAttributes(THICK));
        int[] points = new int[2 * scores.length];
        for (int step = 0; step < scores.length; step++) {
            points[2 * step] = plot.x + (int) Math.round((double) (step + 1) / steps * plot.width);
            points[2 * step + 1] = row(plot, range, scores[step]);
        }
        gc.drawPolyline(points);
        gc.setBackground(palette.accent());
        gc.fillOval(points[points.length - 2] - DOT / 2, points[points.length - 1] - DOT / 2, DOT, DOT);
    }

    private static int row(Rectangle plot, Range range, double score) {
        double share = (range.clip(score) - range.from) / (range.to - range.from);
        return plot.y + plot.height - (int) Math.round(share * plot.height);
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** The finite scores lie between these; never empty. */
    private record Range(double from, double to) {

        static Range of(double[] scores, double reference) {
            double from = Double.isFinite(reference) ? reference : Double.POSITIVE_INFINITY;
            double to = Double.isFinite(reference) ? reference : Double.NEGATIVE_INFINITY;
            for (double score : scores) {
                if (Double.isFinite(score)) {
                    from = Math.min(from, score);
                    to = Math.max(to, score);
                }
            }
            if (from > to) {
                return new Range(0, 1);
            }
            return from == to ? new Range(from - 0.5, to + 0.5) : new Range(from, to);
        }

        double clip(double score) {
            return Double.isNaN(score) ? from : Math.max(from, Math.min(to, score));
        }
    }
}
