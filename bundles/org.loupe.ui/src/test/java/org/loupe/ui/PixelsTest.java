package org.loupe.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.junit.jupiter.api.Test;

class PixelsTest {

    private static ImageData picture(int width, int height, int left, int right) {
        ImageData data = new ImageData(width, height, 24, new PaletteData(0xff0000, 0xff00, 0xff));
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                data.setPixel(column, row, column < width / 2 ? left : right);
            }
        }
        return data;
    }

    @Test
    void oneColourStaysTheSameInEverySize() {
        for (int size : new int[] {3, 7, 16, 40}) {
            ImageData scaled = Pixels.scaled(picture(7, 5, 0x203040, 0x203040), size, size);
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    assertEquals(0x203040, scaled.getPixel(column, row));
                }
            }
        }
    }

    @Test
    void anEdgeStaysWhereItIsAndBecomesSmooth() {
        ImageData scaled = Pixels.scaled(picture(8, 8, 0, 0xffffff), 64, 64);
        int last = 0;
        for (int column = 0; column < 64; column++) {
            int red = scaled.getPixel(column, 20) >> 16;
            assertTrue(red >= last - 12, "falls at " + column);
            last = Math.max(red, last);
        }
        assertTrue((scaled.getPixel(26, 20) >> 16) < 64);
        assertTrue((scaled.getPixel(37, 20) >> 16) > 191);
    }
}
