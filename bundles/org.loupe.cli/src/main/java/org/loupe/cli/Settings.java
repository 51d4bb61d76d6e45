package org.loupe.cli;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What can be said to every command. */
final class Settings {

    @Option(names = "--study", paramLabel = "<folder>", scope = ScopeType.INHERIT,
            description = "The study, where results are kept. Standard: the one that the workbench opens.")
    Path study;

    @Option(names = "--engine", paramLabel = "<name>", scope = ScopeType.INHERIT,
            description = "What runs the network, such as onednn, nd4j or reference. Standard: the first that works.")
    String engine = "";

    @Option(names = {"-q", "--quiet"}, scope = ScopeType.INHERIT, description = "Show no progress and no remarks.")
    boolean quiet;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT,
            description = "When something fails, also show where in the program.")
    boolean stacktrace;

    /** The settings that a command was started with. */
    static Settings of(CommandLine command) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return ((Root) root.getCommandSpec().userObject()).settings;
    }
}
