package org.loupe.core.annotation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.loupe.core.Unit;

/**
 * All that is written about the units of a network: by the person, and in published sets. What the person has written
 * counts before what is published.
 *
 * @param own       what the person has written
 * @param published what comes along
 */
public record Known(Annotations own, List<Published> published) {

    /** Nothing is known. */
    public static final Known NOTHING = new Known(Annotations.NONE, List.of());

    /**
     * A published set.
     *
     * @param name what it is called, for a person
     */
    public record Published(String name, Annotations annotations) {
    }

    /**
     * A unit that a search has found.
     *
     * @param what  where the words were found: {@code label}, {@code family}, {@code note} or {@code layer}
     * @param text  the text in which they were found
     * @param where name of the published set that it is from, or an empty text for the person's own
     */
    public record Hit(Unit unit, String what, String text, String where) {
    }

    public Known {
        published = List.copyOf(published);
    }

    /** The person's label of a unit, or else a published one. */
    public Optional<String> label(Unit unit) {
        return own.label(unit).or(() -> published.stream()
                .flatMap(set -> set.annotations().label(unit).stream()).findFirst());
    }

    /** The person's families of a unit, then the published ones of other names. */
    public List<Family> families(Unit unit) {
        List<Family> families = new ArrayList<>(own.families(unit));
        for (Published set : published) {
            set.annotations().families(unit).stream().filter(family -> own.family(family.name()).isEmpty())
                    .forEach(families::add);
        }
        return families;
    }

    /** What a person would call a unit: its label, or else the name of its first family, or nothing. */
    public Optional<String> name(Unit unit) {
        return label(unit).or(() -> families(unit).stream().map(Family::name).findFirst());
    }

    /** All that is written about a unit and that a search looks at, in one text. */
    public String words(Unit unit) {
        StringBuilder words = new StringBuilder(label(unit).orElse(""));
        families(unit).forEach(family -> words.append('\n').append(family.name()).append('\n').append(family.kind()));
        own.note(unit).ifPresent(note -> words.append('\n').append(note));
        return words.toString();
    }

    /** Names of all families. */
    public Set<String> familyNames() {
        Set<String> names = new TreeSet<>(own.families().keySet());
        published.forEach(set -> names.addAll(set.annotations().families().keySet()));
        return names;
    }

    /**
     * The units about which all words of a text are written somewhere, in labels first, then in families and notes; upper
     * and lower case are the same.
     *
     * @param text words between spaces; nothing is found where there are none
     */
    public List<Hit> search(String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+");
        Set<Hit> hits = new LinkedHashSet<>();
        if (text.isBlank()) {
            return List.of();
        }
        search(own, "", words, hits);
        published.forEach(set -> search(set.annotations(), set.name(), words, hits));
        List<String> order = List.of("label", "family", "note");
        return hits.stream().sorted((one, other) -> order.indexOf(one.what()) - order.indexOf(other.what())).toList();
    }

    private static void search(Annotations in, String where, String[] words, Set<Hit> hits) {
        in.labels().forEach((unit, label) -> {
            if (has(label, words)) {
                hits.add(new Hit(unit, "label", label, where));
            }
        });
        for (Family family : in.families().values()) {
            if (has(family.name() + " " + family.kind(), words)) {
                family.units().forEach(unit -> hits.add(new Hit(unit, "family", family.name(), where)));
            }
        }
        in.notes().forEach((unit, note) -> {
            if (has(note, words)) {
                hits.add(new Hit(unit, "note", note, where));
            }
        });
    }

    private static boolean has(String text, String[] words) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (!lower.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
