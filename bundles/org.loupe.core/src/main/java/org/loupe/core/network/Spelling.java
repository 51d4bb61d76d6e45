package org.loupe.core.network;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Helps a person who has mistyped a name. */
public final class Spelling {

    private static final int SHOWN = 40;

    private Spelling() {
    }

    /** A sentence that names what was probably meant, or else all that there is. */
    public static String suggestion(String written, Collection<String> known) {
        if (known.isEmpty()) {
            return "There are none.";
        }
        String nearest = known.stream().min(Comparator.comparingInt(name -> distance(written, name))).orElseThrow();
        if (distance(written, nearest) <= Math.max(1, written.length() / 3)) {
            return "Did you mean " + nearest + "?";
        }
        String all = known.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return "There are: " + all + (known.size() > SHOWN ? ", and " + (known.size() - SHOWN) + " more." : ".");
    }

    /** How many letters must be inserted, removed or changed (Levenshtein 1966). */
    static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                current[column] = Math.min(above[column - 1] + change,
                        Math.min(above[column], current[column - 1]) + 1);
            }
            above = current;
        }
        return above[to.length()];
    }
}
