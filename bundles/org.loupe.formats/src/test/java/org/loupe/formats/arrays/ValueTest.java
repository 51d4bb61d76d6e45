package org.loupe.formats.arrays;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Shape;
import org.loupe.formats.graph.Assembly;

/** What a file does to the dimensions of an array. */
class ValueTest {

    private static final Shape SHAPE = new Shape(6, 2, 3);

    private final Assembly assembly = new Assembly(SHAPE);
    private final Steps steps = new Steps(assembly, new Budget(0), "");
    private final Value maps = Value.map(Network.INPUT, SHAPE, true);

    @Test
    void aFlattenedMapWithChannelsLastLiesInTheOrderOfItsFile() {
        Value flat = maps.reshaped(1, -1);
        assertArrayEquals(new int[] {1, 36}, flat.sizes());
        int[] places = flat.places(flat.dimension(1));
        assertEquals(0, places[0]);
        assertEquals(6, places[1], "the second number is that of the second channel");
        assertEquals(1, places[6], "the seventh that of the second column");
        assertEquals(3, places[18], "the nineteenth that of the second row");
    }

    @Test
    void whatIsFlattenedAndMadeAMapAgainIsUntouched() {
        assertEquals(maps, maps.reshaped(1, -1).reshaped(1, 2, 3, 6));
        assertEquals(maps, maps.transposed(0, 3, 1, 2).transposed(0, 2, 3, 1));
    }

    @Test
    void channelsShuffledByReshapingBecomeASelection() {
        Value shuffled = maps.reshaped(1, 2, 3, 2, 3).transposed(0, 1, 2, 4, 3).reshaped(1, 2, 3, 6);
        Value placed = steps.asMaps("shuffle", shuffled, true);
        assertEquals(new Selection("shuffle", Network.INPUT, List.of(0, 3, 1, 4, 2, 5)), assembly.operation(placed.output()));
    }

    @Test
    void numbersAreOnlyMovedWhereAnOperationCannotDoWithout() {
        assertSame(maps, steps.asMaps("same", maps, true));
        Value vector = steps.asVector("vector", maps.reshaped(1, 36));
        Selection order = (Selection) assembly.operation(vector.output());
        assertEquals(List.of(0, 6, 12), order.channels().subList(0, 3));
        assertEquals(Flatten.class, assembly.operation(order.input()).getClass());
    }

    @Test
    void rowsAndColumnsThatAreRepeatedAreAnEnlargement() {
        Value rows = maps.reshaped(1, 2, 1, 3, 6).repeated(2, 2).reshaped(1, 4, 3, 6);
        Value both = rows.reshaped(1, 4, 3, 1, 6).repeated(3, 2).reshaped(1, 4, 6, 6);
        Value placed = steps.asMaps("large", both, true);
        assertEquals(Resize.class, assembly.operation(placed.output()).getClass());
        assertEquals(new Shape(6, 4, 6), placed.shape());
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThrows(NetworkException.class, () -> maps.reshaped(1, 35));
        assertThrows(NetworkException.class, () -> maps.reshaped(1, 0, -1));
        assertThrows(Unsupported.class, () -> maps.reshaped(1, 4, 9));
        assertThrows(Unsupported.class, () -> steps.asMaps("turned", maps.transposed(0, 2, 1, 3), true));
        assertThrows(NetworkException.class, () -> maps.transposed(0, 1, 1, 2));
    }
}
