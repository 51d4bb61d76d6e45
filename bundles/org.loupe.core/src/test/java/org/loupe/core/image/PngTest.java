package org.loupe.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;

class PngTest {

    @Test
    void anotherReaderSeesTheSameColours() throws IOException {
        Batch picture = Batch.zeros(2, 3, 3, 5);
        for (int i = 0; i < picture.values().length; i++) {
            picture.values()[i] = (i * 7 % 256) / 255f;
        }
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.write(picture, 1, Map.of())));
        assertEquals(5, read.getWidth());
        assertEquals(3, read.getHeight());
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 5; column++) {
                int rgb = Math.round(255 * picture.at(1, 0, row, column)) << 16
                        | Math.round(255 * picture.at(1, 1, row, column)) << 8
                        | Math.round(255 * picture.at(1, 2, row, column));
                assertEquals(rgb, read.getRGB(column, row) & 0xFFFFFF);
            }
        }
    }

    @Test
    void whatIsOutOfRangeIsCutOffAndGreyStaysGrey() throws IOException {
        Batch picture = new Batch(1, 1, 1, 3, new float[] {-1, 0.5f, 2});
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.write(picture, 0, Map.of())));
        assertArrayEquals(new int[] {0, 128, 255}, read.getRaster().getPixels(0, 0, 3, 1, (int[]) null));
    }

    @Test
    void textsAreInsideTheFile() {
        byte[] bytes = Png.write(Batch.zeros(1, 3, 2, 2), 0, Map.of("Recipe", "unité mixed4a:12"));
        assertTrue(new String(bytes, StandardCharsets.UTF_8).contains("iTXtRecipe\0\0\0\0\0unité mixed4a:12"));
    }

    @Test
    void aTextIsAddedToAFileThatStaysReadable() throws IOException {
        Batch picture = new Batch(1, 1, 1, 3, new float[] {0, 0.5f, 1});
        byte[] added = Png.with(Png.write(picture, 0, Map.of("Title", "a:1")), "Recipe", "how");
        assertArrayEquals(new int[] {0, 128, 255},
                ImageIO.read(new ByteArrayInputStream(added)).getRaster().getPixels(0, 0, 3, 1, (int[]) null));
        String text = new String(added, StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("iTXtRecipe\0\0\0\0\0how") && text.contains("iTXtTitle"));
        assertThrows(IllegalArgumentException.class, () -> Png.with(new byte[64], "Recipe", "how"));
    }

    @Test
    void theFourthChannelIsTheOpacity() throws IOException {
        byte[] file = Png.write(new Batch(1, 4, 1, 1, new float[] {1, 0, 0.5f, 0.2f}), 0, Map.of());
        var image = ImageIO.read(new ByteArrayInputStream(file));
        assertArrayEquals(new int[] {255, 0, 128, 51}, image.getRaster().getPixels(0, 0, 1, 1, (int[]) null));
    }

    @Test
    void activationsAreNotPictures() {
        assertThrows(IllegalArgumentException.class, () -> Png.write(Batch.zeros(1, 5, 2, 2), 0, Map.of()));
    }
}
