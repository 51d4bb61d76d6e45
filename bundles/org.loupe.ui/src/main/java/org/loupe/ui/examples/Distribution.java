package org.loupe.ui.examples;

import java.util.Arrays;
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
import org.loupe.core.scan.ChannelScan;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.Texts;

/**
 * How often a unit takes which activation, over all positions of all pictures, with quantiles. Heights are logarithmic:
 * what a unit is looked at for is rare.
 */
final class Distribution extends Canvas {

    private static final int HEIGHT = 110;
    private static final int STEPS = 96;
    private static final double RAREST = -6;
    private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999};
    private static final String[] NAMES = {"50 %", "90 %", "99 %", "99.9 %"};

    private double[] shares = {};
    private final double[] quantiles = new double[QUANTILES.length];
    private double from;
    private double to;

    Distribution(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_FOCUS);
        addListener(SWT.Paint, event -> paint(event.gc));
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = description();
            }
        });
    }

    /** Shows the activations of a channel. */
    void show(ChannelScan channel) {
        from = Math.min(0, channel.quantileOfPositions(0));
        to = Math.max(channel.examples().isEmpty() ? 0 : channel.examples().get(0).value(), from + Float.MIN_NORMAL);
        shares = channel.distribution(from, to, STEPS);
        for (int i = 0; i < QUANTILES.length; i++) {
            quantiles[i] = channel.quantileOfPositions(QUANTILES[i]);
        }
        redraw();
    }

    /** Everything that is shown, in words. */
    String description() {
        StringBuilder text = new StringBuilder("Activations from ").append(Texts.number(from)).append(" to ")
                .append(Texts.number(to)).append("; quantiles over positions:");
        for (int i = 0; i < QUANTILES.length; i++) {
            text.append(' ').append(NAMES[i]).append(' ').append(Texts.number(quantiles[i])).append(';');
        }
        return text.toString();
    }

    @Override
    public Point computeSize(int widthHint, int heightHint, boolean changed) {
        return new Point(widthHint == SWT.DEFAULT ? 2 * HEIGHT : widthHint, HEIGHT + 2 * line());
    }

    private int line() {
        return getFont().getFontData()[0].getHeight() * getDisplay().getDPI().y / 72 + 6;
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        Rectangle area = getClientArea();
        gc.setBackground(palette.background());
        gc.fillRectangle(area);
        if (shares.length == 0) {
            return;
        }
        int top = line();
        int bottom = area.height - line();
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > 0) {
                double height = Math.max(0.02, 1 - Math.log10(shares[i]) / RAREST);
                int left = i * area.width / shares.length;
                int right = (i + 1) * area.width / shares.length;
                boolean isNegative = from + (i + 0.5) * (to - from) / shares.length < 0;
                gc.setBackground(colour(isNegative ? Diverging.NEGATIVE : Diverging.POSITIVE));
                int tall = (int) Math.round(Math.min(1, height) * (bottom - top));
                gc.fillRectangle(left, bottom - tall, Math.max(1, right - left), tall);
            }
        }
        gc.setForeground(palette.line());
        gc.drawLine(0, bottom, area.width, bottom);
        gc.setForeground(palette.muted());
        gc.drawText(Texts.number(from), 0, bottom + 1, true);
        String highest = Texts.number(to);
        gc.drawText(highest, area.width - gc.textExtent(highest).x, bottom + 1, true);
        int free = 0;
        for (int i = 0; i < quantiles.length; i++) {
            int place = column(area, quantiles[i]);
            gc.setForeground(palette.foreground());
            gc.setLineStyle(SWT.LINE_DOT);
            gc.drawLine(place, top, place, bottom);
            gc.setLineStyle(SWT.LINE_SOLID);
            int width = gc.textExtent(NAMES[i]).x;
            int left = Math.max(free, Math.min(area.width - width, place - width / 2));
            if (left <= place && left + width <= area.width) {
                gc.setForeground(palette.muted());
                gc.drawText(NAMES[i], left, 0, true);
                free = left + width + 4;
            }
        }
        int zero = column(area, 0);
        if (zero > gc.textExtent(Texts.number(from)).x + 8 && zero < area.width - gc.textExtent(highest).x - 12) {
            gc.drawText("0", zero - gc.textExtent("0").x / 2, bottom + 1, true);
        }
    }

    private int column(Rectangle area, double value) {
        return (int) Math.round((value - from) / (to - from) * (area.width - 1));
    }

    private static Color colour(int colour) {
        return new Color(colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff);
    }

    /** Whether something is shown. */
    boolean isFilled() {
        return Arrays.stream(shares).anyMatch(share -> share > 0);
    }
}
