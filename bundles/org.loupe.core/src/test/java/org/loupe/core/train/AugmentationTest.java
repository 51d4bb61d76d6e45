package org.loupe.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Draws;

class AugmentationTest {

    private final Batch pictures = drawn();

    private static Batch drawn() {
        Batch batch = Batch.zeros(2, 3, 8, 9);
        Draws draws = new Draws(5);
        for (int i = 0; i < batch.values().length; i++) {
            batch.values()[i] = (float) draws.uniform(-1, 1);
        }
        return batch;
    }

    @Test
    void noneLeavesPicturesAsTheyAre() {
        assertEquals(pictures, Augmentation.NONE.apply(pictures, new Draws(1)));
    }

    @Test
    void rollingMovesValuesAndLosesNone() {
        Batch rolled = new Augmentation(0, 0, 3).apply(pictures, new Draws(2));
        assertNotEquals(pictures, rolled);
        for (int channel = 0; channel < 3; channel++) {
            assertArrayEquals(sorted(pictures, channel), sorted(rolled, channel));
        }
    }

    private static float[] sorted(Batch batch, int channel) {
        float[] values = Arrays.copyOfRange(batch.values(), batch.offset(1, channel),
                batch.offset(1, channel) + batch.area());
        Arrays.sort(values);
        return values;
    }

    @Test
    void contrastAndShiftStayWithinTheirBounds() {
        Batch changed = new Augmentation(0.1, 0.2, 0).apply(pictures, new Draws(3));
        for (int i = 0; i < changed.values().length; i++) {
            double moved = Math.abs(changed.values()[i] - pictures.values()[i]);
            assertTrue(moved <= 0.1 * Math.abs(pictures.values()[i]) + 0.2 + 1e-6, "moved by " + moved);
        }
    }

    @Test
    void theSameDrawsChangeThePicturesAlike() {
        Augmentation augmentation = new Augmentation(0.1, 0.2, 2);
        assertEquals(augmentation.apply(pictures, new Draws(4)), augmentation.apply(pictures, new Draws(4)));
    }
}
