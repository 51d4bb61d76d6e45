package org.loupe.core.stimulus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.loupe.core.network.Spelling;

/**
 * The families of stimuli that are known, by their short names.
 *
 * @param byName in the order in which they are offered
 */
public record Families(Map<String, StimulusFamily> byName) {

    public Families {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** Those that come with Loupe. */
    public static Families builtIn() {
        Map<String, StimulusFamily> families = new LinkedHashMap<>();
        families.put("curve", new Curve());
        families.put("corner", new Corner());
        families.put("line", new Line());
        families.put("edge", new Edge());
        families.put("grating", new Grating());
        families.put("high-low", new HighLow());
        families.put("circle", new Circle());
        families.put("spiral", new Spiral());
        families.put("patch", new Patch());
        families.put("centre-surround", new CentreSurround());
        return new Families(families);
    }

    /**
     * The family of a short name.
     *
     * @throws IllegalArgumentException naming what was probably meant
     */
    public StimulusFamily find(String name) {
        StimulusFamily family = byName.get(name);
        if (family == null) {
            throw new IllegalArgumentException("There are no stimuli called " + name + ". "
                    + Spelling.suggestion(name, byName.keySet()));
        }
        return family;
    }
}
