package org.loupe.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.loupe.core.Recipe;
import org.loupe.core.Unit;
import org.loupe.core.engine.Engine;
import org.loupe.core.image.Png;
import org.loupe.core.network.Network;
import org.loupe.core.visualize.Visualized;
import org.loupe.store.RecipeText;

/**
 * What is known of some units of a network.
 *
 * @param hash      SHA-256 of the network
 * @param specimens one for each unit
 * @param compared  the unit whose ingredients are compared
 * @param mixes     its pictures, one for each way to make them; empty when it did not come to that
 * @param isPartial whether the work was stopped before it was done
 */
record Report(Network network, String hash, Engine engine, List<Specimen> specimens, Unit compared,
        List<Picture> mixes, boolean isPartial) {

    /**
     * One unit.
     *
     * @param pictures the channel's picture first, then the neuron's where there is one
     */
    record Specimen(Unit unit, List<Picture> pictures, Facts facts) {
    }

    /**
     * One picture.
     *
     * @param made  the result that it belongs to
     * @param index which of the result's pictures it is
     * @param typed the words that a person types to get this result, without the analysis and the network
     */
    record Picture(Visualized made, int index, Recipe recipe, List<String> typed) {

        Visualized.Detail detail() {
            return made.details().get(index);
        }

        /** Whether it was stopped before it was done. */
        boolean isPartial() {
            return detail().scores().length < made.steps();
        }

        /** Name of its file, within the report. */
        String file() {
            return "pictures/" + OutFolder.fileName(detail().objective() + " " + detail().label())
                    + (isPartial() ? "-partial" : "") + ".png";
        }

        byte[] png() {
            return Png.write(made.pictures(), index, Map.of("Title",
                    (detail().objective() + " " + detail().label()).strip(), RecipeText.KEYWORD,
                    RecipeText.writeLine(recipe)));
        }
    }

    /** All pictures. */
    List<Picture> pictures() {
        return Stream.concat(specimens.stream().flatMap(specimen -> specimen.pictures().stream()), mixes.stream()).toList();
    }
}
