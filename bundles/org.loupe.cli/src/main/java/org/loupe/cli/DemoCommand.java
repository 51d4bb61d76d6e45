package org.loupe.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.loupe.core.Analysis;
import org.loupe.core.Observer;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.visualize.Ingredients;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers “what is this unit?” for a handful of units, and writes a report that opens offline. */
@Command(name = "demo", sortOptions = false, customSynopsis = "loupe demo [<options>] [<network>]",
        description = "Answers \"what is this unit?\" for a handful of units and writes a report to look at.")
final class DemoCommand implements Callable<Integer> {

    private static final String PAGE = "index.html";

    private final Shell shell;
    private final Settings settings;

    @Parameters(index = "0", arity = "0..1", paramLabel = "<network>", hideParamSyntax = true,
            description = "Name of a network or a network file. Standard: " + Laboratories.STANDARD_NETWORK + ".")
    private String network = "";

    @Option(names = "--out", paramLabel = "<folder>", description = "Where to write the report. Standard: loupe-demo.")
    private Path folder = Path.of("loupe-demo");

    @Option(names = "--units", arity = "1..*", paramLabel = "<unit>",
            description = "Which units to explain, such as mixed4a:12. Standard: some that are worth it.")
    private List<String> units = List.of();

    @Option(names = "--steps", paramLabel = "<number>", description = "Steps for each picture. Standard: 512.")
    private int steps = 512;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
    private boolean help;

    DemoCommand(Shell shell, Settings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (steps < 1) {
            throw CommandException.usage("A picture takes at least one step, not " + steps + ".");
        }
        OutFolder out = OutFolder.prepare(folder);
        try (Laboratory laboratory = Laboratories.open(shell, settings, true)) {
            Network found = Laboratories.network(shell, settings, laboratory, network);
            List<Unit> chosen = units.isEmpty() ? Showcase.of(found) : units.stream().map(Unit::parse).toList();
            chosen.forEach(found::require);
            Report report;
            try (ProgressLine progress = new ProgressLine(shell, settings.quiet)) {
                report = new Work(laboratory, found, progress).report(chosen);
            }
            String name = network.isEmpty() ? Laboratories.STANDARD_NETWORK : network;
            Path page = write(new ReportPage(report, name, steps), report, out);
            shell.out().println(page.toAbsolutePath());
            shell.out().flush();
            if (report.isPartial()) {
                shell.err().println("loupe: The report was stopped before it was done; it shows what there is.");
                shell.err().flush();
                return ExitCode.STOPPED;
            }
            return ExitCode.DONE;
        }
    }

    private static Path write(ReportPage page, Report report, OutFolder out) {
        report.pictures().forEach(picture -> out.write(picture.file(), picture.png()));
        return out.write(PAGE, page.html().getBytes(StandardCharsets.UTF_8));
    }

    /** The questions of a report, asked one after the other, with one progress for all. */
    private final class Work {

        private final Laboratory laboratory;
        private final Network network;
        private final Observer<Object> progress;
        private final Registered<Analysis<Visualize.Arguments, Visualized>> visualize;
        private final Registered<Analysis<Ingredients.Arguments, Visualized>> ingredients;
        private long before;
        private long all;

        Work(Laboratory laboratory, Network network, Observer<Object> progress) {
            this.laboratory = laboratory;
            this.network = network;
            this.progress = progress;
            this.visualize = laboratory.registry().analysis(Visualize.class);
            this.ingredients = laboratory.registry().analysis(Ingredients.class);
        }

        Report report(List<Unit> chosen) {
            Unit compared = chosen.get(chosen.size() / 2);
            boolean withNeurons = chosen.stream().anyMatch(Unit::isChannel);
            all = (long) steps * (chosen.size() * (withNeurons ? 2L : 1L) + Ingredients.Mix.values().length);
            List<Report.Specimen> specimens = new ArrayList<>();
            for (Unit unit : chosen) {
                List<Report.Picture> pictures = new ArrayList<>();
                picture(unit, false).ifPresent(pictures::add);
                if (unit.isChannel() && network.shape(network.layer(unit.layer())).size()
                        > network.shape(network.layer(unit.layer())).channels()) {
                    picture(unit, true).ifPresent(pictures::add);
                }
                if (!pictures.isEmpty()) {
                    specimens.add(new Report.Specimen(unit, pictures,
                            Facts.of(laboratory.session(network), unit, pictures.get(0))));
                }
            }
            List<Report.Picture> mixes = stopped() ? List.of() : compare(compared);
            return new Report(network, laboratory.hash(network), laboratory.engine(), specimens, compared, mixes,
                    stopped());
        }

        private Optional<Report.Picture> picture(Unit unit, boolean neuron) {
            if (stopped()) {
                return Optional.empty();
            }
            Visualize.Arguments arguments = new Visualize.Arguments(List.of(unit.toString()), neuron, steps, 0,
                    Visualize.Space.FOURIER, Visualize.Robustness.STANDARD, Visualize.Arguments.of("").rate(), 0);
            Visualized made = laboratory.ask(visualize, arguments, network, part(steps), false);
            before += steps;
            return Optional.of(new Report.Picture(made, 0, laboratory.recipe(visualize, arguments, network),
                    new ArgumentOptions(Visualize.Arguments.class).typed(arguments)));
        }

        private List<Report.Picture> compare(Unit unit) {
            Ingredients.Arguments arguments = new Ingredients.Arguments(List.of(unit.toString()), false, steps, 0, 0);
            Visualized made = laboratory.ask(ingredients, arguments, network,
                    part((long) steps * Ingredients.Mix.values().length), false);
            List<Report.Picture> pictures = new ArrayList<>();
            for (int i = 0; i < made.details().size(); i++) {
                pictures.add(new Report.Picture(made, i, laboratory.recipe(ingredients, arguments, network),
                        new ArgumentOptions(Ingredients.Arguments.class).typed(arguments)));
            }
            return pictures;
        }

        private boolean stopped() {
            return shell.interrupt().isRequested();
        }

        private Observer<Object> part(long weight) {
            return (done, total, what) -> progress.report(before + (total > 0 ? weight * done / total : 0), all, what);
        }
    }
}
