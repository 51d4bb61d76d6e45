package org.loupe.formats.keras;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.NetworkReader;
import org.loupe.core.network.NetworkReading;
import org.loupe.formats.Mutations;
import org.loupe.formats.Reference;

/** Damaged files of Keras. */
class DamagedFilesTest {

    private static final int HEAP = 96;

    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        try (Stream<Path> all = Files.list(Reference.folder())) {
            List<Path> files = all.filter(file -> file.toString().endsWith(".keras") || file.toString().endsWith(".h5")).sorted().toList();
            Mutations.survives(KerasReader.class, HEAP, files);
        }
    }

    @Test
    void damagedWeightsInAnArchiveAreReadOrRefused(@TempDir Path folder) throws IOException {
        Path weights = folder.resolve("tiny_mixed.weights.h5");
        try (ZipFile zip = new ZipFile(ArchivedWeights.MODEL.toFile())) {
            Files.write(weights, zip.getInputStream(zip.getEntry("model.weights.h5")).readAllBytes());
        }
        Mutations.survives(ArchivedWeights.class, HEAP, List.of(weights));
    }

    /** Reads weights as if they were in the archive of a model. */
    public static final class ArchivedWeights implements NetworkReader {

        static final Path MODEL = Reference.folder().resolve("tiny_mixed.keras");

        @Override
        public NetworkReading read(Path file, InputChoice choice) throws IOException {
            Path archive = file.resolveSibling(file.getFileName() + ".keras");
            try (ZipFile zip = new ZipFile(MODEL.toFile());
                    ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
                out.putNextEntry(new ZipEntry("config.json"));
                out.write(zip.getInputStream(zip.getEntry("config.json")).readAllBytes());
                out.putNextEntry(new ZipEntry("model.weights.h5"));
                out.write(Files.readAllBytes(file));
            }
            return new KerasReader().read(archive, choice);
        }
    }
}
