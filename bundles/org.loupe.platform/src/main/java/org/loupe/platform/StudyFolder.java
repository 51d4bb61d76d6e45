package org.loupe.platform;

import java.nio.file.Path;
import java.util.Map;

/** Where the study is that is opened when no other is named, the same for the workbench and the command line. */
public final class StudyFolder {

    private StudyFolder() {
    }

    /** The study in Loupe's own folder, which is {@code $LOUPE_HOME}, or else where this system keeps such things. */
    public static Path standard() {
        return standard(System.getenv(), System.getProperty("user.home"));
    }

    static Path standard(Map<String, String> environment, String userHome) {
        String home = environment.getOrDefault("LOUPE_HOME", "");
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        if (!home.isBlank()) {
            return Path.of(home, "study");
        }
        return (data.isBlank() ? Path.of(userHome, ".local", "share") : Path.of(data)).resolve("loupe").resolve("study");
    }
}
