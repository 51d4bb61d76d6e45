package org.loupe.core;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.loupe.core.network.Network;
import org.loupe.core.page.Sheet;

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

    /**
     * Figures that show it as a paper would, in the order in which a person should see them; none where its files or its
     * text say it all. The window shows them, exports and commands write them, and both fill in the recipe. They are
     * drawn at each call, which may take a second: not for a user interface's own thread.
     */
    default List<Sheet> sheets() {
        return List.of();
    }

    /** A network that came of it, which a person may want to open and look at as at any other. */
    default Optional<Network> derived() {
        return Optional.empty();
    }

    /**
     * Edits ({@link org.loupe.core.surgery.Surgery}) that make, of the network that was asked about, the changed one that this is
     * about; none where nothing was changed that way.
     */
    default List<String> edits() {
        return List.of();
    }

    /** Writes everything that {@link Analysis#load} needs, and what a person may want to open with other tools. */
    void save(ResultFiles files) throws IOException;
}
