package org.loupe.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenPicturesTest {

    @TempDir
    Path folder;

    private final List<String> problems = new ArrayList<>();

    @Test
    void whatWasChosenIsThereWhenTheStudyIsOpenedAgain() {
        try (Study study = Study.open(folder, problems::add)) {
            assertEquals(Optional.empty(), study.pictures().find("a1"));
            study.pictures().put("a1", "/photos");
            study.pictures().put("b2", "drawn");
            study.pictures().put("a1", "/other photos");
        }
        try (Study study = Study.openReadOnly(folder, problems::add)) {
            assertEquals(Optional.of("/other photos"), study.pictures().find("a1"));
            assertEquals(Optional.of("drawn"), study.pictures().find("b2"));
            assertThrows(StoreException.class, () -> study.pictures().put("c3", "drawn"));
        }
        assertEquals(List.of(), problems);
    }

    @Test
    void aDamagedFileIsToldAndCountsAsEmpty() throws IOException {
        Files.writeString(folder.resolve("pictures.json"), "{\"a1\": ");
        try (Study study = Study.open(folder, problems::add)) {
            assertEquals(Optional.empty(), study.pictures().find("a1"));
            assertTrue(problems.get(0).contains("Choose them again"), problems.toString());
            study.pictures().put("b2", "drawn");
            assertEquals("{\n  \"b2\": \"drawn\"\n}\n", Files.readString(folder.resolve("pictures.json")));
        }
    }
}
