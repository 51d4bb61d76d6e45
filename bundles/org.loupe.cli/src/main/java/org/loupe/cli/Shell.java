package org.loupe.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.loupe.platform.Registry;

/**
 * What a command meets the world with.
 *
 * @param out        for results
 * @param err        for progress and messages
 * @param isTerminal whether a person sees {@code err} on a terminal
 * @param width      characters in a line of it
 * @param study      the study where no other is named
 * @param registry   what is installed
 * @param interrupt  says when to stop
 */
record Shell(PrintWriter out, PrintWriter err, boolean isTerminal, int width, Path study, Registry registry,
        Interrupt interrupt) {
}
