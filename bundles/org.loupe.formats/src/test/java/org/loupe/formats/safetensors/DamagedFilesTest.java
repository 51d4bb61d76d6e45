package org.loupe.formats.safetensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.loupe.formats.Mutations;
import org.loupe.formats.Reference;

/** Damaged files of safetensors. */
class DamagedFilesTest {

    private static final int HEAP = 96;

    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        try (Stream<Path> all = Files.list(Reference.folder())) {
            List<Path> files = all.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
            Mutations.survives(SafetensorsReader.class, HEAP, files);
        }
    }
}
