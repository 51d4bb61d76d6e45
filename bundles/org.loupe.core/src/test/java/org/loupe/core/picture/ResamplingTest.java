package org.loupe.core.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplingTest {

    private static final int[][] PLACES = {{0, 0}, {0, 7}, {3, 4}, {7, 0}, {7, 7}};

    private static float[] fit(int rows, int columns, Fitting fitting, int wantedRows, int wantedColumns, int channels) {
        float[] values = new float[channels * wantedRows * wantedColumns];
        Frame frame = new Frame(channels, wantedRows, wantedColumns, fitting, Frame.WHITE);
        Resampling.fit(new FormulaPixels(rows, columns), frame, values, 0);
        return values;
    }

    /**
     * Pillow 12.3: a picture of mode F resized with BILINEAR to the size that torchvision's Resize(9) or Resize(8) gives,
     * of which CenterCrop(8) takes its part; at the corners and near the middle.
     */
    @ParameterizedTest
    @CsvSource({
        "47, 61, CENTRE_CROP, 0.5472844, 0.5245277, 0.4806851, 0.5105579, 0.5896396",
        "47, 61, COVER, 0.5207517, 0.5281907, 0.4952964, 0.4251782, 0.5011012",
        "47, 61, STRETCH, 0.4359955, 0.5243464, 0.5004376, 0.4535657, 0.5029992",
        "61, 47, CENTRE_CROP, 0.4843764, 0.4849942, 0.4025168, 0.4742512, 0.4770709",
        "61, 47, COVER, 0.4910233, 0.5196730, 0.5096259, 0.4774648, 0.4867479",
        "9, 13, CENTRE_CROP, 0.0470588, 0.9529412, 0.0196078, 0.6627451, 0.5215687",
        "9, 13, COVER, 0.0858824, 0.3727451, 0.4447059, 0.2920262, 0.7126144",
        "9, 13, STRETCH, 0.0102451, 0.6156372, 0.3526585, 0.7602124, 0.5459314",
        "500, 333, CENTRE_CROP, 0.4941007, 0.4965031, 0.5020992, 0.5027124, 0.5041707",
        "500, 333, COVER, 0.5006889, 0.5079803, 0.5052021, 0.5071622, 0.5065243"})
    void smallerPicturesAreThoseOfPillow(int rows, int columns, Fitting fitting, double a, double b, double c, double d, double e) {
        float[] values = fit(rows, columns, fitting, 8, 8, 3);
        double[] pillow = {a, b, c, d, e};
        for (int i = 0; i < PLACES.length; i++) {
            assertEquals(pillow[i], values[PLACES[i][0] * 8 + PLACES[i][1]], 1e-6);
        }
    }

    @Test
    void largerPicturesAreThoseOfPillow() {
        float[] values = fit(9, 13, Fitting.STRETCH, 80, 80, 3);
        assertEquals(0, values[0], 1e-6);
        assertEquals(.6901961, values[79], 1e-6);
        assertEquals(.2249701, values[30 * 80 + 44], 1e-6);
        assertEquals(.7529411, values[79 * 80], 1e-6);
        assertEquals(.3137255, values[79 * 80 + 79], 1e-6);
    }

    @Test
    void everyPixelIsTheWeightedMeanThatIsPromised() {
        float[] values = fit(23, 31, Fitting.STRETCH, 7, 40, 3);
        for (int channel = 0; channel < 3; channel++) {
            for (int row = 0; row < 7; row++) {
                for (int column = 0; column < 40; column++) {
                    assertEquals(mean(channel, (row + .5) * 23 / 7, 23 / 7.0, (column + .5) * 31 / 40, 1),
                            values[(channel * 7 + row) * 40 + column], 1e-5);
                }
            }
        }
    }

    /** All pixels of a picture of 23 x 31, weighted by how near they are to a place. */
    private static double mean(int channel, double atRow, double reachRows, double atColumn, double reachColumns) {
        double sum = 0;
        double weights = 0;
        for (int row = 0; row < 23; row++) {
            for (int column = 0; column < 31; column++) {
                double weight = Math.max(0, 1 - Math.abs(row + .5 - atRow) / reachRows)
                        * Math.max(0, 1 - Math.abs(column + .5 - atColumn) / reachColumns);
                sum += weight * FormulaPixels.value(channel, row, column);
                weights += weight;
            }
        }
        return sum / weights;
    }

    @Test
    void aPictureOfTheRightSizeIsLeftAsItIs() {
        for (Fitting fitting : new Fitting[] {Fitting.AS_IS, Fitting.COVER, Fitting.STRETCH}) {
            float[] values = fit(6, 5, fitting, 6, 5, 3);
            for (int row = 0; row < 6; row++) {
                for (int column = 0; column < 5; column++) {
                    assertEquals((float) FormulaPixels.value(1, row, column), values[30 + row * 5 + column]);
                }
            }
        }
    }

    @Test
    void asItIsCutsOutTheMiddleAndFillsUpWithTheBackground() {
        float[] values = new float[3 * 4 * 8];
        Resampling.fit(new FormulaPixels(10, 4), new Frame(3, 4, 8, Fitting.AS_IS, 0x00ff33), values, 0);
        assertEquals(0, values[0]);
        assertEquals(1, values[32]);
        assertEquals(.2f, values[64]);
        assertEquals((float) FormulaPixels.value(3, 0), values[2]);
        assertEquals((float) FormulaPixels.value(6, 3), values[3 * 8 + 5]);
        assertEquals(0, values[6]);
    }

    @Test
    void greyIsTheUsualMixture() {
        float[] values = fit(4, 4, Fitting.AS_IS, 4, 4, 1);
        assertEquals(FormulaPixels.value(2, 3) * (.299 + .587 / 2 + .114 / 4), values[2 * 4 + 3], 1e-6);
    }

    @Test
    void sizesAreThoseOfTorchvision() {
        assertEquals(new Fitting.Placement(256, 341, 16, 58), Fitting.CENTRE_CROP.place(375, 500, 224, 224));
        assertEquals(new Fitting.Placement(341, 256, 58, 16), Fitting.CENTRE_CROP.place(500, 375, 224, 224));
        assertEquals(new Fitting.Placement(256, 384, 16, 80), Fitting.CENTRE_CROP.place(333, 500, 224, 224));
        assertEquals(new Fitting.Placement(516, 342, 108, 22), Fitting.CENTRE_CROP.place(500, 331, 299, 299));
    }

    @Test
    void aThreadOfAPictureIsFittedLikeAnyOther() {
        for (Fitting fitting : Fitting.values()) {
            for (float value : fit(1, 40_000, fitting, 16, 16, 3)) {
                assertEquals(.5, value, .5, fitting + " gives a colour");
            }
            for (float value : fit(40_000, 1, fitting, 16, 16, 3)) {
                assertEquals(.5, value, .5, fitting + " gives a colour");
            }
        }
    }
}
