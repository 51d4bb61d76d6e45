package org.loupe.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import com.google.gson.GsonBuilder;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.image.Png;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.ChannelScan;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.ExampleSheet;
import org.loupe.core.scan.OverlaySheet;
import org.loupe.core.scan.ReceptiveField;
import org.loupe.platform.Laboratory;
import org.loupe.platform.StoredScans;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the pictures that excite a unit most, and some of all degrees, from a stored scan. */
@Command(name = "examples", customSynopsis = "loupe examples [<options>] [<network>] <unit>",
        description = "Shows what excites a channel most in a stored scan, and pictures of all degrees of excitement.")
final class ExamplesCommand implements Callable<Integer> {

    private static final int ACROSS = 10;

    private final Shell shell;
    private final Settings settings;

    @Parameters(arity = "1..2", paramLabel = "[<network>] <unit>", hideParamSyntax = true,
            description = "A network or file, which may be left out, and a channel such as mixed4a:12.")
    private List<String> words = List.of();

    @Option(names = "--pictures", paramLabel = "<pictures>",
            description = "The picture set that was scanned. Standard: the one that comes with the network.")
    private String pictures = "";

    @Option(names = "--count", paramLabel = "<number>", description = "How many of the strongest. Standard: 20.")
    private int count = 2 * ACROSS;

    @Option(names = "--steps", paramLabel = "<number>",
            description = "Into how many steps the range is cut for pictures of all degrees. Standard: 6.")
    private int steps = 6;

    @Option(names = "--spectrum", description = "Show pictures of all degrees of what goes into the layer's nonlinearity, and"
            + " so of inhibition, too, rather than of what comes out.")
    private boolean signed;

    @Option(names = "--by-class", description = "Show the strongest pictures of each class, and how it answers to each.")
    private boolean byClass;

    @Option(names = "--overlay",
            description = "With --out, also write the strongest pictures whole, with the activations laid over them.")
    private boolean overlay;

    @Option(names = "--before", description = "Look at what goes into the layer's nonlinearity.")
    private boolean before;

    @Option(names = "--out", paramLabel = "<folder>",
            description = "Write a sheet of what the unit sees (PNG) and a description (JSON) to this folder.")
    private Path folder;

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Say how this command is used.")
    private boolean help;

    ExamplesCommand(Shell shell, Settings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    /** What was found in a scan. */
    private record Found(Network network, Unit unit, Tap tap, PictureSet set, Fitting fitting, ChannelScan channel,
            List<Example> strongest, List<List<Example>> spectrum, List<OfClass> classes) {
    }

    /** A class with its strongest pictures. */
    private record OfClass(String name, ChannelScan.OfClass answer, List<Example> strongest) {
    }

    @Override
    public Integer call() {
        if (count < 1 || steps < 0) {
            throw CommandException.usage("--count is at least 1, and --steps at least 0.");
        }
        try (Laboratory laboratory = Laboratories.openReadOnly(shell, settings)) {
            Unit unit = Unit.parse(words.get(words.size() - 1));
            Network network = Laboratories.network(laboratory, words.size() > 1 ? words.get(0) : "");
            network.require(unit);
            if (!unit.isChannel()) {
                throw CommandException.usage("Examples are those of a whole channel; write " + unit.at(Unit.EVERYWHERE) + ".");
            }
            try (PictureSet set = Laboratories.pictures(laboratory, network, pictures)) {
                Found found = find(laboratory, network, unit, set);
                String sheet = folder == null ? "" : write(laboratory, found);
                shell.out().print(json ? json(found) : text(found) + sheet);
                shell.out().flush();
                return ExitCode.DONE;
            } catch (IOException problem) {
                throw new CommandException(ExitCode.FAILED, problem.getMessage(), problem);
            }
        }
    }

    private Found find(Laboratory laboratory, Network network, Unit unit, PictureSet set) throws IOException {
        boolean hasActivation = network.layer(unit.layer()).hasActivation();
        Tap tap = before && hasActivation ? Tap.before(unit.layer()) : Tap.after(unit.layer());
        StoredScans.Stored stored = new StoredScans(laboratory).find(network, set, tap)
                .orElseThrow(() -> new CommandException(ExitCode.FAILED, "No scan of " + unit.layer() + " of " + network
                        + " with the pictures " + set.name() + " is in the study. Make one with: loupe scan " + network
                        + (pictures.isEmpty() ? "" : " --pictures " + pictures), null));
        ChannelScan channel = stored.scanned().channel(tap, unit.channel());
        List<Example> strongest = channel.examples().subList(0, Math.min(count, channel.examples().size()));
        ChannelScan ofSpectrum = signed && hasActivation
                ? stored.scanned().channel(Tap.before(unit.layer()), unit.channel()) : channel;
        List<List<Example>> spectrum = steps == 0 ? List.of() : ofSpectrum.spectrum(steps, ACROSS);
        return new Found(network, unit, tap, set, stored.arguments().fitting(), channel, strongest, spectrum,
                byClass ? classes(set, channel) : List.of());
    }

    private static List<OfClass> classes(PictureSet set, ChannelScan channel) {
        List<OfClass> classes = new ArrayList<>();
        for (int label = 0; label < set.classes().size(); label++) {
            int wanted = label;
            classes.add(new OfClass(set.classes().get(label), channel.classes().get(label),
                    channel.strongest(picture -> set.pictures().get(picture).label() == wanted, ACROSS)));
        }
        classes.removeIf(of -> of.strongest.isEmpty());
        classes.sort(Comparator.comparingDouble((OfClass of) -> of.answer.mean()).reversed());
        return classes;
    }

    private String write(Laboratory laboratory, Found found) throws IOException {
        OutFolder out = OutFolder.prepare(folder);
        List<List<Example>> lines = new ArrayList<>();
        for (int from = 0; from < found.strongest().size(); from += ACROSS) {
            lines.add(found.strongest().subList(from, Math.min(found.strongest().size(), from + ACROSS)));
        }
        for (int step = found.spectrum().size() - 1; step >= 0; step--) {
            lines.add(found.spectrum().get(step));
        }
        found.classes().forEach(of -> lines.add(of.strongest()));
        String name = OutFolder.fileName(found.tap() + " " + found.unit().channel());
        ExampleSheet sheet = new ExampleSheet(found.network(), found.tap());
        out.write(name + "-examples.json", json(found).getBytes(StandardCharsets.UTF_8));
        Map<String, String> title = Map.of("Title", found.network() + " " + found.tap() + ":" + found.unit().channel()
                + " on " + found.set().name());
        String written = out.write(name + "-examples.png",
                Png.write(sheet.draw(found.set(), found.fitting(), lines), 0, title)) + System.lineSeparator();
        return overlay && !found.strongest().isEmpty() ? written + out.write(name + "-overlay.png",
                Png.write(overlay(laboratory, found), 0, title)) + System.lineSeparator() : written;
    }

    private static Batch overlay(Laboratory laboratory, Found found) {
        double full = Math.max(Double.MIN_NORMAL, Math.abs(found.strongest().get(0).value()));
        return laboratory.run(found.network(), session -> {
            try {
                return new OverlaySheet(session, found.tap(), found.unit().channel()).draw(found.set(), found.fitting(),
                        found.strongest(), full, ACROSS / 2);
            } catch (PictureException gone) {
                throw new CommandException(ExitCode.FAILED, gone.getMessage(), gone);
            }
        });
    }

    private static String text(Found found) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s:%d  mean %.4g, deviation %.4g; fires at %.1f %% of the positions and in"
                + " %.1f %% of the pictures%n", found.tap(), found.unit().channel(), found.channel().mean(),
                Math.sqrt(found.channel().variance()), 100 * found.channel().firingPositions(),
                100 * found.channel().firingPictures()));
        for (Example example : found.strongest()) {
            Picture picture = found.set().pictures().get(example.picture());
            // Names may hold anything, also what a terminal would obey.
            text.append(String.format(Locale.ROOT, "%10.4g  at %d,%d  %s%n", example.value(), example.row(), example.column(),
                    picture.name().replaceAll("\\p{Cntrl}", "?")));
        }
        for (OfClass of : found.classes()) {
            text.append(String.format(Locale.ROOT, "%-24s mean %10.4g  AUC %.3f%n", of.name().replaceAll("\\p{Cntrl}", "?"),
                    of.answer().mean(), of.answer().area()));
        }
        return text.toString();
    }

    private static String json(Found found) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", found.network().name());
        json.put("unit", found.tap() + ":" + found.unit().channel());
        json.put("pictures", found.set().name());
        json.put("mean", found.channel().mean());
        json.put("variance", found.channel().variance());
        json.put("firingPositions", found.channel().firingPositions());
        json.put("firingPictures", found.channel().firingPictures());
        json.put("strongest", found.strongest().stream().map(example -> json(found, example)).toList());
        json.put("spectrum", found.spectrum().stream()
                .map(step -> step.stream().map(example -> json(found, example)).toList()).toList());
        Map<String, Object> classes = new LinkedHashMap<>();
        for (int label = 0; label < found.set().classes().size(); label++) {
            ChannelScan.OfClass ofClass = found.channel().classes().get(label);
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("mean", ofClass.mean());
            one.put("auc", ofClass.area());
            classes.put(found.set().classes().get(label), one);
        }
        json.put("classes", classes);
        if (!found.classes().isEmpty()) {
            Map<String, Object> byClass = new LinkedHashMap<>();
            found.classes().forEach(of -> byClass.put(of.name(),
                    of.strongest().stream().map(example -> json(found, example)).toList()));
            json.put("strongestByClass", byClass);
        }
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeSpecialFloatingPointValues().create()
                .toJson(json) + System.lineSeparator();
    }

    private static Map<String, Object> json(Found found, Example example) {
        Picture picture = found.set().pictures().get(example.picture());
        ReceptiveField field = ReceptiveField.of(found.network(), found.tap(), example.row(), example.column());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("picture", picture.name());
        if (picture.isLabelled()) {
            json.put("class", found.set().classes().get(picture.label()));
        }
        json.put("value", example.value());
        json.put("share", found.channel().rank(example.value()));
        json.put("row", example.row());
        json.put("column", example.column());
        Map<String, Object> sees = new LinkedHashMap<>();
        sees.put("top", field.top());
        sees.put("left", field.left());
        sees.put("bottom", field.bottom());
        sees.put("right", field.right());
        json.put("sees", sees);
        return json;
    }
}
