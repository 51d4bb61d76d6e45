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
import org.loupe.core.surgery.EditStack;
import org.loupe.core.surgery.EditStack.Step;

class StoredEditsTest {

    private static final EditStack TWO = new EditStack("mine", "a".repeat(64), "demo",
            List.of(new Step("conv:1 = 0", "no edges"), new Step("conv:2 = relu(conv:0[1 \"2\"])", "")), 1);

    @TempDir
    Path folder;

    private final List<String> problems = new ArrayList<>();

    @Test
    void editsAreThereAtTheNextStartWithWhatWasTakenBack() {
        try (Study study = Study.open(folder, problems::add)) {
            assertEquals(List.of(), study.edits().all());
            study.edits().write(TWO.redone());
            study.edits().write(TWO);
        }
        try (Study study = Study.openReadOnly(folder, problems::add)) {
            assertEquals(Optional.of(TWO), study.edits().find("mine"));
            assertEquals(List.of(TWO), study.edits().all());
            assertEquals(Optional.empty(), study.edits().find("../mine"));
            assertThrows(StoreException.class, () -> study.edits().write(TWO));
        }
        assertEquals(List.of(), problems);
    }

    @Test
    void aDamagedFileIsToldAndTheOthersAreThere() throws IOException {
        try (Study study = Study.open(folder, problems::add)) {
            study.edits().write(TWO);
            Files.writeString(study.edits().file("bad"), "{\"format\": 1, \"base\": \"x\"");
            Files.writeString(study.edits().file("worse"), "{\"format\": 1, \"base\": \"x\", \"baseName\": \"y\", \"done\": 3, \"edits\": []}");
            assertEquals(List.of(TWO), study.edits().all());
        }
        assertEquals(2, problems.size());
        assertTrue(problems.get(0).contains("bad"), problems::toString);
    }
}
