package org.loupe.core.scan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.network.Gaze;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;

/**
 * What positions of a layer see of a picture, or what they {@linkplain #effective really look at}, as frames of one size:
 * that of a position in the middle of the map. Where a position looks beyond the edge of its picture, its frame stays empty.
 * Not for several threads at once.
 */
public final class Crops {

    private final Network network;
    private final Tap tap;
    private final ReceptiveField middle;
    private final Optional<Gaze> gaze;
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
        Shape map = map(network, tap);
        this.middle = ReceptiveField.of(network, tap, map.rows() / 2, map.columns() / 2);
        this.gaze = Optional.empty();
    }

    private Crops(Network network, Tap tap, ReceptiveField middle, Gaze gaze) {
        this.network = network;
        this.tap = tap;
        this.middle = middle;
        this.gaze = Optional.of(gaze);
    }

    /**
     * Crops at what positions really look at: at each the part around its gaze that the one in the middle of the map has
     * around its own.
     *
     * @param found the {@linkplain EffectiveFields.Field#effective effective field} of the position in the middle; where it is
     *              empty, for there was no gradient, crops are those at what positions can see
     * @throws org.loupe.core.network.NetworkException when the network has no such tap
     */
    public static Crops effective(Network network, Tap tap, ReceptiveField found) {
        if (found.rows() <= 0 || found.columns() <= 0) {
            return new Crops(network, tap);
        }
        Shape map = map(network, tap);
        Unit.Position middle = new Unit(tap.layer(), 0).at(Unit.CENTRE).position(map.rows(), map.columns()).orElseThrow();
        return new Crops(network, tap, found, Gaze.of(network, tap, middle.row(), middle.column()));
    }

    private static Shape map(Network network, Tap tap) {
        Shape picture = network.input().shape();
        return network.shapes(picture.rows(), picture.columns()).get(network.source(tap));
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
     * What a position sees, or looks at.
     *
     * @throws org.loupe.core.network.NetworkException when the tap has no such position
     */
    public Crop of(int row, int column) {
        return known.computeIfAbsent((long) row << Integer.SIZE | column, key -> {
            if (gaze.isPresent()) {
                return moved(Gaze.of(network, tap, row, column), gaze.get());
            }
            ReceptiveField field = ReceptiveField.of(network, tap, row, column);
            // A part that the upper or left edge cuts off lies at the lower or right end of its frame.
            return new Crop(field, field.top() == 0 ? Math.max(0, rows() - field.rows()) : 0,
                    field.left() == 0 ? Math.max(0, columns() - field.columns()) : 0);
        });
    }

    /** The part that lies around a gaze as that of the middle does around its own, cut off at the edges of the picture. */
    private Crop moved(Gaze to, Gaze from) {
        int down = (int) Math.round(to.row() - from.row());
        int right = (int) Math.round(to.column() - from.column());
        Shape picture = network.input().shape();
        int top = Math.max(0, middle.top() + down);
        int left = Math.max(0, middle.left() + right);
        return new Crop(new ReceptiveField(top, left, Math.min(picture.rows() - 1, middle.bottom() + down),
                Math.min(picture.columns() - 1, middle.right() + right)), top - middle.top() - down,
                left - middle.left() - right);
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
