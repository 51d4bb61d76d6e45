package org.loupe.core.annotation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.loupe.core.Unit;

/**
 * A named group of units that belong together, such as curve detectors of all orientations.
 *
 * @param name  what it is called, unique among the families of a network
 * @param kind  what its members have in common, such as {@code curve} or {@code rotation}, or an empty text
 * @param about where it comes from, or what a person should know about it, or an empty text
 * @param units its members, whole channels, each once, in an order that means something to whoever made the family
 */
public record Family(String name, String kind, String about, List<Unit> units) {

    public Family {
        name = name.strip();
        kind = kind.strip();
        about = about.strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A family needs a name.");
        }
        units = List.copyOf(new LinkedHashSet<>(units.stream().map(unit -> unit.at(Unit.EVERYWHERE)).toList()));
    }

    /** A family without kind and members. */
    public static Family named(String name) {
        return new Family(name, "", "", List.of());
    }

    /** Whether a unit's channel is a member. */
    public boolean has(Unit unit) {
        return units.contains(unit.at(Unit.EVERYWHERE));
    }

    /** The same with more members behind those that there are. */
    public Family with(List<Unit> more) {
        LinkedHashSet<Unit> all = new LinkedHashSet<>(units);
        all.addAll(more.stream().map(unit -> unit.at(Unit.EVERYWHERE)).toList());
        return new Family(name, kind, about, List.copyOf(all));
    }

    /** The same without some members. */
    public Family without(List<Unit> fewer) {
        List<Unit> channels = fewer.stream().map(unit -> unit.at(Unit.EVERYWHERE)).toList();
        return new Family(name, kind, about, units.stream().filter(unit -> !channels.contains(unit)).toList());
    }

    /** The same members under another name. */
    public Family called(String other) {
        return new Family(other, kind, about, units);
    }

    /** The same members of another kind. */
    public Family ofKind(String other) {
        return new Family(name, Objects.requireNonNull(other), about, units);
    }
}
