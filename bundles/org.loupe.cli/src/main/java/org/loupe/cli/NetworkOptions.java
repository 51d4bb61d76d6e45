package org.loupe.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be said to commands that tell something about one network. */
final class NetworkOptions {

    private final Settings settings;

    @Parameters(index = "0", arity = "0..1", paramLabel = "<network>", hideParamSyntax = true,
            description = "Name of a network or a network file. Standard: " + Laboratories.STANDARD_NETWORK + ".")
    String network = "";

    @Option(names = "--json", description = "Print what was found as JSON.")
    boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
    private boolean help;

    NetworkOptions(Settings settings) {
        this.settings = settings;
    }

    @Option(names = "--size", paramLabel = "<rows>x<columns>", description = "The same as --input-size.")
    private void size(String text) {
        settings.inputSize = text;
    }
}
