package org.loupe.core.objective;

import java.util.List;

/**
 * Reads objectives that need no network to be understood, as a person writes them: {@code mixed4a:12},
 * {@code mixed4a:12@centre}, {@code mixed4a:12 - 0.5*mixed4a:3}, {@code mixed4a:{3=0.5,12=1}^2}; {@code .pre} behind a layer's name looks in
 * front of its nonlinearity. What an objective prints reads back as itself.
 */
public final class ObjectiveText {

    private ObjectiveText() {
    }

    /**
     * Reads several objectives.
     *
     * @param texts  one objective each
     * @param neuron whether channels stand for the unit in the centre of their map
     */
    public static List<Objective> parseAll(List<String> texts, boolean neuron) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("No unit was given. Write layer:channel, such as mixed4a:12.");
        }
        return texts.stream().map(text -> parse(text, neuron)).toList();
    }

    /**
     * Reads an objective.
     *
     * @throws IllegalArgumentException saying where the text stops making sense, with an example
     */
    public static Objective parse(String text) {
        return parse(text, false);
    }

    private static Objective parse(String text, boolean neuron) {
        return new ObjectiveReader(text, neuron, (word, arguments) -> {
            throw new IllegalArgumentException("“" + word + "” needs a network to be understood. Write a unit such as"
                    + " mixed4a:12, a sum, or a direction such as \"mixed4a:{3=0.5,12=1}\".");
        }).read();
    }
}
