package org.loupe.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.loupe.platform.Laboratory;

/** What the commands about labels, families and notes share. */
final class Annotating {

    private Annotating() {
    }

    /** Opens the study, to look something up in it or to write to it. */
    static Laboratory open(Shell shell, Settings settings, boolean looksOnly) {
        return looksOnly ? Laboratories.openReadOnly(shell, settings) : Laboratories.open(shell, settings, false);
    }

    /** The text of a file. */
    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new CommandException(ExitCode.FAILED, "Could not read " + file + ": " + problem + ". Annotations and notes"
                    + " are text in UTF-8.", problem);
        }
    }

    /** The text without anything that a terminal would obey. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
