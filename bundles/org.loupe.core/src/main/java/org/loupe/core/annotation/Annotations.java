package org.loupe.core.annotation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.loupe.core.Unit;

/**
 * Everything that somebody has written about the units of one network. Immutable; {@link Edit} makes new ones.
 *
 * <p>What is written belongs to a whole channel; of a unit with a place, the channel is meant.
 *
 * @param about    where all of this comes from, or an empty text for what a person has written
 * @param labels   names of units, none empty
 * @param notes    texts about units, of any length, none empty
 * @param families by name
 */
public record Annotations(String about, SortedMap<Unit, String> labels, SortedMap<Unit, String> notes,
        SortedMap<String, Family> families) {

    /** Nothing was written yet. */
    public static final Annotations NONE =
            new Annotations("", Collections.emptySortedMap(), Collections.emptySortedMap(), Collections.emptySortedMap());

    public Annotations {
        labels = copy(labels);
        notes = copy(notes);
        families = copy(families);
        if (families.entrySet().stream().anyMatch(family -> !family.getKey().equals(family.getValue().name()))) {
            throw new IllegalArgumentException("A family is kept under another name than its own.");
        }
    }

    private static <K, V> SortedMap<K, V> copy(SortedMap<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /** The label of a unit. */
    public Optional<String> label(Unit unit) {
        return Optional.ofNullable(labels.get(unit.at(Unit.EVERYWHERE)));
    }

    /** The note about a unit. */
    public Optional<String> note(Unit unit) {
        return Optional.ofNullable(notes.get(unit.at(Unit.EVERYWHERE)));
    }

    /** The families that a unit belongs to, by name. */
    public List<Family> families(Unit unit) {
        return families.values().stream().filter(family -> family.has(unit)).toList();
    }

    /** The family of a name. */
    public Optional<Family> family(String name) {
        return Optional.ofNullable(families.get(name.strip()));
    }

    /** All units that something was written about. */
    public SortedSet<Unit> units() {
        SortedSet<Unit> units = new TreeSet<>(labels.keySet());
        units.addAll(notes.keySet());
        families.values().forEach(family -> units.addAll(family.units()));
        return units;
    }

    /** Whether nothing was written. */
    public boolean isEmpty() {
        return labels.isEmpty() && notes.isEmpty() && families.isEmpty();
    }

    /** The same with another label of a unit, or without one where the text is blank. */
    Annotations labelled(Unit unit, String text) {
        return new Annotations(about, put(labels, unit, text), notes, families);
    }

    /** The same with another note about a unit, or without one where the text is blank. */
    Annotations noted(Unit unit, String text) {
        return new Annotations(about, labels, put(notes, unit, text), families);
    }

    /** The same with something else under the name of a family. */
    Annotations grouped(String name, Optional<Family> family) {
        SortedMap<String, Family> changed = new TreeMap<>(families);
        changed.remove(name);
        family.ifPresent(now -> changed.put(now.name(), now));
        return new Annotations(about, labels, notes, changed);
    }

    private static SortedMap<Unit, String> put(SortedMap<Unit, String> map, Unit unit, String text) {
        SortedMap<Unit, String> changed = new TreeMap<>(map);
        if (text.isBlank()) {
            changed.remove(unit.at(Unit.EVERYWHERE));
        } else {
            changed.put(unit.at(Unit.EVERYWHERE), text.strip());
        }
        return changed;
    }
}
