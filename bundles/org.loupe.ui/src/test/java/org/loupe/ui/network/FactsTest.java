package org.loupe.ui.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FactsTest {

    @Test
    void largeNumbersAreShort() {
        assertEquals("17", Facts.number(17));
        assertEquals("9999", Facts.number(9_999));
        assertEquals("12.3 k", Facts.number(12_345));
        assertEquals("290 k", Facts.number(290_456));
        assertEquals("6.8 M", Facts.number(6_800_000));
        assertEquals("2.4 G", Facts.number(2_400_000_000L));
    }

    @Test
    void longLinesAreBrokenBetweenWords() {
        String folded = Facts.folded("word ".repeat(40));
        assertTrue(folded.lines().allMatch(line -> line.length() <= 80), folded);
        assertEquals("word ".repeat(40), folded.replace("\n", ""));
    }
}
