package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of classes that writers note about a model, in the ways in which they do. */
final class ClassNames {

    private static final List<String> KEYS = List.of("names", "classes", "labels", "class_names", "id2label");
    private static final int MOST = 1 << 16;
    private static final Pattern NUMBERED = Pattern.compile("['\"]?(\\d{1,6})['\"]?\\s*:\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\")");
    private static final Pattern QUOTED = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\"");

    private ClassNames() {
    }

    /** The names, in the order of the classes; empty where there are none. */
    static List<String> of(Map<String, String> metadata) {
        return KEYS.stream().filter(metadata::containsKey).map(key -> parsed(metadata.get(key).trim()))
                .filter(names -> !names.isEmpty()).findFirst().orElse(List.of());
    }

    private static List<String> parsed(String text) {
        if (text.startsWith("{")) {
            Map<Integer, String> numbered = new TreeMap<>();
            for (Matcher matcher = NUMBERED.matcher(text); matcher.find() && numbered.size() < MOST;) {
                numbered.put(Integer.valueOf(matcher.group(1)), unescaped(matcher.group(2), matcher.group(3)));
            }
            int last = -1;
            for (int number : numbered.keySet()) {
                if (number != ++last) {
                    return List.of();
                }
            }
            return List.copyOf(numbered.values());
        }
        if (text.startsWith("[")) {
            List<String> names = new ArrayList<>();
            for (Matcher matcher = QUOTED.matcher(text); matcher.find() && names.size() < MOST;) {
                names.add(unescaped(matcher.group(1), matcher.group(2)));
            }
            return names;
        }
        return List.of(text.split(text.contains("\n") ? "\\s*\n\\s*" : "\\s*,\\s*"));
    }

    private static String unescaped(String single, String twice) {
        return (single != null ? single : twice).replaceAll("\\\\(.)", "$1");
    }
}
