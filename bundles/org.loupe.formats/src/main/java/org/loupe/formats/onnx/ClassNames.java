package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The names of classes that writers note about a model, in the ways in which they do. */
final class ClassNames {

    private static final List<String> KEYS = List.of("names", "classes", "labels", "class_names", "id2label");

    private ClassNames() {
    }

    /** The names, in the order of the classes; empty where there are none. */
    static List<String> of(Map<String, String> metadata) {
        return KEYS.stream().filter(metadata::containsKey).map(key -> parsed(metadata.get(key).trim()))
                .filter(names -> !names.isEmpty()).findFirst().orElse(List.of());
    }

    private static List<String> parsed(String text) {
        if (text.startsWith("{")) {
            return numbered(text);
        }
        if (text.startsWith("[")) {
            return quoted(text);
        }
        return text.isEmpty() ? List.of() : List.of(text.split(text.contains("\n") ? "\\s*\n\\s*" : "\\s*,\\s*"));
    }

    /** A dictionary from numbers, quoted or not, to names; nothing where a number is left out. */
    private static List<String> numbered(String text) {
        Map<Integer, String> names = new TreeMap<>();
        int number = -1;
        for (int at = 1; at < text.length(); at++) {
            char character = text.charAt(at);
            if (Character.isDigit(character)) {
                number = Math.min(1 << 20, Math.max(0, number) * 10 + Character.digit(character, 10));
            } else if (isQuote(character) && number >= 0 && !endsNumber(text, at)) {
                int end = end(text, at);
                names.put(number, unescaped(text.substring(at + 1, end)));
                number = -1;
                at = end;
            }
        }
        List<String> list = new ArrayList<>();
        names.forEach((index, name) -> {
            if (index == list.size()) {
                list.add(name);
            }
        });
        return list.size() == names.size() ? list : List.of();
    }

    /** Whether the quote here ends a quoted number: a colon follows. */
    private static boolean endsNumber(String text, int at) {
        int next = at + 1;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next < text.length() && text.charAt(next) == ':';
    }

    private static List<String> quoted(String text) {
        List<String> names = new ArrayList<>();
        for (int at = 1; at < text.length(); at++) {
            if (isQuote(text.charAt(at))) {
                int end = end(text, at);
                names.add(unescaped(text.substring(at + 1, end)));
                at = end;
            }
        }
        return names;
    }

    private static boolean isQuote(char character) {
        return character == '\'' || character == '"';
    }

    /** Where a quoted text that begins somewhere ends: at the same quote, or with the text. */
    private static int end(String text, int start) {
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != text.charAt(start)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }

    private static String unescaped(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }
}
