package org.loupe.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyFolderTest {

    @Test
    void theStandardStudyIsInLoupesOwnFolder() {
        assertEquals(Path.of("/loupe/study"), StudyFolder.standard(Map.of("LOUPE_HOME", "/loupe"), "/home/me"));
        assertEquals(Path.of("/data/loupe/study"), StudyFolder.standard(Map.of("XDG_DATA_HOME", "/data"), "/home/me"));
        assertEquals(Path.of("/home/me/.local/share/loupe/study"), StudyFolder.standard(Map.of(), "/home/me"));
    }
}
