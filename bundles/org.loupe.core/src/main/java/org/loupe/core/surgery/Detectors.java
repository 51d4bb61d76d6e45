package org.loupe.core.surgery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.loupe.core.network.Spelling;

/**
 * The detectors that are known, by the names under which expressions have them.
 *
 * @param byName in the order in which they are offered
 */
public record Detectors(Map<String, Detector> byName) {

    public Detectors {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** Those that come with Loupe. */
    public static Detectors builtIn() {
        return new Detectors(Map.of("curve", new CurveDetector()));
    }

    /**
     * The detector of a name.
     *
     * @throws IllegalArgumentException naming what was probably meant
     */
    public Detector find(String name) {
        Detector detector = byName.get(name);
        if (detector == null) {
            throw new IllegalArgumentException("There is no function and no detector " + name + ". "
                    + Spelling.suggestion(name, byName.keySet()));
        }
        return detector;
    }
}
