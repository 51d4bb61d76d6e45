package org.loupe.core.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;
import org.loupe.core.circuit.CircuitEvaluation.Share;

class CircuitShareTest {

    private static final double[] NONE = new double[4];
    private static final double[] WHOLE = {1, 1, 1, 1};

    @Test
    void standInsThatDisagreeWidenTheInterval() {
        Share share = Share.of(new double[] {1, 1, 0, 0}, NONE, WHOLE, 2, 500, new Draws(0));
        assertEquals(.5, share.value(), 1e-12);
        assertEquals(0, share.low(), 1e-12);
        assertEquals(1, share.high(), 1e-12);
    }

    @Test
    void picturesThatDisagreeDo() {
        Share share = Share.of(new double[] {1, 0, 1, 0}, NONE, WHOLE, 2, 500, new Draws(0));
        assertEquals(0, share.low(), 1e-12);
        assertEquals(1, share.high(), 1e-12);
    }

    @Test
    void aResampleHasAsManyCasesAsThereAreAndAllStandInsOfEachPicture() {
        int[] weights = new int[6];
        Draws draws = new Draws(3);
        for (int round = 0; round < 20; round++) {
            Share.resample(weights, 2, draws);
            assertEquals(6, Arrays.stream(weights).sum());
            assertTrue((weights[0] + weights[2] + weights[4]) % 3 == 0, Arrays.toString(weights));
        }
    }
}
