package org.loupe.demo.pictures;

import java.util.List;
import org.loupe.core.Batch;

/**
 * A drawn picture with its ground truth. Immutable by agreement: nobody writes into the arrays.
 *
 * @param seed         what it was drawn from
 * @param pictureClass what is on it
 * @param facts        what was decided when it was drawn
 * @param boxes        where parts were drawn, in order
 * @param colours      3 x 64 x 64 unsigned bytes in the order (channel, row, column): red, green, blue
 * @param parts        64 x 64 numbers of parts ({@link Part#ordinal()}) in the order (row, column)
 */
public record LabelledPicture(long seed, PictureClass pictureClass, Facts facts, List<PartBox> boxes, byte[] colours,
        byte[] parts) {

    /** Rows and columns of every picture. */
    public static final int SIZE = Canvas.SIZE;

    private static final Part[] PARTS = Part.values();

    public LabelledPicture {
        boxes = List.copyOf(boxes);
    }

    /** The part that a pixel belongs to. */
    public Part partAt(int row, int column) {
        return PARTS[parts[row * SIZE + column]];
    }

    /** Writes the colours, from 0 to 1, as one image of a batch of shape (images, 3, 64, 64). */
    public void writeTo(Batch batch, int image) {
        int at = batch.offset(image, 0);
        for (int i = 0; i < colours.length; i++) {
            batch.values()[at + i] = (colours[i] & 255) / 255f;
        }
    }
}
