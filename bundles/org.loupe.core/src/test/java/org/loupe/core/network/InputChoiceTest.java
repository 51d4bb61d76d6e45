package org.loupe.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputChoiceTest {

    @Test
    void nothingChosenLeavesAllToTheFile() {
        assertEquals(new InputChoice(0, 0, Optional.empty()), InputChoice.NONE);
    }

    @Test
    void aSizeHasBothSidesAndIsReasonable() {
        Optional<Preparation> none = Optional.empty();
        assertEquals(4096, new InputChoice(1, 4096, none).columns());
        for (int[] size : new int[][] {{0, 5}, {5, 0}, {-1, -1}, {4097, 10}, {10, 4097}, {-3, 0}}) {
            String message = assertThrows(NetworkException.class, () -> new InputChoice(size[0], size[1], none))
                    .getMessage();
            assertTrue(message.contains("from 1 to 4096"), message);
        }
    }
}
