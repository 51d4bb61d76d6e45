package org.loupe.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything needed to make a result again. The same recipe gives the same bytes on the same engine.
 *
 * @param analysis  identifier of the analysis
 * @param arguments its arguments as text, by name, the seed among them
 * @param network   SHA-256 of the network
 * @param pictures  SHA-256 of the picture set, or an empty text where none was used
 * @param engine    name of the engine
 * @param machine   the engine's own description: version, instruction set, threads
 * @param version   version of Loupe
 */
public record Recipe(String analysis, SortedMap<String, String> arguments, String network, String pictures,
        String engine, String machine, String version) {

    public Recipe {
        arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
    }

    /**
     * SHA-256, as hexadecimal digits, of what was asked: all but the machine and the version. A result that is kept
     * answers the same question asked again, also after an update.
     */
    public String question() {
        StringBuilder text = new StringBuilder();
        append(text, analysis);
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            append(text, argument.getKey());
            append(text, argument.getValue());
        }
        append(text, network);
        append(text, pictures);
        append(text, engine);
        return sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 of some bytes, as hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every Java platform has SHA-256", impossible);
        }
    }

    /** The length in front keeps two texts from running into each other. */
    private static void append(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }
}
