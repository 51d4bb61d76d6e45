package org.loupe.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyFolderTest {

    @Test
    void theStudyIsWhereTheEnvironmentSaysOrWhereTheSystemKeepsSuchThings() {
        assertEquals(Path.of("/l/study"), StudyFolder.standard(Map.of("LOUPE_HOME", "/l", "XDG_DATA_HOME", "/d"), "/u"));
        assertEquals(Path.of("/d/loupe/study"), StudyFolder.standard(Map.of("XDG_DATA_HOME", "/d"), "/u"));
        assertEquals(Path.of("/u/.local/share/loupe/study"), StudyFolder.standard(Map.of("LOUPE_HOME", ""), "/u"));
    }
}
