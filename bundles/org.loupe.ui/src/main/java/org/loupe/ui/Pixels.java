package org.loupe.ui;

import org.eclipse.swt.graphics.Device;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageDataProvider;
import org.eclipse.swt.graphics.PaletteData;

/** Brings pictures to the pixels of the screen. */
public final class Pixels {

    private static final PaletteData COLOURS = new PaletteData(0xff0000, 0xff00, 0xff);

    private Pixels() {
    }

    /**
     * Scales a 24-bit picture smoothly: by the cubic of Mitchell and Netravali 1988, which neither rings nor shows
     * steps, widened where the picture shrinks, so that nothing is skipped.
     */
    public static ImageData scaled(ImageData picture, int width, int height) {
        if (picture.width == width && picture.height == height) {
            return picture;
        }
        float[] values = new float[picture.height * picture.width * 3];
        for (int row = 0; row < picture.height; row++) {
            for (int i = 0; i < 3 * picture.width; i++) {
                values[row * 3 * picture.width + i] = picture.data[row * picture.bytesPerLine + i] & 0xff;
            }
        }
        float[] wide = along(values, picture.height, picture.width, 3, width);
        float[] whole = along(wide, 1, picture.height, 3 * width, height);
        ImageData scaled = new ImageData(width, height, 24, COLOURS);
        for (int row = 0; row < height; row++) {
            for (int i = 0; i < 3 * width; i++) {
                scaled.data[row * scaled.bytesPerLine + i] = (byte) level(whole[row * 3 * width + i]);
            }
        }
        return scaled;
    }

    /**
     * An image that fills a square of the given size, at whatever zoom the screen has, with the picture's own
     * proportions. The caller disposes of it.
     *
     * @param size length of the longer side, in points
     */
    public static Image image(Device device, ImageData picture, int size) {
        int longer = Math.max(picture.width, picture.height);
        return new Image(device, (ImageDataProvider) zoom -> {
            double factor = size * zoom / 100.0 / longer;
            return scaled(picture, Math.max(1, (int) Math.round(picture.width * factor)),
                    Math.max(1, (int) Math.round(picture.height * factor)));
        });
    }

    /** Scales the middle dimension of an array of the shape (outer, length, inner). */
    private static float[] along(float[] values, int outer, int length, int inner, int target) {
        float[] scaled = new float[outer * target * inner];
        double step = (double) length / target;
        double width = Math.max(1, step);
        for (int to = 0; to < target; to++) {
            double centre = (to + 0.5) * step - 0.5;
            int first = (int) Math.ceil(centre - 2 * width);
            float[] weights = new float[(int) Math.floor(centre + 2 * width) - first + 1];
            float sum = 0;
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) cubic(Math.abs(first + i - centre) / width);
                sum += weights[i];
            }
            for (int i = 0; i < weights.length; i++) {
                float weight = weights[i] / sum;
                int from = Math.min(length - 1, Math.max(0, first + i));
                for (int o = 0; o < outer; o++) {
                    int source = (o * length + from) * inner;
                    int goal = (o * target + to) * inner;
                    for (int n = 0; n < inner; n++) {
                        scaled[goal + n] += weight * values[source + n];
                    }
                }
            }
        }
        return scaled;
    }

    private static double cubic(double distance) {
        if (distance < 1) {
            return (16 + distance * distance * (21 * distance - 36)) / 18;
        }
        return distance < 2 ? (32 + distance * (-60 + distance * (36 - 7 * distance))) / 18 : 0;
    }

    private static int level(float value) {
        return Math.min(255, Math.max(0, Math.round(value)));
    }
}
