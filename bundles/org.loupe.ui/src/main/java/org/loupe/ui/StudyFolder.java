package org.loupe.ui;

import java.nio.file.Path;
import java.util.Map;

/** Where the study lies that is opened when no other is named. */
public final class StudyFolder {

    private StudyFolder() {
    }

    /** The study in Loupe's own folder, which is {@code $LOUPE_HOME}, or else where this system keeps such things. */
    public static Path standard() {
        return standard(System.getenv(), System.getProperty("user.home"));
    }

    static Path standard(Map<String, String> environment, String userHome) {
        String home = environment.getOrDefault("LOUPE_HOME", "");
        if (home.isBlank()) {
            String data = environment.getOrDefault("XDG_DATA_HOME", "");
            Path place = data.isBlank() ? Path.of(userHome, ".local", "share") : Path.of(data);
            return place.resolve("loupe").resolve("study");
        }
        return Path.of(home).resolve("study");
    }
}
