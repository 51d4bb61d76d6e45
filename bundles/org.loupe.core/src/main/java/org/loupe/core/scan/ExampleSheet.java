package org.loupe.core.scan;

import java.util.Arrays;
import java.util.List;
import org.loupe.core.Batch;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;

/**
 * What positions of a layer see of pictures, or look at, side by side. Each part is enlarged by the same whole number; where a position
 * looks beyond the edge of its picture, the sheet stays empty.
 */
public final class ExampleSheet {

    private static final int LEAST_SIZE = 64;
    private static final int GAP = 4;

    private final Network network;
    private final Crops crops;
    private final int scale;

    /**
     * A sheet for examples of one layer.
     *
     * @param crops what its positions see or look at
     */
    public ExampleSheet(Network network, Crops crops) {
        this.network = network;
        this.crops = crops;
        this.scale = Math.max(1, (LEAST_SIZE + crops.rows() - 1) / Math.max(1, crops.rows()));
    }

    /**
     * Draws examples.
     *
     * @param fitting how the pictures were made to fit when the network saw them
     * @param lines   a line of the sheet each; at least one of them has an example
     * @return one picture, colours from 0 to 1, of as many channels as the network's
     * @throws PictureException when a picture cannot be read any more
     */
    public Batch draw(PictureSet pictures, Fitting fitting, List<List<Example>> lines) throws PictureException {
        Shape input = network.input().shape();
        int across = lines.stream().mapToInt(List::size).max().orElse(0);
        int height = crops.rows() * scale + GAP;
        int width = crops.columns() * scale + GAP;
        Batch sheet = Batch.zeros(1, input.channels(), lines.size() * height + GAP, across * width + GAP);
        Arrays.fill(sheet.values(), 1);
        for (int line = 0; line < lines.size(); line++) {
            for (int i = 0; i < lines.get(line).size(); i++) {
                Example example = lines.get(line).get(i);
                Batch picture = pictures.read(example.picture(), Frame.of(input, fitting));
                draw(picture, crops.of(example.row(), example.column()), sheet, GAP + line * height, GAP + i * width);
            }
        }
        return sheet;
    }

    private void draw(Batch picture, Crops.Crop crop, Batch sheet, int top, int left) {
        ReceptiveField field = crop.field();
        for (int row = 0; row < Math.min(field.rows(), crops.rows()) * scale; row++) {
            for (int column = 0; column < Math.min(field.columns(), crops.columns()) * scale; column++) {
                for (int channel = 0; channel < sheet.channels(); channel++) {
                    sheet.values()[sheet.index(0, channel, top + crop.down() * scale + row,
                            left + crop.right() * scale + column)] =
                                    picture.at(0, channel, field.top() + row / scale, field.left() + column / scale);
                }
            }
        }
    }
}
