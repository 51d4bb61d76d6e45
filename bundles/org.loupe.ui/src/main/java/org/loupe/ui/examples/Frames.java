package org.loupe.ui.examples;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.swt.graphics.ImageData;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.ui.widgets.Pictures;

/** Pictures as networks see them; those that were looked at last are kept. May be used from several threads. */
final class Frames {

    private static final long MOST_BYTES = 48L << 20;

    private final Map<Key, ImageData> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private record Key(PictureSet set, Frame frame, int picture) {
    }

    /**
     * A picture of a set.
     *
     * @throws PictureException when it cannot be read any more
     */
    ImageData picture(PictureSet set, Frame frame, int picture) throws PictureException {
        Key key = new Key(set, frame, picture);
        synchronized (kept) {
            ImageData known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        ImageData read = Pictures.data(set.read(picture, frame), 0);
        synchronized (kept) {
            if (kept.put(key, read) == null) {
                bytes += read.data.length;
            }
            var oldest = kept.values().iterator();
            while (bytes > MOST_BYTES && oldest.hasNext()) {
                bytes -= oldest.next().data.length;
                oldest.remove();
            }
        }
        return read;
    }

    /** The part of a picture. */
    static ImageData part(ImageData picture, int top, int left, int rows, int columns) {
        ImageData part = new ImageData(Math.max(1, columns), Math.max(1, rows), 24, picture.palette);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(picture.data, (top + row) * picture.bytesPerLine + 3 * left, part.data,
                    row * part.bytesPerLine, 3 * columns);
        }
        return part;
    }
}
