package org.loupe.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTest {

    @ParameterizedTest
    @ValueSource(strings = {"mixed4a:97", "mixed4a:97@3,5", "mixed4a:0@centre", "inception4a/3x3.pool-1:2"})
    void whatIsWrittenReadsBackAsItself(String text) {
        assertEquals(text, Unit.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mixed4a", "mixed4a:", ":3", "mixed4a:x", "mixed4a:-1", "mixed4a:1@", "mixed4a:1@3",
            "mixed4a:99999999999"})
    void nonsenseIsRefusedWithAnExample(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Unit.parse(text)).getMessage();
        assertTrue(message.contains("mixed4a:12"), message);
    }

    @Test
    void theCentreOfAnEvenMapIsBelowAndRightOfItsMiddle() {
        Unit neuron = Unit.parse("a:1@centre");
        assertEquals(Optional.of(new Unit.Position(4, 2)), neuron.position(8, 5));
        assertEquals(Optional.empty(), Unit.parse("a:1").position(8, 5));
        assertFalse(neuron.isChannel());
        assertTrue(neuron.at(Unit.EVERYWHERE).isChannel());
    }
}
