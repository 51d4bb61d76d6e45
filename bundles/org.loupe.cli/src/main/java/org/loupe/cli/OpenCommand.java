package org.loupe.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Preparation;
import org.loupe.platform.Laboratory;
import org.loupe.platform.OpenedNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies network files into the study, with their input as it was read or chosen. */
@Command(name = "open", description = "Copies network files into the study, with the input that the files say or you choose;"
        + " from then on they are there by name.", customSynopsis = "loupe open [<options>] <file>...")
final class OpenCommand implements Callable<Integer> {

    private final Shell shell;
    private final Settings settings;

    @Parameters(index = "0..*", arity = "1..*", paramLabel = "<file>", hideParamSyntax = true,
            description = "Network files of any format that an installed plug-in reads.")
    private List<Path> files = List.of();

    @Option(names = "--size", paramLabel = "<rows>x<columns>", description = "The same as --input-size.")
    private void size(String text) {
        settings.inputSize = text;
    }

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
    private boolean help;

    OpenCommand(Shell shell, Settings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Consumer<String> notices = Laboratories.notices(shell, settings);
        try (Laboratory laboratory = Laboratories.open(shell, settings, false)) {
            for (Path file : files) {
                OpenedNetwork opened = Laboratories.open(laboratory, file.toString(), settings.choice());
                Laboratories.tell(opened, notices);
                Network network = laboratory.keep(opened);
                shell.out().println(network + ": " + network.layers().size() + " layers, pictures of "
                        + network.input().shape() + ", colours " + Preparation.of(network) + ", SHA-256 "
                        + laboratory.hash(network));
                shell.out().flush();
                if (laboratory.verdict(network).isEmpty()) {
                    notices.accept(network + " has not been checked yet; loupe check " + file
                            + " compares what two engines compute.");
                }
            }
            return ExitCode.DONE;
        }
    }
}
