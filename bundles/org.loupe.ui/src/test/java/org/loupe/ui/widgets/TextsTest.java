package org.loupe.ui.widgets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "0.0123, 0.0123", "4.5678, 4.57", "-4.5678, -4.57", "1234.5, 1235", "999.96, 1000",
            "0.00001, 1.0e-05", "12345678, 1.2e+07", "NaN, no number", "Infinity, ∞"})
    void numbersHaveThreeFigures(double value, String text) {
        assertEquals(text, Texts.number(value));
    }

    @ParameterizedTest
    @CsvSource({"0.4, under a second", "1.6, about 2 s", "59, about 59 s", "150, about 3 min"})
    void durationsAreGuesses(double seconds, String text) {
        assertEquals(text, Texts.about(seconds));
    }
}
