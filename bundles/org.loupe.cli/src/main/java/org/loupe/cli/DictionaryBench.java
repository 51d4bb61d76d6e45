package org.loupe.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.loupe.cli.Stopwatch.Times;
import org.loupe.core.dictionary.DictionaryPlan;
import org.loupe.core.dictionary.DictionaryPlan.Kind;
import org.loupe.core.dictionary.LearningSpeed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells how many vectors a second dictionaries are learned from here. */
@Command(name = "bench", customSynopsis = "loupe dictionary bench [<options>]", sortOptions = false,
        description = "Tells from how many vectors in a second dictionaries are learned here, on made-up vectors.")
final class DictionaryBench implements Callable<Integer> {

    private static final int USUAL = 200;
    private static final int MOST = 2000;

    private final Shell shell;
    private final Settings settings;

    @Option(names = "--channels", paramLabel = "<number>", description = "Channels of the layer. Standard: 84.")
    private int channels = 84;

    @Option(names = "--latents", paramLabel = "<number>", description = "Latents. Standard: 672.")
    private int latents = 672;

    @Option(names = "--kept", paramLabel = "<number>", description = "Latents of a vector with top-k; 0 for l1. Standard: 16.")
    private int kept = 16;

    @Option(names = "--batch", paramLabel = "<number>", description = "Vectors in a step. Standard: 1024.")
    private int batch = 1024;

    @Option(names = "--serve", description = "Take as many steps as each line of the standard input says, and answer in JSON,"
            + " as releng/benchmark/dictionary.py asks.")
    private boolean serve;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
    private boolean help;

    DictionaryBench(Shell shell, Settings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (channels < 1 || latents < 1 || batch < 1 || kept < 0 || kept > latents) {
            throw CommandException.usage("No dictionary has " + channels + " channels and " + latents + " latents, " + kept
                    + " of them kept, and learns " + batch + " vectors in a step.");
        }
        DictionaryPlan plan = kept > 0 ? new DictionaryPlan(Kind.TOP_K, latents, kept, 0, 1 / 32.0, 100, batch, MOST, 1e-3, 1)
                : new DictionaryPlan(Kind.L1, latents, 0, 0.01, 0, 100, batch, MOST, 1e-3, 1);
        try (LearningSpeed speed = new LearningSpeed(plan, channels, TrainingCommand.engine(shell, settings).products())) {
            if (serve) {
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                for (String line = lines.readLine(); line != null && !line.isBlank(); line = lines.readLine()) {
                    Times times = time(speed, Integer.parseInt(line.strip()));
                    shell.out().println(String.format(Locale.ROOT, "{\"wall\":%s,\"cpu\":%s}", times.wall().get(0) / 1000,
                            times.processor().orElse(times.wall().get(0)) / 1000));
                    shell.out().flush();
                }
                return ExitCode.DONE;
            }
            time(speed, USUAL);
            Times times = time(speed, USUAL);
            double vectors = (double) USUAL * speed.batch();
            shell.out().println(String.format(Locale.ROOT, "%,.0f vectors in a second, %,.0f in a second of processor time",
                    vectors / times.wall().get(0) * 1000, vectors / times.processor().orElse(times.wall().get(0)) * 1000));
            shell.out().flush();
            return ExitCode.DONE;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static Times time(LearningSpeed speed, int steps) {
        if (speed.steps() + steps > MOST) {
            throw CommandException.usage("At most " + MOST + " steps are taken; ask for fewer.");
        }
        return Stopwatch.repeat(1, () -> speed.learn(steps));
    }
}
