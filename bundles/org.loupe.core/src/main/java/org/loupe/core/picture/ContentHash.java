package org.loupe.core.picture;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Puts together {@link PictureSet#hash}. The same pictures give the same hash however the set is kept. */
public final class ContentHash {

    private final MessageDigest digest;

    public ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every Java platform has SHA-256", impossible);
        }
    }

    /**
     * Adds the next picture.
     *
     * @param name     its name
     * @param label    name of its class, or an empty text
     * @param length   number of its bytes
     * @param checksum of its bytes, such as their CRC-32
     */
    public void add(String name, String label, long length, long checksum) {
        // The length in front keeps two texts from running into each other.
        String text = name.length() + ":" + name + label.length() + ":" + label + length + ":" + checksum + ";";
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of all that was added, as hexadecimal digits; nothing can be added any more. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
