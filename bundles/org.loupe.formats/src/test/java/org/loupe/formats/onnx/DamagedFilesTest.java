package org.loupe.formats.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.loupe.formats.Mutations;
import org.loupe.formats.Reference;

/** Damaged ONNX files. */
class DamagedFilesTest {

    private static final int HEAP = 96;

    @Test
    void damagedNetworksAreReadOrRefused() throws IOException {
        Mutations.survives(OnnxReader.class, HEAP, files(Reference.folder()));
    }

    @Test
    void damagedOperationsAreReadOrRefused() throws IOException {
        Mutations.survives(OperationFiles.class, HEAP, files(Reference.folder().resolve("operations")));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
        }
    }
}
