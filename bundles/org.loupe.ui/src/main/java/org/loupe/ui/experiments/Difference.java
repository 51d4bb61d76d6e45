package org.loupe.ui.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.loupe.core.Recipe;

/** In what two recipes differ. */
final class Difference {

    private static final int SHORT = 12;

    private Difference() {
    }

    /** One sentence, such as “They differ in seed: 0, 1; engine: onednn, nd4j.” */
    static String words(Recipe one, Recipe other) {
        List<String> parts = new ArrayList<>();
        if (!one.analysis().equals(other.analysis())) {
            return "These are answers to different questions: " + one.analysis() + " and " + other.analysis() + ".";
        }
        Set<String> names = new TreeSet<>(one.arguments().keySet());
        names.addAll(other.arguments().keySet());
        names.forEach(name -> add(parts, name, one.arguments().getOrDefault(name, ""),
                other.arguments().getOrDefault(name, "")));
        add(parts, "network", shortened(one.network()), shortened(other.network()));
        add(parts, "pictures", shortened(one.pictures()), shortened(other.pictures()));
        add(parts, "engine", one.engine(), other.engine());
        add(parts, "machine", one.machine(), other.machine());
        add(parts, "version", one.version(), other.version());
        return parts.isEmpty() ? "They have the same recipe." : "They differ in " + String.join("; ", parts) + ".";
    }

    private static void add(List<String> parts, String name, String one, String other) {
        if (!one.equals(other)) {
            parts.add(name + ": " + word(one) + " | " + word(other));
        }
    }

    private static String word(String text) {
        return text.isEmpty() ? "none" : text.replace("\n", ", ");
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(SHORT, hash.length()));
    }
}
