package org.loupe.cli;

import com.google.gson.GsonBuilder;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.picture.PictureSet;
import org.loupe.platform.Laboratory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells how fast the engine runs a network here, and what takes the time. */
@Command(name = "bench", description = "Tells how fast the engine runs a network here: forward, back to the picture, and a whole"
        + " step of making a picture; with --layers, where the time goes; and, with --scan, what a scan costs.",
        customSynopsis = "loupe bench [<options>] [<network>]", sortOptions = false)
final class BenchCommand implements Callable<Integer> {

    private final Shell shell;
    private final Settings settings;

    @Parameters(index = "0", arity = "0..1", paramLabel = "<network>", hideParamSyntax = true,
            description = "Name of a network or a network file. Standard: " + Laboratories.STANDARD_NETWORK + ".")
    private String network = "";

    @Option(names = "--to", paramLabel = "<layer>", description = "How far to run: a layer, all of which counts, a unit such as"
            + " mixed4a:12, or logit:<number>. Standard: the last layer.")
    private String to = "";

    @Option(names = "--layers", description = "Also tell what each part of a pass takes, forward and backward.")
    private boolean layers;

    @Option(names = "--picture-size", paramLabel = "<pixels>",
            description = "Rows and columns of the pictures. Standard: the network's own.")
    private int pictureSize;

    @Option(names = "--batch", paramLabel = "<number>", split = ",", description = "Pictures at a time; several numbers, with"
            + " commas between them, are timed one after the other. Standard: 1.")
    private List<Integer> batch = List.of(1);

    @Option(names = "--threads", paramLabel = "<number>", description = "Threads of the engine. Standard: 1, or what"
            + " OMP_NUM_THREADS says.")
    private int threads;

    @Option(names = "--rounds", paramLabel = "<number>", description = "How often each thing is timed. Standard: 21; with"
            + " --scan, 3.")
    private Integer rounds;

    @Option(names = "--scan", paramLabel = "<number>", description = "Time a scan of all layers with so many pictures instead,"
            + " by turns with the forward pass alone. At most 3400 different ones are held in memory; they come again.")
    private Integer scanned;

    @Option(names = "--pictures", paramLabel = "<pictures>", description = "With --scan, the picture set. Standard: the one"
            + " that comes with the network.")
    private String pictures = "";

    @Option(names = "--sessions", paramLabel = "<number>", description = "Also run so many sessions at once, as walls and scans do"
            + " with one thread each. Standard: 1, none besides.")
    private int sessions = 1;

    @Option(names = "--serve", description = "Answer the questions on the standard input, as releng/benchmark asks them.")
    private boolean serve;

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
    private boolean help;

    BenchCommand(Shell shell, Settings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        int rounds = this.rounds != null ? this.rounds : scanned != null ? 3 : 21;
        require("--rounds", rounds, 1, 10_000);
        require("--scan", scanned == null ? 1 : scanned, 1, 10_000_000);
        batch.forEach(images -> require("--batch", images, 1, 256));
        require("--picture-size", pictureSize, 0, 2048);
        require("--sessions", sessions, 1, 64);
        requireThreads();
        try (Laboratory laboratory = Laboratories.openReadOnly(shell, settings)) {
            Network opened = Laboratories.open(laboratory, network, settings.choice()).network();
            Session session = laboratory.session(opened);
            if (serve) {
                new BenchDialogue(session, new InputStreamReader(System.in, StandardCharsets.UTF_8), shell).run();
                return ExitCode.DONE;
            }
            if (scanned != null) {
                scan(laboratory, session, rounds);
                return ExitCode.DONE;
            }
            int size = pictureSize == 0 ? opened.input().shape().rows() : pictureSize;
            List<Benchmark> benchmarks = batch.stream().map(images -> new Benchmark(session, to, images, size)).toList();
            benchmarks.get(0).objective();
            double peak = Benchmark.peak(session.engine());
            Stream<BenchReport> reports = benchmarks.stream().map(one -> BenchReport.of(one, rounds, sessions, peak));
            if (json) {
                List<Map<String, Object>> answers = reports.map(BenchReport::json).toList();
                shell.out().println(new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(answers));
            } else {
                BenchReport.heading(session, peak).forEach(shell.out()::println);
                reports.forEach(report -> {
                    report.lines(layers).forEach(shell.out()::println);
                    shell.out().flush();
                });
            }
            shell.out().flush();
            return ExitCode.DONE;
        }
    }

    private void scan(Laboratory laboratory, Session session, int rounds) {
        try (PictureSet set = Laboratories.pictures(laboratory, session.network(), pictures)) {
            ScanBenchmark benchmark = new ScanBenchmark(session,
                    HeldPictures.of(set, ScanBenchmark.frame(session.network()), scanned));
            List<ScanBenchmark.Turn> turns = benchmark.turns(rounds);
            if (json) {
                shell.out().println(new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create()
                        .toJson(benchmark.json(turns)));
            } else {
                BenchReport.heading(session, 0).forEach(shell.out()::println);
                benchmark.lines(turns).forEach(shell.out()::println);
            }
            shell.out().flush();
        }
    }

    private static void require(String option, int number, int least, int greatest) {
        if (number < least || number > greatest) {
            throw CommandException.usage(option + " cannot be " + number + ". Anything from " + least + " to " + greatest
                    + " is allowed.");
        }
    }

    /** Threads are made when the native library is loaded; the program that starts this one passes the number on. */
    private void requireThreads() {
        String said = System.getenv().getOrDefault("OMP_NUM_THREADS", "");
        if (threads != 0 && !said.equals(Integer.toString(threads))) {
            throw CommandException.usage("The number of threads is fixed when the program starts. Start it with"
                    + " OMP_NUM_THREADS=" + threads + " in the environment.");
        }
    }
}
