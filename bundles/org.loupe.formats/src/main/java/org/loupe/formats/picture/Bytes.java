package org.loupe.formats.picture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers in a file, which may end anywhere: behind its end there is nothing but zeros. */
record Bytes(byte[] file) {

    int length() {
        return file.length;
    }

    /** Whether there is the given text, of letters up to 255, at a place. */
    boolean begin(int at, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        return at >= 0 && at <= file.length - wanted.length
                && Arrays.equals(file, at, at + wanted.length, wanted, 0, wanted.length);
    }

    int unsigned8(long at) {
        return at >= 0 && at < file.length ? file[(int) at] & 255 : 0;
    }

    /** The most significant byte comes first. */
    int big16(long at) {
        return unsigned8(at) << 8 | unsigned8(at + 1);
    }

    long big32(long at) {
        return (long) big16(at) << 16 | big16(at + 2);
    }

    /** The least significant byte comes first. */
    int little16(long at) {
        return unsigned8(at) | unsigned8(at + 1) << 8;
    }

    int little24(long at) {
        return little16(at) | unsigned8(at + 2) << 16;
    }

    long little32(long at) {
        return little16(at) | (long) little16(at + 2) << 16;
    }
}
