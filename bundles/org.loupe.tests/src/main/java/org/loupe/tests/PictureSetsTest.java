package org.loupe.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Reading;
import org.loupe.platform.PictureSets;
import org.loupe.platform.Registered;
import org.loupe.platform.Registry;

/** Pictures as they are read where Loupe is installed: decoders inside a bundle, with its own class loader. */
class PictureSetsTest {

    private static final Frame FRAME = new Frame(3, 8, 8, Fitting.STRETCH, Frame.WHITE);

    @TempDir
    Path folder;

    private final Registry registry = Registry.ofPlatform();
    private final PictureSets sets = new PictureSets(registry);

    /** The pictures that the tests of the decoders read. */
    private static Path samples() throws IOException {
        return Sources.ofAllBundles().stream().filter(each -> each.bundle().equals("org.loupe.formats")).findFirst()
                .orElseThrow().folder().resolve("src/test/resources/pictures");
    }

    @Test
    void everyKindOfPictureIsRead() throws IOException {
        try (PictureSet set = sets.open(samples())) {
            Set<String> formats = new TreeSet<>();
            for (int index = 0; index < set.pictures().size(); index++) {
                formats.add(set.header(index).format());
            }
            assertEquals(Set.of("BMP", "GIF", "JPEG", "PNG", "WebP"), formats);
            Reading reading = set.read(0, set.pictures().size(), FRAME);
            assertEquals(List.of(), reading.unreadable());
            assertTrue(reading.indexes().size() > 40, reading.indexes().size() + " pictures");
        }
    }

    @Test
    void listsAndArchivesAreRead() throws IOException {
        Path picture = samples().resolve("lossless.webp");
        Path json = Files.writeString(folder.resolve("list.json"), "[{\"path\": \"" + picture + "\", \"label\": \"webp\"}]");
        Path csv = Files.writeString(folder.resolve("list.csv"), "path,label\n\"" + picture + "\",webp\n");
        Path zip = folder.resolve("archive.zip");
        try (OutputStream out = Files.newOutputStream(zip); ZipOutputStream archive = new ZipOutputStream(out)) {
            archive.putNextEntry(new ZipEntry("webp/one.webp"));
            archive.write(Files.readAllBytes(picture));
            archive.closeEntry();
        }
        for (Path place : List.of(json, csv, zip)) {
            try (PictureSet set = sets.open(place.toString())) {
                assertEquals(List.of("webp"), set.classes(), place.toString());
                assertEquals(List.of(0), set.read(0, 1, FRAME).indexes(), place.toString());
            }
        }
    }

    @Test
    void theDrawnPicturesAreThereWithTheirParts() throws IOException {
        assertEquals(Set.of("drawn", "parts", "scattered-parts", "strokes"), registry.pictureSets().stream().map(Registered::shortName).collect(Collectors.toSet()));
        try (PictureSet set = sets.open("drawn")) {
            assertEquals(3400, set.pictures().size());
            assertEquals(64, set.parts(0).orElseThrow().rows());
            assertEquals(List.of(0, 1), set.read(0, 2, FRAME).indexes());
        }
    }
}
