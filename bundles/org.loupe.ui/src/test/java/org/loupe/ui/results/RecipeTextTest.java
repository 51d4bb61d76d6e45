package org.loupe.ui.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Arguments;
import org.loupe.core.Recipe;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualize.Robustness;
import org.loupe.core.visualize.Visualize.Space;

class RecipeTextTest {

    private static Recipe recipe(Visualize.Arguments arguments) {
        return new Recipe("org.loupe.visualize", Arguments.text(arguments), "abc", "", "onednn", "oneDNN 3.11", "1.0.0");
    }

    @Test
    void theUsualQuestionIsAShortCommand() {
        assertEquals("./loupe visualize demo mixed4a:12", RecipeText.command(
                recipe(Visualize.Arguments.of("mixed4a:12")), "visualize", Visualize.Arguments.class, "demo"));
    }

    @Test
    void whatIsUnusualIsAnOptionAndSpacesAreQuoted() {
        Visualize.Arguments arguments = new Visualize.Arguments(List.of("mixed4a:12 - 0.5*mixed4a:3", "mixed4a:3"), true,
                64, 0, Space.PIXELS, Robustness.STANDARD, 0.05, 3);
        assertEquals("./loupe visualize 'my network.loupe' 'mixed4a:12 - 0.5*mixed4a:3' mixed4a:3 --neuron"
                + " --space pixels --steps 64 --seed 3", RecipeText.command(recipe(arguments), "visualize",
                        Visualize.Arguments.class, "my network.loupe"));
    }

    @Test
    void everythingThatDecidesTheBytesIsInTheText() {
        String text = RecipeText.lines(recipe(Visualize.Arguments.of("mixed4a:12")), "demo");
        for (String part : List.of("analysis: org.loupe.visualize", "units: mixed4a:12", "seed: 0", "steps: 512",
                "network: demo (SHA-256 abc)", "engine: onednn (oneDNN 3.11)", "version: 1.0.0")) {
            assertTrue(text.contains(part), part + " in " + text);
        }
    }
}
