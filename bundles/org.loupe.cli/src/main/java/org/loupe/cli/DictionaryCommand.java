package org.loupe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.core.dictionary.Dictionary;
import org.loupe.core.dictionary.DictionaryFile;
import org.loupe.core.dictionary.DictionaryNetwork;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkFile;
import org.loupe.platform.Laboratory;
import org.loupe.store.StoreException;
import org.loupe.store.WholeFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sparse autoencoders of a layer: what is learned and measured comes from analyses, files are read and written here. */
@Command(name = DictionaryCommand.NAME, customSynopsis = "loupe dictionary <command>", description = "Sparse autoencoders of a"
        + " layer: learns them, measures them, and brings them from and to other programs. The latents are then units of a"
        + " network of their own.", commandListHeading = "%nCommands:%n")
final class DictionaryCommand implements Callable<Integer> {

    static final String NAME = "dictionary";

    private final Shell shell;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
    private boolean help;

    @Spec
    private CommandLine.Model.CommandSpec spec;

    private DictionaryCommand(Shell shell) {
        this.shell = shell;
    }

    /** The command with its own commands; those of analyses are added to it. */
    static CommandLine of(Shell shell, Settings settings) {
        return new CommandLine(new DictionaryCommand(shell)).addSubcommand("export", new Export(shell, settings))
                .addSubcommand("import", new Import(shell, settings)).addSubcommand("bench", new DictionaryBench(shell, settings));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(shell.out());
        return ExitCode.USAGE;
    }

    private static void write(Path file, byte[] bytes) {
        try {
            OutFolder.prepare(file.toAbsolutePath().getParent());
            WholeFile.write(file, bytes);
        } catch (IOException problem) {
            throw new StoreException("Could not write " + file, problem);
        }
    }

    /** Writes the weights of a dictionary that is in a network. */
    @Command(name = "export", customSynopsis = "loupe dictionary export [<options>] <network> [<layer>]",
            description = "Writes the dictionary that is in a network as safetensors, for other programs.")
    static final class Export implements Callable<Integer> {

        private final Shell shell;
        private final Settings settings;

        @Parameters(arity = "1..2", paramLabel = "<network> [<layer>]", hideParamSyntax = true, description = "A network with a"
                + " dictionary in it, such as network.loupe of a result; and the layer, where there are several.")
        private List<String> words;

        @Option(names = "--to", paramLabel = "<file>", required = true, description = "Where to write it.")
        private Path file;

        @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
        private boolean help;

        private Export(Shell shell, Settings settings) {
            this.shell = shell;
            this.settings = settings;
        }

        @Override
        public Integer call() {
            try (Laboratory laboratory = Laboratories.openReadOnly(shell, settings)) {
                Network network = Laboratories.network(laboratory, words.get(0));
                List<String> layers = DictionaryNetwork.layers(network);
                if (words.size() == 1 && layers.size() > 1) {
                    throw CommandException.usage("There are dictionaries behind " + String.join(", ", layers) + " of " + network
                            + ". Name one of these layers.");
                }
                String layer = words.size() > 1 ? words.get(1) : layers.isEmpty() ? network.layers().get(0).name()
                        : layers.get(0);
                Dictionary dictionary = DictionaryNetwork.of(network, layer);
                write(file, DictionaryFile.write(dictionary));
                shell.out().println(file + ": " + dictionary);
                shell.out().flush();
                return ExitCode.DONE;
            } catch (NetworkException none) {
                throw CommandException.usage(none.getMessage());
            }
        }
    }

    /** Puts a dictionary of another program into a network. */
    @Command(name = "import", customSynopsis = "loupe dictionary import [<options>] [<network>] <layer>",
            description = "Puts a dictionary from a safetensors file into a network: W_enc, b_enc, W_dec, b_dec.")
    static final class Import implements Callable<Integer> {

        private final Shell shell;
        private final Settings settings;

        @Parameters(arity = "1..2", paramLabel = "[<network>] <layer>", hideParamSyntax = true,
                description = "The network, and the layer whose activations the dictionary explains.")
        private List<String> words;

        @Option(names = "--weights", paramLabel = "<file>", required = true, description = "The safetensors file.")
        private Path weights;

        @Option(names = "--kept", paramLabel = "<number>", description = "How many latents are kept, the largest; 0 for all."
                + " Standard: what the file says in its metadata as k, or else all.")
        private int kept = -1;

        @Option(names = "--to", paramLabel = "<file>", required = true, description = "Where to write the network with the"
                + " dictionary in it; the name should end with .loupe.")
        private Path file;

        @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
        private boolean help;

        private Import(Shell shell, Settings settings) {
            this.shell = shell;
            this.settings = settings;
        }

        @Override
        public Integer call() {
            try (Laboratory laboratory = Laboratories.openReadOnly(shell, settings)) {
                Network network = Laboratories.network(laboratory, words.size() > 1 ? words.get(0) : "");
                String layer = words.get(words.size() - 1);
                Dictionary dictionary = DictionaryFile.read(Files.readAllBytes(weights), kept, weights.toString());
                Network whole = DictionaryNetwork.with(network, layer, dictionary);
                OutFolder.prepare(file.toAbsolutePath().getParent());
                NetworkFile.write(whole, file);
                shell.out().println(file + ": " + dictionary + " behind " + layer + " of " + network + "; its units are "
                        + layer + DictionaryNetwork.LATENTS + ":0 to " + (dictionary.latents() - 1) + ".");
                shell.out().flush();
                return ExitCode.DONE;
            } catch (NetworkException misfit) {
                throw CommandException.usage(misfit.getMessage());
            } catch (NoSuchFileException missing) {
                throw CommandException.usage("There is no file " + weights + ".");
            } catch (IOException problem) {
                throw new StoreException("Could not read " + weights + " or write " + file, problem);
            }
        }
    }
}
