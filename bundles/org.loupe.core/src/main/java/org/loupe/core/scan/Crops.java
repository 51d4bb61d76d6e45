package org.loupe.core.scan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.loupe.core.Batch;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;

/**
 * What positions of a layer see of a picture, as frames of one size: that of a position in the middle of the map. Where a
 * position looks beyond the edge of its picture, its frame stays empty. Not for several threads at once.
 */
public final class Crops {

    private final Network network;
    private final Tap tap;
    private final ReceptiveField middle;
    private final Map<Long, Crop> known = new HashMap<>();

    /**
     * A part of a picture and where it lies in its frame.
     *
     * @param field the part
     * @param down  rows of the frame above it that lie beyond the picture
     * @param right columns of the frame before it that lie beyond the picture
     */
    public record Crop(ReceptiveField field, int down, int right) {
    }

    /**
     * Crops for the positions of a tap.
     *
     * @throws org.loupe.core.network.NetworkException when the network has no such tap
     */
    public Crops(Network network, Tap tap) {
        this.network = network;
        this.tap = tap;
        Shape picture = network.input().shape();
        Shape map = network.shapes(picture.rows(), picture.columns()).get(network.source(tap));
        this.middle = ReceptiveField.of(network, tap, map.rows() / 2, map.columns() / 2);
    }

    /** Height of a frame in pixels. */
    public int rows() {
        return middle.rows();
    }

    /** Width of a frame in pixels. */
    public int columns() {
        return middle.columns();
    }

    /**
     * What a position sees.
     *
     * @throws org.loupe.core.network.NetworkException when the tap has no such position
     */
    public Crop of(int row, int column) {
        return known.computeIfAbsent((long) row << Integer.SIZE | column, key -> {
            ReceptiveField field = ReceptiveField.of(network, tap, row, column);
            // A part that the upper or left edge cuts off lies at the lower or right end of its frame.
            return new Crop(field, field.top() == 0 ? Math.max(0, rows() - field.rows()) : 0,
                    field.left() == 0 ? Math.max(0, columns() - field.columns()) : 0);
        });
    }

    /**
     * What a position sees of a picture, on white where that is beyond the edge.
     *
     * @param picture one image of the size of the network's input
     * @return of the size of a frame
     */
    public Batch cut(Batch picture, int row, int column) {
        Crop crop = of(row, column);
        Batch frame = Batch.zeros(1, picture.channels(), rows(), columns());
        Arrays.fill(frame.values(), 1);
        for (int channel = 0; channel < picture.channels(); channel++) {
            for (int r = 0; r < Math.min(crop.field.rows(), rows() - crop.down); r++) {
                for (int c = 0; c < Math.min(crop.field.columns(), columns() - crop.right); c++) {
                    frame.values()[frame.index(0, channel, crop.down + r, crop.right + c)] =
                            picture.at(0, channel, crop.field.top() + r, crop.field.left() + c);
                }
            }
        }
        return frame;
    }
}
