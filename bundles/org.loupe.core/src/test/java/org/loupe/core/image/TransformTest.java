package org.loupe.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;
import org.loupe.core.image.Transform.Jitter;
import org.loupe.core.image.Transform.Rotate;
import org.loupe.core.image.Transform.Scale;

class TransformTest {

    private static float[] seen(Placement placement, float[] picture, int rows, int columns) {
        float[] seen = new float[picture.length];
        placement.apply(picture, Placement.Sizes.same(rows, columns), seen, 0);
        return seen;
    }

    private static float[] channels(float... one) {
        float[] all = new float[3 * one.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = one[i % one.length];
        }
        return all;
    }

    @Test
    void aMoveByOneRowShowsTheNextRowAndGreyBelow() {
        float[] picture = channels(1, 2, 3, 4, 5, 6);
        assertArrayEquals(channels(3, 4, 5, 6, .5f, .5f), seen(Placement.STRAIGHT.moved(1, 0), picture, 3, 2));
        assertArrayEquals(channels(2, .5f, 4, .5f, 6, .5f), seen(Placement.STRAIGHT.moved(0, 1), picture, 3, 2));
    }

    @Test
    void aQuarterTurnAnticlockwiseBringsTheRightColumnToTheTop() {
        float[] picture = channels(1, 2, 3, 4, 5, 6, 7, 8, 9);
        float[] turned = seen(Placement.STRAIGHT.turned(Math.PI / 2), picture, 3, 3);
        assertArrayEquals(channels(3, 6, 9, 2, 5, 8, 1, 4, 7), turned, 1e-5f);
    }

    @Test
    void aMagnificationByTwoKeepsTheMiddleAndHalvesDistances() {
        float[] picture = channels(0, 0, 0, 0, 1, 0, 0, 0, 0);
        float[] seen = seen(Placement.STRAIGHT.scaled(2), picture, 3, 3);
        assertArrayEquals(channels(.25f, .5f, .25f, .5f, 1, .5f, .25f, .5f, .25f), seen, 1e-6f);
    }

    @Test
    void movesOfATurnedPictureHappenAfterTheTurn() {
        Placement turnedThenMoved = Placement.STRAIGHT.turned(Math.PI / 2).moved(1, 0);
        float[] picture = channels(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertArrayEquals(channels(2, 5, 8, 1, 4, 7, .5f, .5f, .5f), seen(turnedThenMoved, picture, 3, 3), 1e-5f);
    }

    @Test
    void theAdjointSatisfiesTheDotProductTest() {
        int rows = 17;
        int columns = 12;
        Draws draws = new Draws(9);
        for (int trial = 0; trial < 20; trial++) {
            Placement placement = Transform.draw(Transform.standard(128), draws);
            float[] picture = FourierTest.gaussian(3 * rows * columns, trial);
            float[] slope = FourierTest.gaussian(3 * rows * columns, 100 + trial);
            float[] back = new float[picture.length];
            placement.chain(slope, 0, Placement.Sizes.same(rows, columns), back);
            float[] nothing = new float[picture.length];
            double constant = FourierTest.dot(seen(placement, nothing, rows, columns), slope);
            double forward = FourierTest.dot(seen(placement, picture, rows, columns), slope) - constant;
            assertEquals(forward, FourierTest.dot(picture, back), 1e-3 * (1 + Math.abs(forward)));
        }
    }

    @Test
    void theStandardListIsThePublishedOneFromOneHundredAndTwentyEightPixelsOn() {
        List<Transform> standard = Transform.standard(224);
        assertEquals(new Transform.Pad(12), standard.get(0));
        assertEquals(new Jitter(8), standard.get(1));
        Scale scale = (Scale) standard.get(2);
        assertEquals(11, scale.factors().size());
        assertEquals(0.9, scale.factors().get(0), 1e-12);
        assertEquals(1.1, scale.factors().get(10), 1e-12);
        Rotate rotate = (Rotate) standard.get(3);
        assertEquals(26, rotate.degrees().size());
        assertEquals(6, rotate.degrees().stream().filter(angle -> angle == 0).count());
        assertEquals(new Jitter(4), standard.get(4));
        assertEquals(new Jitter(4), Transform.standard(64).get(1));
    }

    @Test
    void thePublishedListDoesNotShrink() {
        assertEquals(Transform.standard(128), Transform.published());
        assertEquals(new Jitter(8), Transform.published().get(1));
    }

    @Test
    void aCropStaysInsideAndIsAdjointBetweenDifferentSizes() {
        Placement.Sizes sizes = new Placement.Sizes(30, 30, 10, 10);
        List<Transform> crop = List.of(new Transform.Crop(30, 10, 8 / 7.0, 10 / 7.0));
        Draws draws = new Draws(5);
        float[] ones = new float[3 * 900];
        Arrays.fill(ones, 1);
        for (int trial = 0; trial < 50; trial++) {
            Placement placement = Transform.draw(crop, draws);
            float[] seen = new float[3 * 100];
            placement.apply(ones, sizes, seen, 0);
            for (float value : seen) {
                assertEquals(1, value, 1e-6, "grey is seen beside the picture");
            }
            float[] picture = FourierTest.gaussian(3 * 900, trial);
            float[] slope = FourierTest.gaussian(3 * 100, 100 + trial);
            placement.apply(picture, sizes, seen, 0);
            float[] back = new float[picture.length];
            placement.chain(slope, 0, sizes, back);
            float[] nothing = new float[3 * 100];
            placement.apply(new float[3 * 900], sizes, nothing, 0);
            double forward = FourierTest.dot(seen, slope) - FourierTest.dot(nothing, slope);
            assertEquals(forward, FourierTest.dot(picture, back), 1e-3 * (1 + Math.abs(forward)));
        }
    }

    @Test
    void drawsDifferFromPictureToPictureAndRepeatWithTheSeed() {
        List<Transform> standard = Transform.standard(128);
        Draws draws = new Draws(4);
        Placement first = Transform.draw(standard, draws);
        Placement second = Transform.draw(standard, draws);
        assertTrue(!first.equals(second));
        assertEquals(first, Transform.draw(standard, new Draws(4)));
    }

    @Test
    void jitterReachesEveryOffsetOfItsRange() {
        boolean[] reached = new boolean[9];
        Draws draws = new Draws(2);
        for (int i = 0; i < 400; i++) {
            reached[(int) Transform.draw(List.of(new Jitter(8)), draws).rowShift() + 4] = true;
        }
        for (boolean hit : reached) {
            assertTrue(hit);
        }
    }
}
