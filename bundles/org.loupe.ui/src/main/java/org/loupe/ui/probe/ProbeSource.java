package org.loupe.ui.probe;

import java.io.IOException;
import java.util.Locale;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.RGB;
import org.loupe.core.Batch;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Pixels;
import org.loupe.core.picture.Resampling;
import org.loupe.platform.Laboratory;
import org.loupe.platform.PictureSets;

/** Where the picture that is probed comes from. */
sealed interface ProbeSource {

    /** What a person calls it. */
    String label();

    /** By which the {@code probe} command finds it again; empty where it cannot. */
    String spelling();

    /**
     * Reads the picture, in the background.
     *
     * @throws IOException              when it cannot be read, with the reason
     * @throws IllegalArgumentException when there is no such picture
     */
    Batch read(Laboratory laboratory, Frame frame) throws IOException;

    /** A file, or whatever else {@link PictureSets#openOne} understands. */
    record Named(String spelling) implements ProbeSource {
        @Override
        public String label() {
            return spelling.substring(spelling.lastIndexOf('/') + 1);
        }

        @Override
        public Batch read(Laboratory laboratory, Frame frame) throws IOException {
            try (PictureSet one = new PictureSets(laboratory.registry()).openOne(spelling)) {
                return one.read(0, frame);
            }
        }
    }

    /**
     * A picture of a set.
     *
     * @param set  name, folder or file of the set
     * @param name of the picture
     */
    record OfSet(String set, int index, String name) implements ProbeSource {
        @Override
        public String label() {
            return name;
        }

        @Override
        public String spelling() {
            return set + ":" + index;
        }

        @Override
        public Batch read(Laboratory laboratory, Frame frame) throws IOException {
            return laboratory.pictures(set).read(index, frame);
        }
    }

    /** A picture from the clipboard. */
    record Pasted(ImageData picture) implements ProbeSource {

        private static final float FULL = 255;

        @Override
        public String label() {
            return String.format(Locale.ROOT, "pasted, %d × %d", picture.height, picture.width);
        }

        @Override
        public String spelling() {
            return "";
        }

        @Override
        public Batch read(Laboratory laboratory, Frame frame) {
            Batch batch = Batch.zeros(1, frame.channels(), frame.rows(), frame.columns());
            Resampling.fit(new Pixels() {
                @Override
                public int rows() {
                    return picture.height;
                }

                @Override
                public int columns() {
                    return picture.width;
                }

                @Override
                public void read(int row, float[] colours) {
                    for (int column = 0; column < picture.width; column++) {
                        RGB colour = picture.palette.getRGB(picture.getPixel(column, row));
                        float opacity = picture.alphaData == null ? 1 : picture.getAlpha(column, row) / FULL;
                        colours[3 * column] = over(colour.red, opacity);
                        colours[3 * column + 1] = over(colour.green, opacity);
                        colours[3 * column + 2] = over(colour.blue, opacity);
                    }
                }
            }, frame, batch.values(), 0);
            return batch;
        }

        /** On white. */
        private static float over(int level, float opacity) {
            return opacity * level / FULL + 1 - opacity;
        }
    }
}
