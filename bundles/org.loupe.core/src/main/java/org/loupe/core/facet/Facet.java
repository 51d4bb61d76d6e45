package org.loupe.core.facet;

import java.util.List;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.Groups;

/**
 * One of the things that excite a unit.
 *
 * @param examples the pictures of this facet, the strongest first
 * @param shown    how many of them {@code crops} has
 * @param crops    what the unit sees of the first examples, each at most 64 pixels high and wide
 * @param classes  the most frequent classes among the examples, with their shares
 * @param inputs   the channels below that contribute most to the unit on these examples, the largest first
 * @param readers  what units above that read the unit answer to these examples, in the same order for all facets
 * @param picture  made for this facet, where one was asked for
 */
public record Facet(List<Example> examples, int shown, Batch crops, List<Groups.Share> classes, List<Input> inputs,
        List<Input> readers, Optional<Made> picture) {

    public Facet {
        examples = List.copyOf(examples);
        classes = List.copyOf(classes);
        inputs = List.copyOf(inputs);
        readers = List.copyOf(readers);
    }

    /**
     * A channel on the examples of a facet.
     *
     * @param unit  the channel
     * @param value of an input, its mean contribution to the unit; of a reader, its mean largest activation
     * @param elsewhere the same on the examples of all other facets; NaN where there is no other
     */
    public record Input(Unit unit, double value, double elsewhere) {
    }

    /**
     * A picture that was made for a facet.
     *
     * @param pixels     one picture, colours from 0 to 1
     * @param objective  what it maximises
     * @param activation of the unit in the middle of its map, on the finished picture
     */
    public record Made(Batch pixels, String objective, double activation) {
    }

    /** The mean activation of the unit on the examples. */
    public double activation() {
        return examples.stream().mapToDouble(Example::value).average().orElse(0);
    }

    /** The most frequent classes in words, such as “cat 54 %, bus 31 %”; empty where classes are not known. */
    public String classText() {
        StringBuilder text = new StringBuilder();
        for (Groups.Share share : classes) {
            text.append(text.isEmpty() ? "" : ", ").append(share.name()).append(' ').append(Math.round(100 * share.share()))
                    .append(" %");
        }
        return text.toString();
    }

    Facet with(Made made) {
        return new Facet(examples, shown, crops, classes, inputs, readers, Optional.of(made));
    }
}
