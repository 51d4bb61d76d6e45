package org.loupe.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.loupe.core.page.HtmlWriter;
import org.loupe.core.page.PdfWriter;
import org.loupe.core.page.Sheet;
import org.loupe.core.page.SvgWriter;
import org.loupe.store.WholeFile;

/** Writes sheets to files; what the name ends in decides the format. */
public final class SheetFile {

    /** What names may end in, without the dot. */
    public static final List<String> FORMATS = List.of("svg", "pdf", "html", "png");

    private SheetFile() {
    }

    /** Whether a name ends in one of the formats. */
    public static boolean isNamed(Path file) {
        return FORMATS.contains(format(file));
    }

    /**
     * Writes a sheet, whole or not at all, and makes the folder where there is none.
     *
     * @param zoom of a PNG file: 1 for 96 pixels to the inch, 2 for twice that
     * @throws IllegalArgumentException when the name ends in none of the formats
     */
    public static void write(Path file, Sheet sheet, double zoom) throws IOException {
        byte[] content = switch (format(file)) {
            case "pdf" -> PdfWriter.write(sheet);
            case "png" -> SheetPicture.png(sheet, zoom);
            case "svg" -> SvgWriter.write(sheet).getBytes(StandardCharsets.UTF_8);
            case "html" -> HtmlWriter.write(sheet).getBytes(StandardCharsets.UTF_8);
            default -> throw new IllegalArgumentException("A sheet is written as ." + String.join(", .", FORMATS)
                    + ", and " + file.getFileName() + " ends in none of these");
        };
        Files.createDirectories(file.toAbsolutePath().getParent());
        WholeFile.write(file, content);
    }

    private static String format(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
