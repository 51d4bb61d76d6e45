package org.loupe.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.loupe.core.annotation.AnnotationText;
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
            return AnnotationText.text(file);
        } catch (IOException problem) {
            throw new CommandException(ExitCode.FAILED, "Could not read " + file + ". " + problem.getMessage(), problem);
        }
    }

    /** The text without anything that a terminal would obey. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
