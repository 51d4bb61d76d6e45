package org.loupe.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Preparation;
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

    @Option(names = "--input-size", paramLabel = "<rows>x<columns>", scope = ScopeType.INHERIT,
            description = "The pictures that a network file is for, such as 224 or 224x160, where the file does not say.")
    String inputSize = "";

    @Option(names = "--colours", paramLabel = "<preparation>", scope = ScopeType.INHERIT,
            description = "How colours become a network file's numbers, where it does not say: imagenet, 0..1, -1..1, "
                    + "0..255, inception5h, caffe, or like \"bgr mean 104,117,123 deviation 1,1,1\".")
    String colours = "";

    @Option(names = {"-q", "--quiet"}, scope = ScopeType.INHERIT, description = "Show no progress and no remarks.")
    boolean quiet;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT,
            description = "When something fails, also show where in the program.")
    boolean stacktrace;

    private static final Pattern SIZE = Pattern.compile("(\\d{1,4})(?:[x×](\\d{1,4}))?");

    /**
     * What a person says about a network's input.
     *
     * @throws CommandException when it makes no sense
     */
    InputChoice choice() {
        int rows = 0;
        int columns = 0;
        if (!inputSize.isBlank()) {
            Matcher size = SIZE.matcher(inputSize.strip());
            if (!size.matches()) {
                throw CommandException.usage("“" + inputSize + "” is no size of pictures. Write one such as 224, or 224x160"
                        + " for rows and columns.");
            }
            rows = Integer.parseInt(size.group(1));
            columns = size.group(2) == null ? rows : Integer.parseInt(size.group(2));
        }
        try {
            return new InputChoice(rows, columns,
                    colours.isBlank() ? Optional.empty() : Optional.of(Preparation.parse(colours)));
        } catch (NetworkException senseless) {
            throw CommandException.usage(senseless.getMessage());
        }
    }

    /** The settings that a command was started with. */
    static Settings of(CommandLine command) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return ((Root) root.getCommandSpec().userObject()).settings;
    }
}
