package org.loupe.ui.widgets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.RGB;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;

class PicturesTest {

    @Test
    void coloursAreRedGreenBlueAndCutOff() {
        Batch batch = new Batch(2, 3, 1, 2, new float[] {0, 0, 0, 0, 0, 0, 1, 2, 0.5f, -1, 0, 0.2f});
        ImageData picture = Pictures.data(batch, 1);
        assertEquals(new RGB(255, 128, 0), picture.palette.getRGB(picture.getPixel(0, 0)));
        assertEquals(new RGB(255, 0, 51), picture.palette.getRGB(picture.getPixel(1, 0)));
        assertNull(picture.alphaData);
    }

    @Test
    void aSingleChannelIsGrey() {
        ImageData picture = Pictures.data(new Batch(1, 1, 2, 1, new float[] {0, 1}), 0);
        assertEquals(2, picture.height);
        assertEquals(new RGB(255, 255, 255), picture.palette.getRGB(picture.getPixel(0, 1)));
    }

    @Test
    void aFourthChannelIsOpacity() {
        ImageData picture = Pictures.data(new Batch(1, 4, 1, 1, new float[] {0, 0, 1, 0.5f}), 0);
        assertEquals(128, picture.getAlpha(0, 0));
    }

    @Test
    void activationsAreNoPicture() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
                () -> Pictures.data(Batch.zeros(1, 8, 2, 2), 0));
        assertEquals("An array of shape 1x8x2x2 is no picture: a picture has 1, 3 or 4 channels", refused.getMessage());
    }
}
