package org.loupe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.core.Arguments;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.EngineException;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkFile;
import org.loupe.core.train.Training;
import org.loupe.core.train.TrainingEngine;
import org.loupe.platform.BrokenExtensionException;
import org.loupe.platform.Registered;
import org.loupe.store.StoreException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command of a network that can be trained: {@code loupe NAME --out FILE --OPTION VALUE}.
 *
 * @param <A> the arguments
 */
final class TrainingCommand<A extends Record> implements Callable<Integer> {

    private final Shell shell;
    private final Settings settings;
    private final Training<A> training;
    private final ArgumentOptions options;
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    private TrainingCommand(Shell shell, Settings settings, Training<A> training) {
        this.shell = shell;
        this.settings = settings;
        this.training = training;
        this.options = new ArgumentOptions(training.arguments());
    }

    static CommandSpec spec(Shell shell, Settings settings, Registered<? extends Training<?>> training) {
        return new TrainingCommand<>(shell, settings, training.value()).spec(training.shortName());
    }

    private CommandSpec spec(String name) {
        spec.usageMessage().customSynopsis("loupe " + name + " [<options>] --out=<file>").sortOptions(false);
        spec.addOption(OptionSpec.builder("--out").type(Path.class).paramLabel("<file>").required(true)
                .description("Where to write the network; the name should end with " + NetworkFile.EXTENSION + ".").build());
        options.addTo(spec);
        spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).type(Boolean.class).arity("0")
                .description("Say how this command is used.").build());
        return spec;
    }

    @Override
    public Integer call() {
        ParseResult parsed = spec.commandLine().getParseResult();
        Path file = parsed.<Path>matchedOptionValue("--out", null).toAbsolutePath();
        OutFolder.prepare(file.getParent());
        A arguments = Arguments.record(training.arguments(), options.given(parsed, List.of()));
        Network network;
        try (ProgressLine progress = new ProgressLine(shell, settings.quiet)) {
            network = training.train(engine(), arguments, progress);
        }
        try {
            NetworkFile.write(network, file);
            shell.out().println(network.about());
            shell.out().println(file + " (" + Files.size(file) + " bytes, SHA-256 " + network.hash() + ")");
            shell.out().flush();
        } catch (IOException problem) {
            throw new StoreException("Could not write the network to " + file, problem);
        }
        if (shell.interrupt().isRequested()) {
            shell.err().println("loupe: Training was stopped before it was done; the network is what was learned so far.");
            return ExitCode.STOPPED;
        }
        return ExitCode.DONE;
    }

    private TrainingEngine engine() {
        return engine(shell, settings);
    }

    /** The first engine that can train, or the one that is asked for. */
    static TrainingEngine engine(Shell shell, Settings settings) {
        for (Registered<Engine> candidate : shell.registry().engines()) {
            boolean wanted = settings.engine.isBlank() || settings.engine.equals(candidate.shortName());
            try {
                if (wanted && candidate.value() instanceof TrainingEngine engine) {
                    return engine;
                }
            } catch (BrokenExtensionException broken) {
                shell.err().println("loupe: " + broken.getMessage());
            }
        }
        throw new EngineException(settings.engine.isBlank()
                ? "No engine is installed that can train networks. The engine nd4j can."
                : "No engine of the name " + settings.engine + " can train networks. The engine nd4j can.");
    }
}
