package org.loupe.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;

class OverlayTest {

    private final Batch picture = new Batch(1, 1, 2, 2, new float[] {.5f, .5f, .5f, .5f});
    private final Batch map = new Batch(1, 1, 1, 2, new float[] {4, -2});

    @Test
    void theLargestSizeHasTheFullColour() {
        Batch over = Overlay.of(map, 1, false).over(picture, map, 2);
        assertEquals(4, over.rows());
        for (int channel = 0; channel < 3; channel++) {
            assertEquals((Diverging.POSITIVE >> 16 - 8 * channel & 255) / 255f, over.at(0, channel, 3, 0), 1e-6);
            float half = (.5f + (Diverging.NEGATIVE >> 16 - 8 * channel & 255) / 255f) / 2;
            assertEquals(half, over.at(0, channel, 0, 3), 1e-6);
        }
    }

    @Test
    void withoutOpacityThePictureStaysAsItIs() {
        Batch over = Overlay.of(map, 0, true).over(picture, map, 1);
        for (float value : over.values()) {
            assertEquals(.5f, value);
        }
    }

    @Test
    void smoothValuesLieBetweenTheirNeighbours() {
        Batch line = new Batch(1, 1, 1, 4, new float[4]);
        Batch ends = new Batch(1, 1, 1, 2, new float[] {1, 0});
        Batch over = Overlay.of(ends, 1, true).over(line, ends, 1);
        double full = (Diverging.POSITIVE >> 16 & 255) / 255.0;
        assertEquals(full, over.at(0, 0, 0, 0), 1e-6);
        assertEquals(.75 * full, over.at(0, 0, 0, 1), 1e-6);
        assertEquals(.25 * full, over.at(0, 0, 0, 2), 1e-6);
        assertEquals(0, over.at(0, 0, 0, 3), 1e-6);
    }

    @Test
    void nothingIsColouredWhereNothingIs() {
        assertEquals(1, Overlay.of(map.zeros(), 1, false).limit());
        assertThrows(IllegalArgumentException.class, () -> new Overlay(0, 1, false));
        assertThrows(IllegalArgumentException.class, () -> new Overlay(1, 1.5, false));
    }

    @Test
    void zeroHasTheColourOfTheGround() {
        assertEquals(0x123456, Diverging.colour(0, 0x123456));
        assertEquals(Diverging.NEGATIVE, Diverging.colour(-3, 0));
        assertEquals(0x7F7F7F + 0x010101, Diverging.mix(0, 0xFFFFFF, .5));
    }
}
