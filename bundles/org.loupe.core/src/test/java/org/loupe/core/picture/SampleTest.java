package org.loupe.core.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void classesThatTakeTurnsAllComeUpAndNoPictureTwice() {
        for (int total : new int[] {301, 510, 1020, 3400, 5100}) {
            int[] sample = IntStream.range(0, 300).map(i -> Sample.index(i, 300, total)).toArray();
            assertEquals(300, IntStream.of(sample).distinct().count());
            assertTrue(IntStream.of(sample).allMatch(index -> index >= 0 && index < total));
            for (int label = 0; label < 17; label++) {
                int one = label;
                long seen = IntStream.of(sample).filter(index -> index % 17 == one).count();
                assertTrue(seen >= 5 && seen <= 40, "class " + one + " of " + total + " pictures comes up " + seen + " times");
            }
        }
    }

    @Test
    void allPicturesAreThemselvesInOrder() {
        assertArrayEquals(IntStream.range(0, 9).toArray(), IntStream.range(0, 9).map(i -> Sample.index(i, 9, 9)).toArray());
        assertThrows(IllegalArgumentException.class, () -> Sample.index(0, 10, 9));
        assertThrows(IllegalArgumentException.class, () -> Sample.index(9, 9, 9));
    }
}
