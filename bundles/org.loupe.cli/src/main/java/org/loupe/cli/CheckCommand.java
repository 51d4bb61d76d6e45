package org.loupe.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.loupe.core.check.Checked;
import org.loupe.core.check.Checked.Row;
import org.loupe.core.check.Difference;
import org.loupe.core.check.GradientDifference;
import org.loupe.core.check.Golden;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.platform.NetworkCheck;
import org.loupe.platform.OpenedNetwork;
import org.loupe.store.RecipeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares what two engines, and perhaps another program, compute with a network. */
@Command(name = "check", description = "Compares what two engines compute at every layer of a network, forward and in the"
        + " gradient, on random pictures, and with golden values of another program where there are some.",
        customSynopsis = "loupe check [<options>] [<network>]", sortOptions = false)
final class CheckCommand implements Callable<Integer> {

    private static final int WORST = 12;

    private final Shell shell;
    private final Settings settings;

    @Mixin
    private final NetworkOptions options;

    @Option(names = "--against", paramLabel = "<name>",
            description = "The engine to compare with. Standard: the next one that can run the network.")
    private String against = "";

    @Option(names = "--images", paramLabel = "<number>", description = "How many random pictures. Standard: 2.")
    private int images = 2;

    @Option(names = "--seed", paramLabel = "<number>", description = "Where their random numbers start. Standard: 0.")
    private long seed;

    @Option(names = "--golden", paramLabel = "<file>", description = "Values of another program: .npz with arrays named"
            + " after layers, taps or operations, one named input, and perhaps one named gradient and one named class (of which"
            + " logit), or .npy with what the network ends in.")
    private Path golden;

    @Option(names = "--golden-name", paramLabel = "<layer>", description = "The layer that a .npy is about.")
    private String goldenName = "";

    @Option(names = "--golden-input", paramLabel = "<file>",
            description = "The numbers that the network was given, where they are in a .npy file of their own.")
    private Path goldenInput;

    @Option(names = "--golden-class", paramLabel = "<number>",
            description = "The logit, from 0, that the golden gradient is of, where the .npz does not say it.")
    private int goldenClass = -1;

    @Option(names = "--all", description = "Print every place in the order of the network, not only the worst ones.")
    private boolean all;

    CheckCommand(Shell shell, Settings settings) {
        this.shell = shell;
        this.settings = settings;
        this.options = new NetworkOptions(settings);
    }

    @Override
    public Integer call() {
        if (images < 1 || images > 64) {
            throw CommandException.usage("--images cannot be " + images + ". Anything from 1 to 64 is allowed.");
        }
        NetworkCheck check = new NetworkCheck(settings.engine, against, images, seed, golden(), false);
        try (Laboratory laboratory = Laboratories.openForCheck(shell, settings)) {
            OpenedNetwork opened = Laboratories.open(laboratory, options.network, settings.choice());
            Laboratories.tell(opened, Laboratories.notices(shell, settings));
            NetworkCheck.Answer answer;
            try (ProgressLine progress = new ProgressLine(shell, settings.quiet)) {
                answer = laboratory.check(check, opened.network(), progress);
            }
            shell.out().print(options.json ? json(answer) : text(opened.network(), answer.checked()));
            shell.out().flush();
            return answer.checked().firstOff().isPresent() ? ExitCode.OFF
                    : answer.checked().isPartial() ? ExitCode.STOPPED : ExitCode.DONE;
        }
    }

    private Optional<Golden> golden() {
        if (golden == null) {
            return Optional.empty();
        }
        try {
            Golden read = Golden.read(golden, goldenName, Optional.ofNullable(goldenInput));
            return Optional.of(goldenClass < 0 ? read : read.ofClass(goldenClass));
        } catch (IOException problem) {
            throw new CommandException(ExitCode.USAGE, "The golden values cannot be read: " + (problem.getMessage() == null
                    || problem.getMessage().equals(golden.toString()) ? "there is no file " + golden
                            : problem.getMessage()), problem);
        }
    }

    private String text(Network checked, Checked found) {
        List<String> lines = new ArrayList<>();
        lines.add(checked + ": " + found.engine() + " against " + found.against());
        lines.add(found.images() + (found.images() == 1 ? " random picture" : " random pictures") + ", seed "
                + found.seed() + "; allowed are " + Checked.number(Checked.FORWARD_TOLERANCE) + " at layers and "
                + Checked.number(found.gradient().map(GradientDifference::allowed).orElse(GradientDifference.TOLERANCE))
                + " in the gradient, relative");
        lines.add("");
        lines.addAll(table(found));
        found.remarks().forEach(lines::add);
        lines.add(found.summary());
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private List<String> table(Checked found) {
        boolean withGolden = found.golden().isPresent() || found.rows().stream().anyMatch(row -> row.golden().isPresent());
        List<Row> rows = new ArrayList<>(found.rows());
        if (!all) {
            rows.sort(Comparator.comparingDouble((Row row) -> row.largest().map(Difference::relative).orElse(-1.0))
                    .reversed());
        }
        List<Row> shown = all ? rows : rows.subList(0, Math.min(WORST, rows.size()));
        int width = Math.max("the gradient".length(),
                shown.stream().mapToInt(row -> row.place().length()).max().orElse(0));
        List<String> lines = new ArrayList<>();
        lines.add(line(width, "layer", "relative", "absolute", withGolden ? "golden" : "", ""));
        for (Row row : shown) {
            lines.add(line(width, row.place(), relative(row.engines()), absolute(row.engines()),
                    withGolden ? relative(row.golden()) : "", row.isOff() ? "off" : ""));
        }
        Optional<Difference> gradient = found.gradient().map(GradientDifference::difference);
        lines.add(line(width, "the gradient", relative(gradient), absolute(gradient),
                withGolden ? relative(found.golden().map(GradientDifference::difference)) : "",
                Stream.of(found.gradient(), found.golden()).flatMap(Optional::stream).anyMatch(GradientDifference::isOff)
                        ? "off" : ""));
        if (shown.size() < rows.size()) {
            lines.add("(and " + (rows.size() - shown.size()) + " places that differ less; --all shows them)");
        }
        lines.add("");
        return lines;
    }

    private static String line(int width, String place, String relative, String absolute, String golden, String off) {
        return String.format("%-" + width + "s  %9s  %9s  %9s  %s", place, relative, absolute, golden, off).stripTrailing();
    }

    private static String relative(Optional<Difference> difference) {
        return difference.map(one -> Checked.number(one.relative())).orElse("-");
    }

    private static String absolute(Optional<Difference> difference) {
        return difference.map(one -> Checked.number(one.absolute())).orElse("-");
    }

    private static String json(NetworkCheck.Answer answer) {
        Checked found = answer.checked();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recipe", JsonParser.parseString(RecipeText.write(answer.recipe())));
        json.put("partial", found.isPartial());
        json.put("engine", found.engine());
        json.put("against", found.against());
        json.put("agrees", found.firstOff().isEmpty());
        found.firstOff().ifPresent(place -> json.put("firstOff", place));
        json.put("forwardTolerance", Checked.FORWARD_TOLERANCE);
        found.gradient().ifPresent(gradient -> {
            json.put("gradientTolerance", gradient.allowed());
            json.put("gradient", gradient);
        });
        found.golden().ifPresent(gradient -> json.put("goldenGradient", gradient));
        json.put("remarks", found.remarks());
        List<Object> places = new ArrayList<>();
        for (Row row : found.rows()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("place", row.place());
            row.engines().ifPresent(difference -> one.put("engines", difference));
            row.golden().ifPresent(difference -> one.put("golden", difference));
            places.add(one);
        }
        json.put("places", places);
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeSpecialFloatingPointValues().create()
                .toJson(json) + System.lineSeparator();
    }
}
