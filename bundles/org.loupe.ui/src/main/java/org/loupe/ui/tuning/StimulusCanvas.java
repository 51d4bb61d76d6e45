package org.loupe.ui.tuning;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.loupe.core.Batch;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.Pictures;

/** The stimulus as the network sees it. */
final class StimulusCanvas extends Canvas {

    /** Pixels of the screen, a side. */
    static final int SIDE = 128;

    private Image picture;

    StimulusCanvas(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_FOCUS);
        setToolTipText("The stimulus as the network sees it");
        addPaintListener(event -> paint(event.gc));
        addDisposeListener(event -> forget());
    }

    /** Shows another stimulus, the first picture of a batch. */
    void show(Batch stimulus) {
        forget();
        picture = new Image(getDisplay(), larger(Pictures.data(stimulus, 0)));
        redraw();
    }

    private void forget() {
        if (picture != null) {
            picture.dispose();
            picture = null;
        }
    }

    /** The picture with pixels that are whole, as large as there is room. */
    private static ImageData larger(ImageData data) {
        int times = Math.max(1, SIDE / Math.max(data.width, data.height));
        return data.width > SIDE || data.height > SIDE ? data.scaledTo(SIDE * data.width / Math.max(data.width, data.height),
                SIDE * data.height / Math.max(data.width, data.height)) : data.scaledTo(data.width * times,
                        data.height * times);
    }

    private void paint(GC gc) {
        Rectangle client = getClientArea();
        gc.setBackground(Palette.of(this).background());
        gc.fillRectangle(client);
        if (picture != null) {
            Rectangle size = picture.getBounds();
            gc.drawImage(picture, (client.width - size.width) / 2, (client.height - size.height) / 2);
        }
    }
}
