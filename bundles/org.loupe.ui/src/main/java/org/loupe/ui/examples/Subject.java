package org.loupe.ui.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.swt.graphics.ImageData;
import org.loupe.core.Unit;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.ChannelScan;
import org.loupe.core.scan.Crops;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.ReceptiveField;
import org.loupe.platform.StoredScans;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.examples.CropGrid.Cell;
import org.loupe.ui.widgets.Texts;

/**
 * A unit with what a stored scan says of it.
 *
 * @param unit          the unit
 * @param set           the pictures
 * @param stored        the scan
 * @param after         what comes out of the layer
 * @param degrees       all pictures by that
 * @param signed        what goes into the layer's nonlinearity, where it has one; the same as {@code after} elsewhere
 * @param signedDegrees all pictures by that
 * @param tap           where {@code signed} was read
 * @param crops         what positions see
 * @param frame         how pictures were made to fit
 */
record Subject(UnitInNetwork unit, PictureSet set, StoredScans.Stored stored, ChannelScan after, Degrees degrees,
        ChannelScan signed, Degrees signedDegrees, Tap tap, Crops crops, Frame frame) {

    private static final double PERCENT = 100;

    /** The whole channel, which is what was scanned. */
    String channel() {
        return unit.unit().at(Unit.EVERYWHERE).toString();
    }

    /** What an example is called below its picture: its activation. */
    static String caption(Example example) {
        return Texts.number(example.value());
    }

    /** A cell for an example; its activation is told as a share of the pictures, too. */
    Cell cell(Example example) {
        return new Cell(caption(example), description(example, degrees));
    }

    /** Everything about an example, in words. */
    String description(Example example, Degrees all) {
        Picture picture = set.pictures().get(example.picture());
        return "Activation " + Texts.number(example.value()) + ", more than in " + percent(all.share(example.value()))
                + " of the pictures; row " + example.row() + ", column " + example.column() + " of " + picture.name()
                + (picture.isLabelled() ? " (" + set.classes().get(picture.label()) + ")" : "");
    }

    /**
     * Everything about one of all positions, in words.
     *
     * @param step what is to be said of the step that it was drawn from
     */
    String descriptionOfPosition(Example example, String step) {
        Picture picture = set.pictures().get(example.picture());
        return "Activation " + Texts.number(example.value()) + "; " + step + "; row " + example.row() + ", column "
                + example.column() + " of " + picture.name()
                + (picture.isLabelled() ? " (" + set.classes().get(picture.label()) + ")" : "");
    }

    /** A share, exact enough to tell the strongest pictures from all. */
    static String percent(double share) {
        double percent = PERCENT * share;
        if (percent == 0 || percent == PERCENT) {
            return (int) percent + " %";
        }
        return String.format(Locale.ROOT, percent > 99 || percent < 1 ? "%.2f %%" : "%.1f %%", percent);
    }

    /** What an example's position sees; nothing where the picture cannot be read any more. */
    Optional<Tile> tile(Frames frames, Example example) {
        return tile(frames, crops, example);
    }

    private Optional<Tile> tile(Frames frames, Crops cut, Example example) {
        try {
            ImageData picture = frames.picture(set, frame, example.picture());
            Crops.Crop crop;
            synchronized (cut) {
                crop = cut.of(example.row(), example.column());
            }
            ReceptiveField field = crop.field();
            int rows = Math.min(field.rows(), cut.rows());
            int columns = Math.min(field.columns(), cut.columns());
            return Optional.of(new Tile(Frames.part(picture, field.top(), field.left(), rows, columns), cut.rows(),
                    cut.columns(), crop.down(), crop.right()));
        } catch (PictureException gone) {
            return Optional.empty();
        }
    }

    /**
     * What the positions of several examples see, read side by side; {@code null} where there is none.
     *
     * @param cut what positions see, or what they look at
     */
    List<Tile> tiles(Frames frames, Crops cut, List<Example> examples) {
        return new ArrayList<>(IntStream.range(0, examples.size()).parallel()
                .mapToObj(i -> examples.get(i) == null ? null : tile(frames, cut, examples.get(i)).orElse(null)).toList());
    }

}
