package org.loupe.core;

import java.io.IOException;

/** What an analysis has found: an immutable value that can be written to files and read again. */
public interface Result {

    /** Whether the analysis was stopped before it was done. */
    boolean isPartial();

    /**
     * What a person wants to read of it in a shell: lines of text, each with its line break, or nothing where the files
     * say it all.
     */
    default String text() {
        return "";
    }

    /** Writes everything that {@link Analysis#load} needs, and what a person may want to open with other tools. */
    void save(ResultFiles files) throws IOException;
}
