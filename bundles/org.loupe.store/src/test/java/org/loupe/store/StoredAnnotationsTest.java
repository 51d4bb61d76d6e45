package org.loupe.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Annotations;
import org.loupe.core.annotation.Edit;

class StoredAnnotationsTest {

    private static final Unit UNIT = new Unit("conv", 1);
    private static final Annotations LABELLED = new Edit.Label(UNIT, "edge").apply(Annotations.NONE);

    @TempDir
    Path folder;

    private final List<String> problems = new ArrayList<>();

    @Test
    void whatIsWrittenIsThereAtTheNextStartForItsNetworkOnly() {
        try (Study study = Study.open(folder, problems::add)) {
            assertEquals(Annotations.NONE, study.annotations().read("aa"));
            study.annotations().write("aa", "demo", LABELLED);
        }
        try (Study study = Study.open(folder, problems::add)) {
            assertEquals(LABELLED, study.annotations().read("aa"));
            assertEquals(Annotations.NONE, study.annotations().read("bb"));
            study.annotations().write("aa", "demo", Annotations.NONE);
            assertFalse(Files.exists(study.annotations().file("aa")));
        }
        assertEquals(List.of(), problems);
    }

    @Test
    void aDamagedFileIsToldKeptAsideOnceAndLosesNothingElse() throws IOException {
        Path file;
        try (Study study = Study.open(folder, problems::add)) {
            study.annotations().write("aa", "demo", LABELLED);
            file = study.annotations().file("aa");
        }
        Files.writeString(file, Files.readString(file) + "label\tconv:2\n");
        byte[] damaged = Files.readAllBytes(file);
        try (Study study = Study.open(folder, problems::add)) {
            assertEquals(LABELLED, study.annotations().read("aa"));
            assertEquals(LABELLED, study.annotations().read("aa"));
            study.annotations().write("aa", "demo", new Edit.Label(UNIT, "line").apply(LABELLED));
            assertEquals(Optional.of("line"), study.annotations().read("aa").label(UNIT));
        }
        assertTrue(problems.get(0).contains("Line 4") && problems.get(0).contains("is kept in"), problems.toString());
        try (Stream<Path> files = Files.list(file.getParent())) {
            List<Path> aside = files.filter(one -> one.toString().contains(".damaged-")).toList();
            assertEquals(1, aside.size());
            assertEquals(-1, java.util.Arrays.mismatch(damaged, Files.readAllBytes(aside.get(0))));
        }
    }

    @Test
    void aReaderNeitherWritesNorKeepsAside() throws IOException {
        try (Study study = Study.openReadOnly(folder, problems::add)) {
            Files.createDirectories(folder.resolve("annotations"));
            Files.writeString(study.annotations().file("aa"), "nonsense");
            assertTrue(study.annotations().read("aa").isEmpty());
            assertThrows(StoreException.class, () -> study.annotations().write("aa", "demo", LABELLED));
        }
        try (Stream<Path> files = Files.list(folder.resolve("annotations"))) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsTold() throws IOException {
        try (Study study = Study.open(folder, problems::add)) {
            Files.writeString(folder.resolve("annotations"), "a file in its place");
            StoreException told = assertThrows(StoreException.class,
                    () -> study.annotations().write("aa", "demo", LABELLED));
            assertTrue(told.getMessage().contains("a file is in the place of a folder"), told.getMessage());
        }
    }
}
