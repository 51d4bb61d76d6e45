package org.loupe.formats.picture;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;

/** The pictures that releng/zoo/pictures.py makes, and what Pillow reads from each. */
final class Samples {

    static final int ROWS = 12;
    static final int COLUMNS = 20;

    static final List<String> NAMES = List.of("rgb.png", "alpha.png", "grey.png", "grey-alpha.png", "bits.png",
            "palette.png", "palette-alpha.png", "turned.png", "grey16.png", "rgb16.png", "alpha16.png", "key.png",
            "interlaced.png", "rgb.jpg", "full-colour.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg", "ycck.jpg",
            "rgb-stored.jpg", "srgb-profile.jpg", "no-jpeg-by-name.png", "turned1.jpg", "turned2.jpg", "turned3.jpg",
            "turned4.jpg", "turned5.jpg", "turned6.jpg", "turned7.jpg", "turned8.jpg", "lossless.webp",
            "lossless-alpha.webp", "lossy.webp", "lossy-alpha.webp", "turned.webp", "moving.webp", "rgb.bmp", "palette.bmp",
            "bits.bmp", "masks.bmp", "runs.bmp", "palette.gif", "interlaced.gif", "alpha.gif", "moving.gif");

    private Samples() {
    }

    /** What Pillow reads: (row, column, channel) from 0 to 255. */
    record Reference(int rows, int columns, byte[] colours) {

        static Reference of(String name) {
            byte[] file = bytes(name + ".rgb");
            byte[] colours = new byte[file.length - 2];
            System.arraycopy(file, 2, colours, 0, colours.length);
            return new Reference(file[0], file[1], colours);
        }

        double at(int channel, int row, int column) {
            return colours[(row * columns + column) * 3 + channel] & 255;
        }
    }

    static byte[] bytes(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/pictures/" + name)) {
            return in.readAllBytes();
        } catch (IOException problem) {
            throw new AssertionError(name, problem);
        }
    }

    static Frame frame(int rows, int columns) {
        return new Frame(3, rows, columns, Fitting.AS_IS, Frame.WHITE);
    }

    /** Colours from 0 to 1 in the order (channel, row, column). */
    static float[] decoded(Decoder decoder, byte[] file, int rows, int columns) throws PictureException {
        float[] values = new float[3 * rows * columns];
        decoder.decode(file, frame(rows, columns), values, 0);
        return values;
    }
}
