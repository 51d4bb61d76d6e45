package org.loupe.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.page.Sheet;

class SheetFileTest {

    @TempDir
    private Path folder;

    private static final Sheet SHEET = new Sheet("A page", "none", 40, 30, List.of(new Sheet.Box(5, 5, 10, 10, Sheet.INK)));

    @Test
    void theEndOfTheNameDecidesTheFormat() throws IOException {
        Map<String, String> starts = Map.of("a.svg", "<", "a.PDF", "%PDF", "a.html", "<!DOCTYPE html>", "a.png", "\u0089PNG");
        for (Map.Entry<String, String> start : starts.entrySet()) {
            Path file = folder.resolve("new").resolve(start.getKey());
            assertTrue(SheetFile.isNamed(file));
            SheetFile.write(file, SHEET, 1);
            assertTrue(Files.readString(file, StandardCharsets.ISO_8859_1).startsWith(start.getValue()), start.getKey());
        }
    }

    @Test
    void anotherNameIsRefusedAndNothingWritten() throws IOException {
        Path file = folder.resolve("page.docx");
        assertFalse(SheetFile.isNamed(file));
        String message = assertThrows(IllegalArgumentException.class, () -> SheetFile.write(file, SHEET, 1)).getMessage();
        assertTrue(message.contains("page.docx") && message.contains(".svg"), message);
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }
}
