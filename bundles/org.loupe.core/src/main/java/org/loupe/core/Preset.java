package org.loupe.core;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A choice of arguments that has a name. What it chooses is written into the recipe, so that a recipe means the same
 * when the preset changes.
 *
 * @param name      one word, such as {@code lucid}
 * @param about     one sentence on what it is for
 * @param arguments values as {@link Arguments} reads them, by name; all others have their standard values
 */
public record Preset(String name, String about, SortedMap<String, String> arguments) {

    public Preset {
        arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
    }

    /** One whose arguments are given in any order. */
    public static Preset of(String name, String about, Map<String, String> arguments) {
        return new Preset(name, about, new TreeMap<>(arguments));
    }
}
