package org.loupe.ui.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Listener;

/** How long a drawing takes from an event until it is painted, event by event. */
final class Frames {

    private static final int COUNT = 30;
    private static final int STEP = 7;

    private final Control canvas;
    private final int[] painted = new int[1];

    private Frames(Control canvas) {
        this.canvas = canvas;
    }

    /**
     * Moves and zooms what is drawn, drags a node, and says how long that took.
     *
     * @param node where the node is
     * @param drags whether the node can be dragged, which selects it
     */
    static String of(Control canvas, Rectangle node, boolean drags) {
        Frames frames = new Frames(canvas);
        Listener paint = event -> frames.painted[0]++;
        canvas.addListener(SWT.Paint, paint);
        try {
            Point at = new Point(node.x + node.width / 2, node.y + node.height / 3);
            String drag = drags ? ", drag " + frames.drag(at) : "";
            String pan = frames.time(i -> frames.send(SWT.MouseVerticalWheel, at, 0, i < COUNT / 2 ? -1 : 1));
            String zoom = frames.time(i -> frames.send(SWT.MouseVerticalWheel, at, SWT.MOD1, i < COUNT / 2 ? 1 : -1));
            return "pan " + pan + ", zoom " + zoom + drag;
        } finally {
            canvas.removeListener(SWT.Paint, paint);
        }
    }

    private String drag(Point at) {
        send(SWT.MouseDown, at, 0, 1);
        String drag = time(i -> send(SWT.MouseMove, new Point(at.x + (i + 1) * STEP, at.y), 0, 0));
        send(SWT.MouseMove, at, 0, 0);
        send(SWT.MouseUp, at, 0, 1);
        Ui.settle();
        return drag;
    }

    private void send(int type, Point at, int mask, int number) {
        Event event = new Event();
        event.x = at.x;
        event.y = at.y;
        event.stateMask = mask;
        event.button = number;
        event.count = number;
        canvas.notifyListeners(type, event);
    }

    private String time(IntConsumer act) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            Ui.settle();
            int before = painted[0];
            long start = System.nanoTime();
            act.accept(i);
            Ui.settle();
            canvas.update();
            // What cannot move any further is not painted.
            if (painted[0] > before) {
                times.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start) / 1000.0);
            }
        }
        times.sort(null);
        return times.isEmpty() ? "not possible" : String.format(Locale.ROOT, "%.0f ms (slowest of %d: %.0f)",
                times.get(times.size() / 2), times.size(), times.get(times.size() - 1));
    }
}
