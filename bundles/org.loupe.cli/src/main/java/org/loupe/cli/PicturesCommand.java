package org.loupe.cli;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Unreadable;
import org.loupe.platform.PictureSets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what a picture set holds, and which of its files cannot be read. */
@Command(name = "pictures", customSynopsis = "loupe pictures [<options>] <pictures>",
        description = "Tells what a picture set holds: pictures, classes, sizes, and which files cannot be read and why.")
final class PicturesCommand implements Callable<Integer> {

    private static final Frame SMALL = new Frame(3, 8, 8, Fitting.STRETCH, Frame.WHITE);

    private final Shell shell;
    private final Settings settings;

    @Parameters(index = "0", paramLabel = "<pictures>", hideParamSyntax = true,
            description = "A folder, zip archive, CSV or JSON list, or picture; or the name of a set, such as drawn.")
    private String pictures = "";

    @Option(names = "--quick", description = "Look only at how each file begins, and do not decode it.")
    private boolean quick;

    @Option(names = "--json", description = "Print it as JSON, with a line for each picture.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
    private boolean help;

    PicturesCommand(Shell shell, Settings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    /**
     * What was found out.
     *
     * @param headers    by index of the picture; those of unreadable ones are missing
     * @param unreadable from the listing and from reading
     * @param hash       missing when the work was stopped
     */
    private record Found(PictureSet set, Map<Integer, PictureHeader> headers, List<Unreadable> unreadable,
            Optional<String> hash) {
    }

    @Override
    public Integer call() {
        try (PictureSet set = new PictureSets(shell.registry()).open(pictures)) {
            Found found;
            try (ProgressLine progress = new ProgressLine(shell, settings.quiet)) {
                found = look(set, progress);
            }
            shell.out().print(json ? json(found) : text(found));
            shell.out().flush();
        } catch (IOException problem) {
            throw new CommandException(ExitCode.FAILED, problem.getMessage(), problem);
        }
        if (shell.interrupt().isRequested()) {
            shell.err().println("loupe: Stopped before every picture was looked at.");
            return ExitCode.STOPPED;
        }
        return ExitCode.DONE;
    }

    private Found look(PictureSet set, Progress progress) {
        Map<Integer, PictureHeader> headers = new TreeMap<>();
        List<Unreadable> unreadable = new ArrayList<>(set.unreadable());
        Batch batch = Batch.zeros(1, SMALL.channels(), SMALL.rows(), SMALL.columns());
        int count = set.pictures().size();
        for (int index = 0; index < count; index++) {
            if (!progress.report(index, count, "Reading pictures")) {
                return new Found(set, headers, unreadable, Optional.empty());
            }
            try {
                PictureHeader header = set.header(index);
                if (!quick) {
                    set.read(index, SMALL, batch, 0);
                }
                headers.put(index, header);
            } catch (PictureException problem) {
                unreadable.add(new Unreadable(set.pictures().get(index).name(), problem.getMessage()));
            }
        }
        return new Found(set, headers, unreadable, set.hash(progress));
    }

    private static String text(Found found) {
        List<String> lines = new ArrayList<>();
        lines.add(found.set().name());
        lines.add("");
        lines.add("pictures    " + grouped(found.headers().size()));
        Map<String, Long> classes = classes(found);
        if (!classes.isEmpty()) {
            lines.add("classes     " + found.set().classes().size() + ": " + counts(classes));
        }
        if (!found.headers().isEmpty()) {
            lines.add("formats     " + counts(found.headers().values().stream()
                    .collect(Collectors.groupingBy(PictureHeader::format, TreeMap::new, Collectors.counting()))));
            lines.add("rows        " + range(found.headers().values().stream().mapToInt(PictureHeader::rows).sorted().toArray()));
            lines.add("columns     " + range(found.headers().values().stream().mapToInt(PictureHeader::columns).sorted().toArray()));
        }
        found.hash().ifPresent(hash -> lines.add("SHA-256     " + hash));
        lines.add("unreadable  " + grouped(found.unreadable().size()));
        // Names may hold anything, also what a terminal would obey.
        found.unreadable().forEach(each -> lines.add("  " + each.name().replaceAll("\\p{Cntrl}", "?") + ": " + each.reason()));
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    /** How many pictures that can be read there are of each class, and of none. */
    private static Map<String, Long> classes(Found found) {
        Map<String, Long> counts = new LinkedHashMap<>();
        found.set().classes().forEach(label -> counts.put(label, 0L));
        if (counts.isEmpty()) {
            return counts;
        }
        for (int index : found.headers().keySet()) {
            Picture picture = found.set().pictures().get(index);
            counts.merge(picture.isLabelled() ? found.set().classes().get(picture.label()) : "without a class", 1L, Long::sum);
        }
        return counts;
    }

    private static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream().map(each -> each.getKey() + " " + grouped(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String range(int[] sorted) {
        int least = sorted[0];
        int most = sorted[sorted.length - 1];
        return least == most ? grouped(least)
                : grouped(least) + " to " + grouped(most) + ", half of them up to " + grouped(sorted[(sorted.length - 1) / 2]);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String json(Found found) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", found.set().name());
        found.hash().ifPresent(hash -> json.put("sha256", hash));
        json.put("classes", found.set().classes());
        List<Object> pictures = new ArrayList<>();
        found.headers().forEach((index, header) -> {
            Picture picture = found.set().pictures().get(index);
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", picture.name());
            if (picture.isLabelled()) {
                one.put("class", found.set().classes().get(picture.label()));
            }
            one.put("format", header.format());
            one.put("rows", header.rows());
            one.put("columns", header.columns());
            pictures.add(one);
        });
        json.put("pictures", pictures);
        json.put("unreadable", found.unreadable().stream()
                .map(each -> Map.of("name", each.name(), "reason", each.reason())).toList());
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + System.lineSeparator();
    }
}
