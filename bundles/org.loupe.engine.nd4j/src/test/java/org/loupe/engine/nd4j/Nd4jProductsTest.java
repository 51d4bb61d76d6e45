package org.loupe.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;
import org.loupe.core.dictionary.Products;

class Nd4jProductsTest {

    private static final int ROWS = 33;
    private static final int INNER = 21;
    private static final int COLUMNS = 47;

    private static float[] drawn(int size, long seed) {
        Draws draws = new Draws(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) draws.gaussian();
        }
        return values;
    }

    @Test
    void productsAreThoseOfPlainLoopsWhateverIsTransposed() {
        float[] left = drawn(ROWS * INNER, 1);
        float[] right = drawn(INNER * COLUMNS, 2);
        try (Products products = new Nd4jEngine().products()) {
            for (boolean leftTransposed : new boolean[] {false, true}) {
                for (boolean rightTransposed : new boolean[] {false, true}) {
                    float[] expected = new float[ROWS * COLUMNS];
                    float[] found = new float[ROWS * COLUMNS];
                    Products.PLAIN.multiply(left, leftTransposed, right, rightTransposed, ROWS, INNER, COLUMNS, expected);
                    products.multiply(left, leftTransposed, right, rightTransposed, ROWS, INNER, COLUMNS, found);
                    assertArrayEquals(expected, found, 1e-5f, leftTransposed + " " + rightTransposed);
                }
            }
        }
    }
}
