package org.loupe.formats.picture;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.loupe.core.picture.PictureException;

/** The formats of picture files, told apart by how they begin and not by their names. */
enum Format {

    PNG("png"), JPEG("jpg", "jpeg", "jpe", "jfif"), WEBP("webp"), BMP("bmp", "dib"), GIF("gif");

    /** Pictures of other kinds, by how their names end: what people might expect to be read. */
    private static final Map<String, String> OTHERS = Map.ofEntries(Map.entry("tif", "TIFF"), Map.entry("tiff", "TIFF"),
            Map.entry("heic", "HEIC"), Map.entry("heif", "HEIF"), Map.entry("avif", "AVIF"), Map.entry("jp2", "JPEG 2000"),
            Map.entry("jxl", "JPEG XL"), Map.entry("svg", "SVG"), Map.entry("ico", "ICO"), Map.entry("psd", "PSD"),
            Map.entry("tga", "TGA"), Map.entry("ppm", "PPM"), Map.entry("pgm", "PGM"));

    private final List<String> endings;

    Format(String... endings) {
        this.endings = List.of(endings);
    }

    /** The name as people write it. */
    String label() {
        return this == WEBP ? "WebP" : name();
    }

    /** The format of a file. */
    static Format of(byte[] file) throws PictureException {
        if (file.length == 0) {
            throw new PictureException("It is empty.");
        }
        Bytes bytes = new Bytes(file);
        if (bytes.begin(0, "\u0089PNG\r\n\u001a\n")) {
            return PNG;
        } else if (bytes.begin(0, "\u00ff\u00d8\u00ff")) {
            return JPEG;
        } else if (bytes.begin(0, "RIFF") && bytes.begin(8, "WEBP")) {
            return WEBP;
        } else if (bytes.begin(0, "GIF87a") || bytes.begin(0, "GIF89a")) {
            return GIF;
        } else if (bytes.begin(0, "BM")) {
            return BMP;
        }
        throw new PictureException("It is no picture that can be read: it begins with " + beginning(file)
                + ". PNG, JPEG, WebP, BMP and GIF can.");
    }

    private static String beginning(byte[] file) {
        String text = new String(file, 0, Math.min(file.length, 12), StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
        if (!text.isBlank() && text.chars().allMatch(letter -> letter >= 32 && letter < 127)) {
            return "“" + text + "”";
        }
        StringBuilder bytes = new StringBuilder("the bytes");
        for (int i = 0; i < Math.min(file.length, 4); i++) {
            bytes.append(String.format(Locale.ROOT, " %02x", file[i]));
        }
        return bytes.toString();
    }

    /** Whether a name ends like that of a picture that can be read. */
    static boolean isPicture(String name) {
        String ending = ending(name);
        for (Format format : values()) {
            if (format.endings.contains(ending)) {
                return true;
            }
        }
        return false;
    }

    /** The kind of a picture that cannot be read, by how its name ends. */
    static Optional<String> other(String name) {
        return Optional.ofNullable(OTHERS.get(ending(name)));
    }

    /** What follows the last dot of a path's last part, in lower case; empty where there is no dot. */
    static String ending(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot < 0 ? "" : last.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
