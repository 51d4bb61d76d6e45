package org.loupe.core.factor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTest {

    private final Matrix matrix = Matrix.of(new double[] {3, 4, 0}, new double[] {0, 0, 0});

    @Test
    void rowsAndColumnsAreReadByIndex() {
        assertEquals(4, matrix.at(0, 1));
        assertArrayEquals(new double[] {4, 0}, matrix.column(1));
        assertArrayEquals(new double[] {1.5, 2, 0}, matrix.meanRow());
        assertEquals(Matrix.of(new double[] {3, 0}, new double[] {4, 0}, new double[] {0, 0}), matrix.transposed());
        assertEquals(Matrix.of(new double[] {0, 0, 0}, new double[] {3, 4, 0}), matrix.rows(List.of(1, 0)));
    }

    @Test
    void rowsOfZerosHaveNoDirection() {
        assertEquals(Matrix.of(new double[] {.6, .8, 0}, new double[] {0, 0, 0}), matrix.unitRows());
        Matrix cosines = matrix.cosines(Matrix.of(new double[] {1, 0, 0}));
        assertEquals(.6, cosines.at(0, 0), 1e-15);
        assertEquals(0, cosines.at(1, 0));
    }

    @Test
    void whatIsNotAMatrixIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Matrix(2, 2, new double[3]));
        assertThrows(IllegalArgumentException.class, () -> new Matrix(0, 2, new double[0]));
        assertThrows(IllegalArgumentException.class, () -> new Matrix(1, 1, new double[] {Double.NaN}));
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(new double[] {1}, new double[] {1, 2}));
        assertThrows(IllegalArgumentException.class, () -> matrix.cosines(Matrix.zeros(1, 2)));
    }
}
