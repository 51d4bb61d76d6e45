package org.loupe.ui.tuning;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.loupe.core.Batch;
import org.loupe.ui.widgets.Palette;

/** A bar for each channel of a layer: how strongly it answers the stimulus. A click selects the channel. */
final class AnswerBars extends Canvas {

    private static final int GAP = 2;

    private Batch answers;
    private String layer = "";
    private double highest = 1;
    private int selected = -1;
    private boolean sorted;
    private List<Integer> order = List.of();

    /** @param chosen is told which channel a person clicks or moves to with the arrow keys */
    AnswerBars(Composite parent, IntConsumer chosen) {
        super(parent, SWT.DOUBLE_BUFFERED);
        addPaintListener(event -> paint(event.gc));
        addListener(SWT.MouseDown, event -> {
            setFocus();
            int place = place(event.x);
            if (place >= 0) {
                chosen.accept(order.get(place));
            }
        });
        addListener(SWT.MouseMove, event -> {
            int place = place(event.x);
            setToolTipText(place < 0 ? null : words(order.get(place)));
        });
        addListener(SWT.KeyDown, event -> {
            int step = event.keyCode == SWT.ARROW_RIGHT ? 1 : event.keyCode == SWT.ARROW_LEFT ? -1 : 0;
            int next = order.indexOf(selected) + step;
            if (step != 0 && next >= 0 && next < order.size()) {
                chosen.accept(order.get(next));
            }
        });
        addListener(SWT.Traverse, event -> event.doit = event.detail != SWT.TRAVERSE_ARROW_NEXT
                && event.detail != SWT.TRAVERSE_ARROW_PREVIOUS);
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = selected < 0 || answers == null ? "Answers of the channels" : words(selected);
            }
        });
    }

    /**
     * Shows other answers.
     *
     * @param found of shape (2, channel, 1, 1)
     * @param scale the answer that a bar of full height stands for, unless one is higher
     */
    void show(String name, Batch found, double scale) {
        layer = name;
        answers = found;
        highest = Math.max(scale, 1e-6);
        for (int channel = 0; channel < found.channels(); channel++) {
            highest = Math.max(highest, found.at(0, channel, 0, 0));
        }
        arrange();
    }

    /** Shows nothing until there are other answers. */
    void clear() {
        answers = null;
        order = List.of();
        redraw();
    }

    void select(int channel) {
        selected = channel;
        redraw();
    }

    /** Puts the strongest first, or all in their order. */
    void sort(boolean strongestFirst) {
        sorted = strongestFirst;
        arrange();
    }

    private void arrange() {
        if (answers == null) {
            return;
        }
        IntStream channels = IntStream.range(0, answers.channels());
        order = !sorted ? channels.boxed().toList() : channels.boxed()
                .sorted(Comparator.comparingDouble((Integer channel) -> -answers.at(0, channel, 0, 0))).toList();
        redraw();
    }

    private String words(int channel) {
        return String.format(Locale.ROOT, "%s:%d  %.3g, before the nonlinearity %.3g", layer, channel,
                answers.at(0, channel, 0, 0), answers.at(1, channel, 0, 0));
    }

    private int place(int across) {
        Rectangle client = getClientArea();
        int place = (int) Math.floor((double) across * order.size() / Math.max(1, client.width));
        return place >= 0 && place < order.size() ? place : -1;
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        Rectangle client = getClientArea();
        gc.setBackground(palette.background());
        gc.fillRectangle(client);
        if (answers == null) {
            return;
        }
        int floor = client.height - 2;
        int room = floor - gc.getFontMetrics().getHeight() - GAP;
        double wide = (double) client.width / order.size();
        for (int place = 0; place < order.size(); place++) {
            int channel = order.get(place);
            int left = (int) Math.round(place * wide);
            int width = Math.max(1, (int) Math.round((place + 1) * wide) - left - (wide > 3 ? 1 : 0));
            int tall = (int) Math.round(room * Math.max(0, answers.at(0, channel, 0, 0)) / highest);
            Color colour = channel == selected ? palette.warning() : palette.accent();
            gc.setBackground(colour);
            gc.fillRectangle(left, floor - tall, width, tall);
            if (channel == selected) {
                gc.fillRectangle(left, floor, Math.max(3, width), 2);
            }
        }
        gc.setForeground(palette.line());
        gc.drawLine(0, floor, client.width, floor);
        gc.setForeground(palette.muted());
        gc.drawText(String.format(Locale.ROOT, "%d channels of %s, up to %.3g", order.size(), layer, highest), 2, 0,
                SWT.DRAW_TRANSPARENT);
    }
}
