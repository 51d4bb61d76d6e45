package org.loupe.demo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.demo.pictures.LabelledPicture;
import org.loupe.demo.pictures.PictureClass;
import org.loupe.demo.pictures.PictureGenerator;

class FineLabelTest {

    @Test
    void everyPictureHasAFineLabelAndEveryLabelPictures() {
        Set<Integer> seen = new HashSet<>();
        PictureGenerator generator = new PictureGenerator();
        for (int seed = 0; seed < 2040; seed++) {
            LabelledPicture picture = generator.picture(seed);
            int label = FineLabel.of(picture);
            assertTrue(label >= 0, "No label for " + FineLabel.name(picture.pictureClass(), picture.facts()));
            seen.add(label);
        }
        assertEquals(FineLabel.count(), seen.size());
    }

    @Test
    void picturesToLearnFromKnowBothLabels() {
        DrawnPictures pictures = new DrawnPictures(100, 34);
        PictureGenerator generator = new PictureGenerator();
        float[] values = new float[3 * 64 * 64];
        for (int index = 0; index < pictures.size(); index++) {
            LabelledPicture picture = generator.picture(100 + index);
            assertEquals(picture.pictureClass(), PictureClass.values()[pictures.label(index, 0)]);
            assertEquals(FineLabel.of(picture), pictures.label(index, 1));
            pictures.picture(index, values);
            assertEquals((picture.colours()[5000] & 255) / 255f, values[5000]);
        }
    }
}
