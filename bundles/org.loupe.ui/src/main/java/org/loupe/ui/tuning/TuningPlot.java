package org.loupe.ui.tuning;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.loupe.core.tuning.Tuned;
import org.loupe.ui.widgets.Palette;

/** Draws what a channel, or the whole layer, answers while parameters run through their values. */
final class TuningPlot extends Canvas {

    private static final String LOOKING = "Looking…";

    private Tuned tuned;
    private int channel = -1;
    private TuningDrawing.Kind kind = TuningDrawing.Kind.UNIT;
    private AnswerLine.Ranked ranked;
    private boolean isLooking;
    private boolean isOffered;

    TuningPlot(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_FOCUS);
        addPaintListener(event -> paint(event.gc));
    }

    /** Draws other answers; {@code null} where there are none. */
    void show(Tuned other) {
        tuned = other;
        redraw();
    }

    /** Draws another channel; below 0 for none. */
    void select(int other) {
        channel = other;
        redraw();
    }

    /** Marks what pictures evoke of a unit. */
    void mark(AnswerLine.Ranked found) {
        if (!isDisposed() && !found.equals(ranked)) {
            ranked = found;
            redraw();
        }
    }

    /** Draws one channel, or all that prefer an angle together. */
    void draw(TuningDrawing.Kind other) {
        kind = other;
        redraw();
    }

    /**
     * Says what will be here.
     *
     * @param looking whether answers are being found
     * @param offered whether a person can ask for them, or stop the asking
     */
    void tell(boolean looking, boolean offered) {
        isLooking = looking;
        isOffered = offered;
        redraw();
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        Rectangle client = getClientArea();
        gc.setBackground(palette.background());
        gc.fillRectangle(client);
        if (tuned == null) {
            gc.setForeground(palette.muted());
            gc.drawText(isOffered ? "What the layer answers to all of these is drawn here." : LOOKING, 8, 8,
                    SWT.DRAW_TRANSPARENT);
            return;
        }
        Marks.paint(gc, marks(palette, client));
        if (isLooking) {
            gc.setForeground(palette.muted());
            gc.drawText(LOOKING, 4, client.height - gc.getFontMetrics().getHeight(), SWT.DRAW_TRANSPARENT);
        }
    }

    private List<Mark> marks(Palette palette, Rectangle client) {
        int unit = channel < tuned.units().size() ? channel : -1;
        return TuningDrawing.of(tuned, unit, kind, palette, client.width, client.height, unit >= 0 && ranked != null
                && ranked.unit().equals(tuned.units().get(unit)) ? ranked.strong() : OptionalDouble.empty());
    }

    /** What is drawn, to be taken out of the workbench; nothing where there are no answers. */
    Optional<TuningExport> export(String network) {
        Palette palette = Palette.of(this);
        Rectangle client = getClientArea();
        return Optional.ofNullable(tuned).map(shown -> new TuningExport(network, shown, marks(palette, client), client.width,
                client.height, palette.back()));
    }
}
