package org.loupe.core.circuit.graph;

import java.util.List;
import org.loupe.core.Unit;

/**
 * Units that are drawn as one node, such as the curves of all orientations, a left and a right head, or a union over cases.
 *
 * @param name  what a person calls them; not blank, in one line
 * @param units at least one, in order
 */
public record Group(String name, List<Unit> units) {

    public Group {
        name = name.strip();
        units = units.stream().distinct().sorted().toList();
        if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A group needs a name of one line.");
        }
        if (units.isEmpty()) {
            throw new IllegalArgumentException("The group “" + name + "” has no units.");
        }
    }
}
