package org.loupe.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;

class CrossEntropyTest {

    @Test
    void aClassifierThatKnowsNothingIsSurprisedByTheLogarithmOfTheNumberOfClasses() {
        double loss = new CrossEntropy(4, 0).loss(new float[8], new int[] {0, 3}, 1, new float[8]);
        assertEquals(Math.log(4), loss, 1e-12);
    }

    @Test
    void largeLogitsDoNotOverflow() {
        float[] gradient = new float[2];
        assertEquals(0, new CrossEntropy(2, 0).loss(new float[] {1000, -1000}, new int[] {0}, 1, gradient), 1e-12);
        assertEquals(0, gradient[0], 0);
    }

    @Test
    void theGradientIsThatOfFiniteDifferences() {
        CrossEntropy entropy = new CrossEntropy(5, 0.1);
        Draws draws = new Draws(3);
        float[] logits = new float[15];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) draws.gaussian();
        }
        int[] labels = {4, 0, 2};
        float[] gradient = new float[15];
        entropy.loss(logits, labels, 0.5, gradient);
        for (int i = 0; i < logits.length; i++) {
            float at = logits[i];
            float step = 1f / 64;
            logits[i] = at + step;
            double above = entropy.loss(logits, labels, 1, new float[15]);
            logits[i] = at - step;
            double below = entropy.loss(logits, labels, 1, new float[15]);
            logits[i] = at;
            assertEquals(0.5 * (above - below) / (2 * step), gradient[i], 1e-5);
        }
    }

    @Test
    void theLikeliestClassHasTheLargestLogit() {
        assertEquals(2, new CrossEntropy(3, 0).likeliest(new float[] {9, 9, 9, 1, 2, 3}, 1));
    }
}
