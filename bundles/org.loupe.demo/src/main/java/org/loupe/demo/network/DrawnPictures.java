package org.loupe.demo.network;

import java.util.stream.IntStream;
import org.loupe.core.train.TrainingPictures;
import org.loupe.demo.pictures.LabelledPicture;
import org.loupe.demo.pictures.PictureGenerator;

/** Drawn pictures to learn from; head 0 is their class, head 1 their {@link FineLabel}. Keeps 12 KiB for each. */
final class DrawnPictures implements TrainingPictures {

    private final byte[][] colours;
    private final int[][] labels;

    /** Draws so many pictures, from a seed on. */
    DrawnPictures(long firstSeed, int count) {
        PictureGenerator generator = new PictureGenerator();
        colours = new byte[count][];
        labels = new int[count][];
        IntStream.range(0, count).parallel().forEach(index -> {
            LabelledPicture picture = generator.picture(firstSeed + index);
            colours[index] = picture.colours();
            labels[index] = new int[] {picture.pictureClass().ordinal(), FineLabel.of(picture)};
        });
    }

    @Override
    public int size() {
        return colours.length;
    }

    @Override
    public void picture(int index, float[] values) {
        byte[] picture = colours[index];
        for (int i = 0; i < picture.length; i++) {
            values[i] = (picture[i] & 255) / 255f;
        }
    }

    @Override
    public int label(int index, int head) {
        return labels[index][head];
    }
}
