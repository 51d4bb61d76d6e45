package org.loupe.ui.unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.objective.ObjectiveKind;
import org.loupe.core.objective.Scene;
import org.loupe.platform.Registered;

/**
 * Something that a person can ask a picture for, written out for a unit of the network at hand, to be changed.
 *
 * @param about what it is, with the example behind it
 * @param text  the example, as it is written
 * @param use   what becomes of what is written already
 */
record ObjectiveExample(String about, String text, Use use) {

    /** What becomes of what is written already. */
    enum Use {
        /** It is about the same unit, so it stands in its place. */
        REPLACES,
        /** It is one more thing to maximise. */
        IS_ADDED,
        /** It is subtracted. */
        IS_PENALTY
    }

    /** A class that every network with classes has, by number. */
    private static final String FIRST = "0";
    private static final String TO_BE_SUBTRACTED = "to be subtracted";

    /**
     * All examples: what can be written about a unit, then one for each kind of objective.
     *
     * @param unit  a unit of the network, which the examples are about
     * @param kinds those that are installed
     * @param scene what is possible in the network
     */
    static List<ObjectiveExample> of(Unit unit, List<Registered<ObjectiveKind>> kinds, Scene scene) {
        List<ObjectiveExample> examples = new ArrayList<>();
        Network network = scene.network();
        Layer layer = network.layer(unit.layer());
        String name = layer.name();
        int channels = network.shape(layer).channels();
        int other = (unit.channel() + 1) % channels;
        add(examples, "Negative, what it likes least", "-" + name + (layer.hasActivation() ? ".pre:" : ":") + unit.channel());
        add(examples, "Neuron, in the middle of the map", name + ":" + unit.channel() + "@centre");
        add(examples, "Sum with weights", name + ":" + unit.channel() + " - 0.5*" + name + ":" + other);
        String direction = name + ":{" + unit.channel() + "=1" + (channels > 1 ? "," + other + "=0.5" : "") + "}";
        add(examples, "Direction, a mixture of channels", direction);
        add(examples, "Direction at one neuron, and nothing else there (cosine to the power of 2)", direction + "@centre^2");
        kinds.forEach(kind -> of(unit, kind, scene).ifPresent(examples::add));
        return List.copyOf(examples);
    }

    private static void add(List<ObjectiveExample> examples, String about, String text) {
        examples.add(new ObjectiveExample(about + ": " + text, text, Use.REPLACES));
    }

    /** The first example in a kind's description, with a layer or a class that this network has. */
    private static Optional<ObjectiveExample> of(Unit unit, Registered<ObjectiveKind> kind, Scene scene) {
        Matcher written = Pattern.compile("\\b" + Pattern.quote(kind.shortName()) + "\\(([^)]*)\\)").matcher(kind.description());
        if (!written.find()) {
            return Optional.empty();
        }
        boolean isPenalty = kind.description().contains(TO_BE_SUBTRACTED);
        String word = written.group(1).split(",")[0].strip();
        String rest = written.group(1).substring(written.group(1).indexOf(word) + word.length());
        // A penalty often looks at a lower layer than the unit's own: the one in the example, where there is such a layer.
        String text = (isPenalty ? Stream.of(word, unit.layer(), FIRST) : Stream.of(unit.layer(), word, FIRST))
                .filter(candidate -> isPossible(kind.value(), candidate + rest, scene)).findFirst().orElse(word);
        text = kind.shortName() + "(" + (word.isEmpty() ? "" : text + rest) + ")";
        String about = kind.description().substring(0, written.start()).strip().replaceFirst("[:,]$", "");
        return Optional.of(new ObjectiveExample(kind.name() + ": " + about + ": " + text, text,
                isPenalty ? Use.IS_PENALTY : Use.IS_ADDED));
    }

    private static boolean isPossible(ObjectiveKind kind, String arguments, Scene scene) {
        try {
            kind.make(Arrays.stream(arguments.split(",")).map(String::strip).toList(), scene).taps()
                    .forEach(scene.network()::source);
            return true;
        } catch (IllegalArgumentException | NetworkException refused) {
            return false;
        }
    }
}
