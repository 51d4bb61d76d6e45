package org.loupe.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    enum Kind {
        PLAIN,
        VERY_FANCY
    }

    record Question(
            @Argument(label = "Units", help = "Which units.") List<String> units,
            @Argument(label = "Steps", help = "How many.", standard = "512", least = 1, greatest = 1000) int steps,
            @Argument(label = "Seed", help = "Where to start.", standard = "0") long seed,
            @Argument(label = "Rate", help = "How fast.", standard = "0.05", least = 0) double rate,
            @Argument(label = "Neuron", help = "Whether only the centre.", standard = "false") boolean neuron,
            @Argument(label = "Kind", help = "Of which kind.", standard = "VERY_FANCY") Kind kind,
            @Argument(label = "Note", help = "Anything.") String note) {
    }

    record Forgotten(int steps) {
    }

    private static final Question ALL =
            new Question(List.of("a:1", "a:1 - 0.5*a:2"), 7, -1L << 62, 0.1, true, Kind.PLAIN, "two words");

    @Test
    void aRecordSurvivesBeingWrittenAsText() {
        assertEquals(ALL, Arguments.record(Question.class, Arguments.text(ALL)));
    }

    @Test
    void textIsShortAndSortedByName() {
        assertEquals("{kind=plain, neuron=true, note=two words, rate=0.1, seed=-4611686018427387904, steps=7,"
                + " units=a:1\na:1 - 0.5*a:2}", Arguments.text(ALL).toString());
    }

    @Test
    void whatIsMissingGetsItsStandardValue() {
        assertEquals(new Question(List.of("a:1"), 512, 0, 0.05, false, Kind.VERY_FANCY, ""),
                Arguments.record(Question.class, Map.of("units", "a:1")));
    }

    @Test
    void standardsAreSpelledAsResultsSpellThem() {
        assertEquals(List.of("", "512", "0", "0.05", "false", "very-fancy", ""),
                Arguments.fields(Question.class).stream().map(Arguments.Field::standard).toList());
    }

    @Test
    void numbersOfTheSameValueGiveTheSameText() {
        assertEquals(Arguments.text(Arguments.record(Question.class, Map.of("units", "a:1", "rate", "2"))),
                Arguments.text(Arguments.record(Question.class, Map.of("units", "a:1", "rate", "2.000"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "steps  | 0        | Steps cannot be “0”. Anything from 1 to 1000 is allowed.",
        "steps  | many     | Steps cannot be “many”. Write a whole number, anything from 1 to 1000 is allowed.",
        "steps  | 1.5      | Steps cannot be “1.5”. Write a whole number, anything from 1 to 1000 is allowed.",
        "rate   | -1       | Rate cannot be “-1”. At least 0 is allowed.",
        "rate   | NaN      | Rate cannot be “NaN”. At least 0 is allowed.",
        "neuron | perhaps  | Neuron cannot be “perhaps”. Write true or false.",
        "kind   | fancy    | Kind cannot be “fancy”. There are: plain, very-fancy.",
        "kind   | plan     | Kind cannot be “plan”. Did you mean plain?",
        "step   | 1        | There is no argument step. Did you mean steps?"})
    void whatIsWrongIsSaidWithWhatIsRight(String name, String value, String message) {
        Map<String, String> texts = Map.of("units", "a:1", name, value);
        assertEquals(message, assertThrows(IllegalArgumentException.class,
                () -> Arguments.record(Question.class, texts)).getMessage());
    }

    @Test
    void whatMustBeGivenIsAskedFor() {
        assertEquals("Units: none is given. Which units.", assertThrows(IllegalArgumentException.class,
                () -> Arguments.record(Question.class, Map.of())).getMessage());
    }

    @Test
    void aRecordWithoutDescriptionsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Arguments.fields(Forgotten.class));
    }
}
