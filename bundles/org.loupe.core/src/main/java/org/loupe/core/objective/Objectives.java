package org.loupe.core.objective;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.loupe.core.network.Spelling;

/**
 * The language in which objectives are written: units, directions, weighted sums, and kinds that have a name, such as
 * {@code dream(mixed4a)}. One grammar for the command line, the window and recipes; {@code docs/objectives.md}
 * describes it. Immutable.
 */
public final class Objectives {

    private static final Objectives BUILT_IN = new Objectives(Map.ofEntries(
            Map.entry(DreamObjective.WORD, new DreamObjective.Kind()),
            Map.entry(ClassObjective.WORD, new ClassObjective.Kind()),
            Map.entry(InversionObjective.WORD, new InversionObjective.Kind()),
            Map.entry(CaricatureObjective.WORD, new CaricatureObjective.Kind()),
            Map.entry(AlignmentPenalty.WORD, new AlignmentPenalty.Kind()),
            Map.entry(SimilarityPenalty.WORD, new SimilarityPenalty.Kind()),
            Map.entry(DistancePenalty.ABSOLUTE, new DistancePenalty.AbsoluteKind()),
            Map.entry(DistancePenalty.ROOT, new DistancePenalty.RootKind()),
            Map.entry(VariationPenalty.WORD, new VariationPenalty.Kind()),
            Map.entry(BlurPenalty.WORD, new BlurPenalty.Kind()),
            Map.entry(BoundaryPenalty.WORD, new BoundaryPenalty.Kind())));

    private final SortedMap<String, ObjectiveKind> kinds;

    /** @param kinds by the word that each is written with */
    public Objectives(Map<String, ObjectiveKind> kinds) {
        this.kinds = Collections.unmodifiableSortedMap(new TreeMap<>(kinds));
    }

    /** The language without plug-ins. */
    public static Objectives builtIn() {
        return BUILT_IN;
    }

    /** The kinds that have a name, by name. */
    public SortedMap<String, ObjectiveKind> kinds() {
        return kinds;
    }

    /**
     * Reads an objective and checks that the network has what it looks at.
     *
     * @param neuron whether channels stand for the unit in the centre of their map
     * @throws IllegalArgumentException saying where the text stops making sense, with an example
     * @throws org.loupe.core.network.NetworkException saying what there is instead
     */
    public Objective read(String text, boolean neuron, Scene scene) {
        Objective objective = new ObjectiveReader(text, neuron,
                (word, arguments) -> make(word, arguments, scene)).read();
        objective.require(scene.network());
        return objective;
    }

    /**
     * Reads several objectives.
     *
     * @throws IllegalArgumentException as {@link #read} does, and where there is none
     */
    public List<Objective> readAll(List<String> texts, boolean neuron, Scene scene) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("No unit was given. Write layer:channel, such as mixed4a:12.");
        }
        return texts.stream().map(text -> read(text, neuron, scene)).toList();
    }

    /** Makes an objective of a kind that has a name. */
    private Objective make(String word, List<String> arguments, Scene scene) {
        ObjectiveKind kind = kinds.get(word);
        if (kind == null) {
            throw new IllegalArgumentException("There is no objective called " + word + ". "
                    + Spelling.suggestion(word, kinds.keySet()));
        }
        return kind.make(arguments, scene);
    }
}
