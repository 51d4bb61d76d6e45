package org.loupe.ui.circuits;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.loupe.core.circuit.Circuit.Effect;
import org.loupe.core.circuit.graph.GraphSheet;
import org.loupe.core.circuit.graph.Scene;
import org.loupe.ui.widgets.Palette;

/** What the lines of a circuit mean. */
final class Legend extends Canvas {

    private static final int LINE = 20;
    private static final int GAP = 5;
    private static final double[] PARTS = {.01, .1, .5};

    private boolean hasKernels;
    private boolean hasPins;

    Legend(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_FOCUS);
        addPaintListener(event -> paint(event.gc));
    }

    /** Explains what a scene has, beside its lines. */
    void show(Scene scene) {
        boolean kernels = scene.curves().stream().anyMatch(Scene.Curve::kernel);
        boolean pins = scene.boxes().stream().anyMatch(box -> box.node().pinned());
        if (kernels != hasKernels || pins != hasPins) {
            hasKernels = kernels;
            hasPins = pins;
            redraw();
        }
    }

    @Override
    public Point computeSize(int width, int height, boolean changed) {
        GC gc = new GC(this);
        try {
            return new Point(width == SWT.DEFAULT ? 400 : width, gc.getFontMetrics().getHeight() + 2 * GAP);
        } finally {
            gc.dispose();
        }
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        gc.setBackground(palette.background());
        gc.fillRectangle(getClientArea());
        gc.setAntialias(SWT.ON);
        int left = GAP;
        for (Effect effect : Effect.values()) {
            double[] dashes = GraphSheet.dashes(effect);
            gc.setForeground(switch (effect) {
                case EXCITES -> palette.positive();
                case INHIBITS -> palette.negative();
                case BOTH -> palette.muted();
            });
            int[] lengths = new int[dashes.length];
            for (int i = 0; i < lengths.length; i++) {
                lengths[i] = (int) dashes[i];
            }
            left = entry(gc, palette, left, 2, lengths, switch (effect) {
                case EXCITES -> "excites";
                case INHIBITS -> "inhibits";
                case BOTH -> "both, by place";
            });
        }
        for (double part : PARTS) {
            gc.setForeground(palette.muted());
            left = entry(gc, palette, left, (int) Math.max(1, Math.round(Scene.thickness(part))), new int[0],
                    Math.round(100 * part) + " %");
        }
        gc.setForeground(palette.muted());
        gc.drawText("of what it reads", left, GAP, true);
        left += gc.textExtent("of what it reads").x + 3 * GAP;
        int side = getClientArea().height - 2 * GAP;
        if (hasKernels) {
            gc.setBackground(palette.well());
            gc.fillRectangle(left, GAP, side, side);
            gc.setForeground(palette.foreground());
            gc.setLineWidth(1);
            gc.setLineStyle(SWT.LINE_DOT);
            gc.drawRectangle(left, GAP, side, side);
            gc.setLineStyle(SWT.LINE_SOLID);
            left = told(gc, left + side + GAP, "dotted: no more than luck");
        }
        if (hasPins) {
            gc.setBackground(palette.warning());
            gc.fillOval(left, GAP + side / 4, side / 2, side / 2);
            told(gc, left + side / 2 + GAP, "pinned");
        }
    }

    private static int told(GC gc, int left, String text) {
        gc.drawText(text, left, GAP, true);
        return left + gc.textExtent(text).x + 3 * GAP;
    }

    private int entry(GC gc, Palette palette, int left, int width, int[] dashes, String text) {
        int middle = getClientArea().height / 2;
        gc.setLineWidth(width);
        if (dashes.length > 0) {
            gc.setLineDash(dashes);
        } else {
            gc.setLineStyle(SWT.LINE_SOLID);
        }
        gc.drawLine(left, middle, left + LINE, middle);
        gc.setLineStyle(SWT.LINE_SOLID);
        gc.setForeground(palette.foreground());
        gc.drawText(text, left + LINE + GAP, GAP, true);
        return left + LINE + gc.textExtent(text).x + 3 * GAP;
    }
}
