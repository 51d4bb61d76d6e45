package org.loupe.core.scan;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Session;
import org.loupe.core.image.HeatMap;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;

/**
 * Whole pictures side by side, each with a channel's activations laid over it, and the part outlined that the example's
 * position sees or looks at.
 */
public final class OverlaySheet {

    private static final int GAP = 4;
    private static final int LEAST_SIZE = 128;

    private final Session session;
    private final Tap tap;
    private final int channel;
    private final Crops crops;

    /**
     * A sheet for one channel; the session stays open.
     *
     * @param crops what positions of the tap see or look at
     */
    public OverlaySheet(Session session, Tap tap, int channel, Crops crops) {
        this.session = session;
        this.tap = tap;
        this.channel = channel;
        this.crops = crops;
    }

    /**
     * Draws examples.
     *
     * @param fitting how the pictures were made to fit when the network saw them
     * @param full    the size of an activation in full colour, greater than 0
     * @param across  how many pictures in a row
     * @return one picture of 3 channels, colours from 0 to 1
     * @throws PictureException when a picture cannot be read any more
     */
    public Batch draw(PictureSet pictures, Fitting fitting, List<Example> examples, double full, int across)
            throws PictureException {
        Shape input = session.network().input().shape();
        int scale = Math.max(1, LEAST_SIZE / Math.max(input.rows(), input.columns()));
        int height = input.rows() * scale + GAP;
        int width = input.columns() * scale + GAP;
        int columns = Math.min(across, examples.size());
        int lines = (examples.size() + across - 1) / across;
        Batch sheet = Batch.zeros(1, 3, lines * height + GAP, columns * width + GAP);
        Arrays.fill(sheet.values(), 1);
        for (int i = 0; i < examples.size(); i++) {
            Example example = examples.get(i);
            Batch picture = pictures.read(example.picture(), Frame.of(input, fitting));
            Batch maps = session.activations(picture, Set.of(tap)).at(tap);
            Batch overlaid = HeatMap.over(picture, HeatMap.resampled(maps, 0, channel, picture.rows(), picture.columns()),
                    full);
            ReceptiveField field = crops.of(example.row(), example.column()).field();
            draw(overlaid, field, scale, sheet, GAP + i / across * height, GAP + i % across * width);
        }
        return sheet;
    }

    private static void draw(Batch picture, ReceptiveField field, int scale, Batch sheet, int top, int left) {
        for (int row = 0; row < picture.rows() * scale; row++) {
            for (int column = 0; column < picture.columns() * scale; column++) {
                boolean outline = isOutline(field, scale, row, column);
                for (int colour = 0; colour < 3; colour++) {
                    sheet.values()[sheet.index(0, colour, top + row, left + column)] =
                            outline ? 1 : picture.at(0, colour, row / scale, column / scale);
                }
            }
        }
    }

    private static boolean isOutline(ReceptiveField field, int scale, int row, int column) {
        int top = field.top() * scale;
        int bottom = (field.bottom() + 1) * scale - 1;
        int left = field.left() * scale;
        int right = (field.right() + 1) * scale - 1;
        return row >= top && row <= bottom && column >= left && column <= right
                && (row == top || row == bottom || column == left || column == right);
    }
}
