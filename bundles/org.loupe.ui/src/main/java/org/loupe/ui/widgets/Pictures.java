package org.loupe.ui.widgets;

import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.ImageTransfer;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.Device;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.widgets.Display;
import org.loupe.core.Batch;

/** Arrays as images of the window system, value for pixel. */
public final class Pictures {

    private static final PaletteData DIRECT = new PaletteData(0xFF0000, 0xFF00, 0xFF);
    private static final int GREY = 1;
    private static final int COLOURS = 3;
    private static final int COLOURS_AND_ALPHA = 4;

    private Pictures() {
    }

    /**
     * One picture of a batch, pixel for value; any thread may ask.
     *
     * @param pictures shape (image, channel, row, column), values from 0 to 1 (others are cut off); 1 channel is
     *                 grey, 3 are red, green and blue, a fourth is opacity
     * @throws IllegalArgumentException when the channels are no colours
     */
    public static ImageData data(Batch pictures, int image) {
        int channels = pictures.channels();
        if (channels != GREY && channels != COLOURS && channels != COLOURS_AND_ALPHA) {
            throw new IllegalArgumentException("An array of shape " + pictures + " is no picture: a picture has 1, 3 or"
                    + " 4 channels");
        }
        ImageData data = new ImageData(pictures.columns(), pictures.rows(), 24, DIRECT);
        int green = channels == GREY ? 0 : 1;
        int blue = channels == GREY ? 0 : 2;
        for (int row = 0; row < pictures.rows(); row++) {
            for (int column = 0; column < pictures.columns(); column++) {
                data.setPixel(column, row, level(pictures.at(image, 0, row, column)) << 16
                        | level(pictures.at(image, green, row, column)) << 8
                        | level(pictures.at(image, blue, row, column)));
                if (channels == COLOURS_AND_ALPHA) {
                    data.setAlpha(column, row, level(pictures.at(image, COLOURS, row, column)));
                }
            }
        }
        return data;
    }

    /** One picture of a batch as an image, which the caller disposes of. */
    public static Image image(Device device, Batch pictures, int image) {
        return new Image(device, data(pictures, image));
    }

    /** Puts a picture and its name on the clipboard: whoever pastes takes the one or the other. */
    public static void copy(Display display, ImageData picture, String name) {
        Clipboard clipboard = new Clipboard(display);
        try {
            clipboard.setContents(new Object[] {picture, name},
                    new Transfer[] {ImageTransfer.getInstance(), TextTransfer.getInstance()});
        } finally {
            clipboard.dispose();
        }
    }

    private static int level(float value) {
        return Math.round(255 * Math.max(0, Math.min(1, value)));
    }
}
