package org.loupe.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;

class HeatMapTest {

    private final Batch maps = new Batch(1, 2, 2, 2, new float[] {9, 9, 9, 9, 0, 4, 8, -4});

    @Test
    void theMiddleOfAPositionHasItsValueAndBetweenThemItChangesEvenly() {
        float[] same = HeatMap.resampled(maps, 0, 1, 2, 2);
        assertArrayEquals(new float[] {0, 4, 8, -4}, same);
        float[] larger = HeatMap.resampled(maps, 0, 1, 4, 4);
        assertEquals(0, larger[0], "as at the edge");
        assertEquals(1, larger[1]);
        assertEquals(3, larger[2]);
        assertEquals(-4, larger[15]);
        assertEquals(.75 * (.75 * 0 + .25 * 4) + .25 * (.75 * 8 + .25 * -4), larger[5], 1e-6);
    }

    @Test
    void aMapOfOnePositionIsTheSameEverywhere() {
        assertArrayEquals(new float[] {3, 3, 3, 3, 3, 3}, HeatMap.resampled(new Batch(1, 1, 1, 1, new float[] {3}), 0, 0, 2, 3));
    }

    @Test
    void zeroLeavesThePictureInGreyAndSignsHaveTheirColours() {
        Batch picture = new Batch(1, 3, 1, 3, new float[] {1, 1, 1, 0, 0, 0, 0, 0, 0});
        Batch over = HeatMap.over(picture, new float[] {0, 5, -50}, 5);
        for (int colour = 0; colour < 3; colour++) {
            assertEquals(0.299, over.at(0, colour, 0, 0), 1e-6);
        }
        assertEquals(.25 * .299 + .75 * 0xCA / 255, over.at(0, 0, 0, 1), 1e-6);
        assertEquals(.25 * .299 + .75 * 0xB0 / 255, over.at(0, 2, 0, 2), 1e-6, "no more than full colour");
    }

    @Test
    void theScaleEndsInItsColoursAndIsNeutralAtZero() {
        assertEquals(Diverging.POSITIVE, Diverging.colour(2, 0xffffff));
        assertEquals(Diverging.NEGATIVE, Diverging.colour(-1, 0x202020));
        assertEquals(0x202020, Diverging.colour(0, 0x202020));
    }
}
