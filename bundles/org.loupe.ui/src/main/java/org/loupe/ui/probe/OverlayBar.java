package org.loupe.ui.probe;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;
import org.loupe.core.Batch;
import org.loupe.core.image.Overlay;
import org.loupe.ui.widgets.Pictures;

/** Where a person says what is laid over the picture, and how. */
final class OverlayBar extends Composite {

    private static final int SIDE = 256;
    private static final double PERCENT = 100;
    private static final int USUAL_OPACITY = 70;

    private final Combo kind;
    private final Scale opacity;
    private final Button smooth;

    /** What is laid over a picture. */
    enum Kind {
        ACTIVATION("activation of the selected unit"),
        ATTRIBUTION("attribution"),
        GRID("activation grid");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /**
     * @param chosen  is told that something else is to be laid over
     * @param changed is told that the same is to look otherwise
     */
    OverlayBar(Composite parent, Consumer<Kind> chosen, Runnable changed) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(4).spacing(4, 0).margins(4, 0).applyTo(this);
        kind = new Combo(this, SWT.DROP_DOWN | SWT.READ_ONLY);
        for (Kind one : Kind.values()) {
            kind.add(one.words);
        }
        kind.setToolTipText("What is laid over the picture");
        kind.select(0);
        new Label(this, SWT.NONE).setText("Opacity");
        opacity = new Scale(this, SWT.HORIZONTAL);
        opacity.setMaximum((int) PERCENT);
        opacity.setSelection(USUAL_OPACITY);
        opacity.setToolTipText("How much of the picture the full colour covers");
        opacity.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> changed.run()));
        GridDataFactory.fillDefaults().hint(SIDE / 2, SWT.DEFAULT).applyTo(opacity);
        smooth = new Button(this, SWT.CHECK);
        smooth.setText("Smooth");
        smooth.setToolTipText("Interpolate between positions instead of drawing each as a rectangle");
        smooth.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> changed.run()));
        kind.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> {
            opacity.setEnabled(kind() != Kind.GRID);
            smooth.setEnabled(kind() != Kind.GRID);
            chosen.accept(kind());
        }));
    }

    /** What is laid over the picture. */
    Kind kind() {
        return Kind.values()[kind.getSelectionIndex()];
    }

    /**
     * Shows a picture with a map over it, enlarged where it is small.
     *
     * @param map    of shape (1, 1, row, column); nothing shows the picture alone
     * @param legend says what the map is
     */
    void lay(ProbeCanvas canvas, Batch picture, Optional<Batch> map, Supplier<String> legend) {
        map.ifPresentOrElse(one -> canvas.setLegend(legend.get(), Overlay.largest(one), isSigned(one)),
                () -> canvas.setLegend("", 0, false));
        Batch shown = map.map(one -> over(picture, one)).orElse(picture);
        canvas.show(Pictures.data(shown, 0), picture.rows(), picture.columns());
    }

    private Batch over(Batch picture, Batch map) {
        int times = Math.max(1, SIDE / Math.max(picture.rows(), picture.columns()));
        return Overlay.of(map, opacity.getSelection() / PERCENT, smooth.getSelection()).over(picture, map, times);
    }

    private static boolean isSigned(Batch map) {
        for (float value : map.values()) {
            if (value < 0) {
                return true;
            }
        }
        return false;
    }
}
