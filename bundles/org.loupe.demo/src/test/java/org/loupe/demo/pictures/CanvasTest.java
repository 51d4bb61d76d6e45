package org.loupe.demo.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CanvasTest {

    private static final Colour WHITE = new Colour(255, 255, 255);

    private final Canvas canvas = new Canvas(Background.flat(new Colour(0, 0, 0)));

    @Test
    void aSquareCoversExactlyItsPixels() {
        canvas.polygon(new double[] {10, 20, 14, 20, 14, 23, 10, 23}, WHITE, Part.WINDOW);
        assertEquals(4 * 3 * 255, red(), 1e-3);
        assertEquals(255, canvas.averaged()[22 * 64 + 13]);
        assertEquals(0, canvas.averaged()[23 * 64 + 13]);
        assertEquals(Part.WINDOW.ordinal(), canvas.partMap()[20 * 64 + 10]);
    }

    @Test
    void theEdgeOfAShapeIsBlended() {
        canvas.polygon(new double[] {10 + 1 / 3.0, 20, 14, 20, 14, 23, 10 + 1 / 3.0, 23}, WHITE, Part.WINDOW);
        assertEquals(255 * 2 / 3.0, canvas.averaged()[21 * 64 + 10], 1e-3);
    }

    @Test
    void aLineHasRoundEnds() {
        canvas.line(new double[] {20, 32, 40, 32}, 8, WHITE, Part.LINE);
        assertEquals(20 * 8 + Math.PI * 16, red() / 255, 2);
    }

    @Test
    void whatLiesOutsideThePictureIsCutOff() {
        canvas.polygon(new double[] {-10, -10, 5, -10, 5, 4, -10, 4}, WHITE, Part.BODY);
        canvas.line(new double[] {60, 60, 90, 90}, 2, WHITE, Part.LINE);
        canvas.record(new double[] {-10, -10, 5, -10, 5, 4, -10, 4}, 0, Part.BODY);
        canvas.record(new double[] {70, 70, 90, 90}, 2, Part.LINE);
        assertEquals(255, canvas.averaged()[0]);
        assertEquals(1, canvas.boxes().size());
        assertEquals(5, canvas.boxes().get(0).right());
    }

    private double red() {
        double sum = 0;
        for (int pixel = 0; pixel < 64 * 64; pixel++) {
            sum += canvas.averaged()[pixel];
        }
        return sum;
    }
}
