package org.loupe.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.Draws;

class FourierTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 8, 12, 15, 16, 49, 64, 67, 100, 131, 224})
    void theComplexTransformIsItsDefinition(int length) {
        float[] re = gaussian(length, 1);
        float[] im = gaussian(length, 2);
        float[][] gotRe = lanes(re, 1);
        float[][] gotIm = lanes(im, 1);
        ComplexFourier transform = new ComplexFourier(length, 1);
        transform.inverse(gotRe, gotIm, new float[length][1], new float[length][1]);
        double tolerance = 2e-6 * Math.sqrt(length);
        for (int n = 0; n < length; n++) {
            double sumRe = 0;
            double sumIm = 0;
            for (int k = 0; k < length; k++) {
                double angle = 2 * Math.PI * k * n / length;
                sumRe += re[k] * Math.cos(angle) - im[k] * Math.sin(angle);
                sumIm += re[k] * Math.sin(angle) + im[k] * Math.cos(angle);
            }
            assertEquals(sumRe, gotRe[n][0], tolerance);
            assertEquals(sumIm, gotIm[n][0], tolerance);
        }
        transform.forward(gotRe, gotIm, new float[length][1], new float[length][1]);
        for (int n = 0; n < length; n++) {
            assertEquals(re[n], gotRe[n][0] / length, 4e-6);
            assertEquals(im[n], gotIm[n][0] / length, 4e-6);
        }
    }

    /** Number n of lane l is at {@code n * lanes + l}. */
    private static float[][] lanes(float[] values, int lanes) {
        float[][] rows = new float[values.length / lanes][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(values, row * lanes, (row + 1) * lanes);
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 12, 15, 49, 67, 224})
    void signalsInLanesDoNotMeet(int length) {
        int lanes = 37;
        float[][] re = lanes(gaussian(length * lanes, 3), lanes);
        float[][] im = lanes(gaussian(length * lanes, 4), lanes);
        ComplexFourier one = new ComplexFourier(length, 1);
        float[][][] expected = new float[lanes][2][length];
        for (int lane = 0; lane < lanes; lane++) {
            float[][] oneRe = new float[length][1];
            float[][] oneIm = new float[length][1];
            for (int n = 0; n < length; n++) {
                oneRe[n][0] = re[n][lane];
                oneIm[n][0] = im[n][lane];
            }
            one.inverse(oneRe, oneIm, new float[length][1], new float[length][1]);
            for (int n = 0; n < length; n++) {
                expected[lane][0][n] = oneRe[n][0];
                expected[lane][1][n] = oneIm[n][0];
            }
        }
        new ComplexFourier(length, lanes).inverse(re, im, new float[length][lanes], new float[length][lanes]);
        for (int lane = 0; lane < lanes; lane++) {
            for (int n = 0; n < length; n++) {
                assertEquals(expected[lane][0][n], re[n][lane]);
                assertEquals(expected[lane][1][n], im[n][lane]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4,4", "5,5", "4,7", "9,6"})
    void aPictureComesBackFromItsSpectrum(int rows, int columns) {
        RealFourier transform = new RealFourier(rows, columns, 1);
        float[] picture = gaussian(rows * columns, 5);
        float[] real = new float[transform.bins()];
        float[] imaginary = new float[transform.bins()];
        transform.forward(picture, real, imaginary);
        float[] again = new float[picture.length];
        transform.inverse(real, imaginary, again);
        assertArrayEquals(picture, again, 1e-5f);
    }

    @ParameterizedTest
    @CsvSource({"4,4", "5,5", "4,7", "7,4", "1,6", "6,1", "3,2"})
    void theRealTransformIsItsDefinition(int rows, int columns) {
        RealFourier transform = new RealFourier(rows, columns, 1);
        float[] real = gaussian(transform.bins(), 1);
        float[] imaginary = gaussian(transform.bins(), 2);
        float[] picture = new float[rows * columns];
        transform.inverse(real, imaginary, picture);
        int half = columns / 2 + 1;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double sum = 0;
                for (int v = 0; v < rows; v++) {
                    for (int u = 0; u < half; u++) {
                        double angle = 2 * Math.PI * (v * row / (double) rows + u * column / (double) columns);
                        double times = u == 0 || 2 * u == columns ? 1 : 2;
                        int bin = transform.index(0, v, u);
                        sum += times * (real[bin] * Math.cos(angle) - imaginary[bin] * Math.sin(angle));
                    }
                }
                assertEquals(sum / (rows * columns), picture[row * columns + column], 1e-6);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4,4", "5,5", "4,7", "9,6", "64,64", "37,20"})
    void theAdjointSatisfiesTheDotProductTest(int rows, int columns) {
        RealFourier transform = new RealFourier(rows, columns, 1);
        float[] real = gaussian(transform.bins(), 1);
        float[] imaginary = gaussian(transform.bins(), 2);
        float[] slope = gaussian(rows * columns, 3);
        float[] picture = new float[rows * columns];
        transform.inverse(real, imaginary, picture);
        float[] backReal = new float[transform.bins()];
        float[] backImaginary = new float[transform.bins()];
        transform.inverseAdjoint(slope, backReal, backImaginary);
        double forward = dot(picture, slope);
        assertEquals(forward, dot(real, backReal) + dot(imaginary, backImaginary), 1e-5 * (1 + Math.abs(forward)));
    }

    /** Weights count on the way to the picture and back, and what is described comes back whatever they are. */
    @ParameterizedTest
    @CsvSource({"4,4", "5,5", "4,7", "9,6", "1,5", "6,1"})
    void weightsScaleWhatTheyWeigh(int rows, int columns) {
        RealFourier plain = new RealFourier(rows, columns, 2);
        RealFourier weighted = new RealFourier(rows, columns, 2, (down, across) -> 1 + down + 10 * across);
        int half = columns / 2 + 1;
        float[] real = gaussian(2 * plain.bins(), 1);
        float[] imaginary = gaussian(2 * plain.bins(), 2);
        float[] heavyReal = real.clone();
        float[] heavyImaginary = imaginary.clone();
        for (int i = 0; i < real.length; i++) {
            int bin = i % plain.bins();
            int v = bin / half;
            int at = plain.index(i / plain.bins(), v, bin % half);
            heavyReal[at] *= 1 + Math.min(v, rows - v) + 10 * (bin % half);
            heavyImaginary[at] *= 1 + Math.min(v, rows - v) + 10 * (bin % half);
        }
        float[] expected = new float[2 * rows * columns];
        float[] picture = new float[2 * rows * columns];
        plain.inverse(heavyReal, heavyImaginary, expected);
        weighted.inverse(real, imaginary, picture);
        assertArrayEquals(expected, picture, 1e-4f);
        float[] slope = gaussian(picture.length, 3);
        weighted.inverseAdjoint(slope, heavyReal, heavyImaginary);
        double forward = dot(picture, slope);
        assertEquals(forward, dot(real, heavyReal) + dot(imaginary, heavyImaginary), 1e-4 * (1 + Math.abs(forward)));
        weighted.forward(picture, real, imaginary);
        float[] again = new float[picture.length];
        weighted.inverse(real, imaginary, again);
        assertArrayEquals(picture, again, 1e-4f);
    }

    @ParameterizedTest
    @CsvSource({"4,4", "5,6", "1,3"})
    void theOrderOfTheTransformIsAnotherOrderOfTheSameNumbers(int rows, int columns) {
        RealFourier transform = new RealFourier(rows, columns, 3);
        float[] numbers = gaussian(3 * transform.bins(), 4);
        assertArrayEquals(numbers, transform.published(transform.arranged(numbers)));
    }

    /** With the same bits as one plane by itself. */
    @ParameterizedTest
    @CsvSource({"4,4", "5,5", "4,7", "17,20", "24,9", "1,6"})
    void planesDoNotMeet(int rows, int columns) {
        RealFourier one = new RealFourier(rows, columns, 1);
        RealFourier three = new RealFourier(rows, columns, 3);
        int bins = one.bins();
        int area = rows * columns;
        float[] real = gaussian(3 * bins, 1);
        float[] imaginary = gaussian(3 * bins, 2);
        float[] slope = gaussian(3 * area, 3);
        float[] picture = new float[3 * area];
        float[] backReal = new float[3 * bins];
        float[] backImaginary = new float[3 * bins];
        three.inverse(real, imaginary, picture);
        three.inverseAdjoint(slope, backReal, backImaginary);
        real = three.published(real);
        imaginary = three.published(imaginary);
        backReal = three.published(backReal);
        backImaginary = three.published(backImaginary);
        for (int plane = 0; plane < 3; plane++) {
            float[] expected = new float[area];
            float[] expectedReal = new float[bins];
            float[] expectedImaginary = new float[bins];
            one.inverse(one.arranged(part(real, plane, bins)), one.arranged(part(imaginary, plane, bins)), expected);
            one.inverseAdjoint(part(slope, plane, area), expectedReal, expectedImaginary);
            assertArrayEquals(expected, part(picture, plane, area));
            assertArrayEquals(one.published(expectedReal), part(backReal, plane, bins));
            assertArrayEquals(one.published(expectedImaginary), part(backImaginary, plane, bins));
        }
    }

    private static float[] part(float[] values, int index, int size) {
        return Arrays.copyOfRange(values, index * size, (index + 1) * size);
    }

    @Test
    void theScaleOfFourByFourIsThePublishedOne() {
        double[] expected = {4, 4, 2, 4, 2.8284, 1.7889, 2, 1.7889, 1.4142, 4, 2.8284, 1.7889};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], FourierPicture.scale(i / 3, i % 3, 4, 4), 1e-4);
        }
    }

    /** Raw spread 0.0186 at 128 px and 0.0171 at 64 px before colours, as computed for Lucid's constants. */
    @ParameterizedTest
    @CsvSource({"64,0.0171", "96,0.0184", "128,0.0186"})
    void theStartingPictureIsAsGreyAsLucids(int size, double published) {
        FourierPicture space = FourierPicture.grey(size, size);
        double squares = 0;
        int count = 0;
        for (int seed = 0; seed < 24; seed++) {
            float[] picture = new float[3 * size * size];
            space.render(space.start(new Draws(seed)), picture);
            for (int i = 0; i < size * size; i++) {
                double raw = Math.log(picture[i] / (1 - picture[i]));
                squares += raw * raw;
                count++;
            }
        }
        assertEquals(published, Math.sqrt(squares / count), 0.1 * published);
    }

    @Test
    void coloursAreThePublishedMatrix() {
        double[] expected = {.56282858, .19482528, .04329451, .58447583, 0, -.10823626, .58447583, -.19482528, .06494176};
        assertArrayEquals(expected, Colours.NATURAL.matrix(), 1e-6);
    }

    @ParameterizedTest
    @CsvSource({"6,5,PIXELS", "6,5,COLOURED", "7,8,COLOURED", "6,6,GREY", "6,5,TRANSPARENT", "5,6,TRANSPARENT_GREY",
            "6,5,PHASES", "5,6,GREY_PHASES"})
    void gradientsOfPicturesMatchDifferences(int rows, int columns, String kind) {
        Parametrisation space = switch (kind) {
            case "PIXELS" -> new PixelPicture(rows, columns);
            case "GREY" -> FourierPicture.grey(rows, columns);
            case "TRANSPARENT" -> FourierPicture.coloured(rows, columns, Colours.NATURAL).transparent();
            case "TRANSPARENT_GREY" -> FourierPicture.grey(rows, columns).transparent();
            case "PHASES" -> new PhasePicture(rows, columns, PhasePicture.natural(rows, columns, 3), Colours.NATURAL);
            case "GREY_PHASES" -> new PhasePicture(rows, columns, PhasePicture.natural(rows, columns, 1), Colours.NATURAL);
            default -> FourierPicture.coloured(rows, columns, Colours.NATURAL);
        };
        float[] parameters = gaussian(space.size(), 5);
        float[] slope = gaussian(space.planes() * rows * columns, 6);
        float[] picture = new float[space.planes() * rows * columns];
        space.render(parameters, picture);
        float[] gradient = new float[space.size()];
        space.chain(picture, slope, gradient);
        for (int i = 0; i < parameters.length; i++) {
            float kept = parameters[i];
            float step = 1e-2f;
            parameters[i] = kept + step;
            space.render(parameters, picture);
            double above = dot(picture, slope);
            parameters[i] = kept - step;
            space.render(parameters, picture);
            double below = dot(picture, slope);
            parameters[i] = kept;
            assertEquals((above - below) / (2 * step), gradient[i], 1e-3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PIXELS", "COLOURED", "GREY", "TRANSPARENT"})
    void aDescribedPictureIsThePictureAgain(String kind) {
        Parametrisation space = switch (kind) {
            case "PIXELS" -> new PixelPicture(7, 10);
            case "GREY" -> FourierPicture.grey(7, 10);
            case "TRANSPARENT" -> FourierPicture.coloured(7, 10, Colours.NATURAL).transparent();
            default -> FourierPicture.coloured(7, 10, Colours.NATURAL);
        };
        Draws draws = new Draws(8);
        float[] picture = new float[3 * 70];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = kind.equals("GREY") && i >= 70 ? picture[i - 70] : (float) draws.uniform(.01, .99);
        }
        float[] again = new float[space.planes() * 70];
        space.render(space.describe(picture), again);
        for (int i = 0; i < picture.length; i++) {
            assertEquals(picture[i], again[i], 1e-4);
        }
    }

    /** However the phases are changed, every frequency keeps the magnitude that it has in natural images. */
    @Test
    void phasesLeaveTheMagnitudesAlone() {
        int size = 16;
        float[] magnitudes = PhasePicture.natural(size, size, 1);
        PhasePicture space = new PhasePicture(size, size, magnitudes, Colours.NATURAL);
        float[] picture = new float[3 * size * size];
        space.render(gaussian(space.size(), 3), picture);
        float[] raw = new float[size * size];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (float) Math.log(picture[i] / (1 - picture[i]));
        }
        RealFourier transform = new RealFourier(size, size, 1);
        float[] real = new float[transform.bins()];
        float[] imaginary = new float[transform.bins()];
        transform.forward(raw, real, imaginary);
        int half = size / 2 + 1;
        int second = transform.index(0, 0, 2);
        double factor = Math.hypot(real[second], imaginary[second]) / magnitudes[2];
        for (int v = 1; v < size; v++) {
            for (int u = 1; u < size / 2; u++) {
                int bin = v * half + u;
                int at = transform.index(0, v, u);
                assertEquals(factor * magnitudes[bin], Math.hypot(real[at], imaginary[at]), 1e-3 * factor * magnitudes[bin]);
            }
        }
    }

    @Test
    void sinesAndCosinesAreTheirDefinition() {
        for (double angle = -40; angle <= 40; angle += 0.0173) {
            assertEquals(Math.sin(angle), Wave.sine(angle), 1e-9);
            assertEquals(Math.cos(angle), Wave.cosine(angle), 1e-9);
        }
    }

    @Test
    void theLogisticFunctionIsItsDefinition() {
        for (float value = -100; value <= 100; value += 0.0371f) {
            assertEquals(1 / (1 + StrictMath.exp(-value)), Sigmoid.of(value), 2e-7, "at " + value);
        }
        for (float value = -60; value <= 60; value += 0.0371f) {
            assertEquals(1, Sigmoid.of(value) * (1 + StrictMath.exp(-value)), 1e-5, "at " + value);
        }
        float[] values = gaussian(3000, 1);
        float[] made = new float[2900];
        Sigmoid.of(values, 77, made, 20, 2880);
        for (int i = 0; i < 2880; i++) {
            assertEquals(Sigmoid.of(values[77 + i]), made[20 + i]);
        }
        assertEquals(1, Sigmoid.of(Float.POSITIVE_INFINITY));
        assertEquals(0, Sigmoid.of(Float.NEGATIVE_INFINITY), 1e-30);
    }

    static float[] gaussian(int count, long seed) {
        Draws draws = new Draws(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) draws.gaussian();
        }
        return values;
    }

    static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
