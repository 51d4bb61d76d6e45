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
import java.util.Optional;
import java.util.concurrent.Callable;
import com.google.gson.GsonBuilder;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Unit;
import org.loupe.core.image.Diverging;
import org.loupe.core.image.Png;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Sheet;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.ActivationSpectra;
import org.loupe.core.scan.ActivationSpectrum;
import org.loupe.core.scan.ChannelScan;
import org.loupe.core.scan.Crops;
import org.loupe.core.scan.EffectiveField;
import org.loupe.core.scan.EffectiveFields;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.ExampleSheet;
import org.loupe.core.scan.OverlaySheet;
import org.loupe.core.scan.ReceptiveField;
import org.loupe.platform.Laboratory;
import org.loupe.platform.SheetFile;
import org.loupe.platform.StoredScans;
import org.loupe.platform.StoredSpectra;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the pictures that excite a unit most, and some of all degrees, from a stored scan. */
@Command(name = "examples", customSynopsis = "loupe examples [<options>] [<network>] <unit>",
        description = "Shows what excites a channel most in a stored scan, and pictures of all degrees of excitement.")
final class ExamplesCommand implements Callable<Integer> {

    private static final int ACROSS = 10;
    private static final int IN_A_COLUMN = 6;

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

    @Option(names = "--effective", description = "Cut out what the unit really looks at, 95 % of its gradient over some pictures,"
            + " rather than all that it could see.")
    private boolean effective;

    @Option(names = "--before", description = "Look at what goes into the layer's nonlinearity.")
    private boolean before;

    @Option(names = "--out", paramLabel = "<folder>",
            description = "Write a sheet of what the unit sees (PNG), the same as a figure with words (SVG), and a"
            + " description (JSON) to this folder.")
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
            List<Example> strongest, List<List<Example>> spectrum, Optional<StoredSpectra.Stored> drawn,
            List<OfClass> classes, Optional<EffectiveFields> looksAt) {

        /** What its positions see or, where that was asked for, look at. */
        Crops crops() {
            return looksAt.map(fields -> Crops.effective(network, tap, fields.fields().get(0).effective()))
                    .orElseGet(() -> new Crops(network, tap));
        }
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
        Optional<StoredSpectra.Stored> drawn = signed && steps > 0 ? new StoredSpectra(laboratory).find(network, set, unit)
                .filter(one -> one.arguments().fitting() == stored.arguments().fitting()) : Optional.empty();
        List<List<Example>> spectrum = steps == 0 ? List.of() : drawn.map(one -> one.spectrum().steps().stream()
                .map(ActivationSpectrum.Step::examples).toList()).orElseGet(() -> ofSpectrum.spectrum(steps, ACROSS));
        if (signed && drawn.isEmpty() && steps > 0) {
            Laboratories.notices(shell, settings).accept("Of each picture, the scan knows the most excited position only. What"
                    + " inhibits the unit among all positions: loupe spectrum " + network + " " + unit);
        }
        return new Found(network, unit, tap, set, stored.arguments().fitting(), channel, strongest, spectrum, drawn,
                byClass ? classes(set, channel) : List.of(),
                effective ? Optional.of(looksAt(laboratory, network, unit, set, stored.arguments().fitting()))
                        : Optional.empty());
    }

    /** What the channel looks at, as the command {@code field} finds it. */
    private EffectiveFields looksAt(Laboratory laboratory, Network network, Unit unit, PictureSet set, Fitting fitting) {
        EffectiveField.Arguments arguments = new EffectiveField.Arguments(List.of(unit.toString()),
                EffectiveField.Arguments.of(unit.toString()).over(), fitting);
        // Nothing is written to the folder by this analysis.
        EffectiveFields found = laboratory.run(network, session -> new EffectiveField().run(
                new Material(session, Optional.of(new Material.Pictures(set, Path.of("unused")))), arguments,
                (done, total, what) -> !shell.interrupt().isRequested()));
        if (found.isPartial()) {
            throw new CommandException(ExitCode.STOPPED, "Stopped before it was found what " + unit + " looks at.", null);
        }
        return found;
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
        ExampleSheet sheet = new ExampleSheet(found.network(), found.crops());
        out.write(name + "-examples.json", json(found).getBytes(StandardCharsets.UTF_8));
        Map<String, String> title = Map.of("Title", found.network() + " " + found.tap() + ":" + found.unit().channel()
                + " on " + found.set().name());
        String written = out.write(name + "-examples.png",
                Png.write(sheet.draw(found.set(), found.fitting(), lines), 0, title)) + System.lineSeparator();
        Path figure = folder.resolve(name + "-examples.svg");
        SheetFile.write(figure, figure(found), 1);
        written += figure + System.lineSeparator();
        return overlay && !found.strongest().isEmpty() ? written + out.write(name + "-overlay.png",
                Png.write(overlay(laboratory, found), 0, title)) + System.lineSeparator() : written;
    }

    /** The same as a figure, with what each line is and the activation below each picture. */
    private static Sheet figure(Found found) throws PictureException {
        Crops crops = found.crops();
        Figure figure = Figure.titled("What excites " + found.tap() + ":" + found.unit().channel() + " of " + found.network())
                .heading("The strongest of " + String.format(Locale.ROOT, "%,d", found.set().pictures().size()) + " pictures of "
                        + found.set().name())
                .pictures(plates(found, crops, found.strongest()), ACROSS);
        if (found.spectrum().stream().anyMatch(step -> !step.isEmpty())) {
            figure.heading(found.drawn().isPresent() ? "Of all degrees, drawn by chance from all positions"
                    : "Of all degrees, drawn by chance; of each picture the most excited position");
            List<Figure.Column> columns = new ArrayList<>();
            double extent = found.spectrum().stream().flatMap(List::stream).mapToDouble(example -> Math.abs(example.value())).max()
                    .orElse(1);
            for (int step = 0; step < found.spectrum().size(); step++) {
                List<Example> examples = found.spectrum().get(step).stream().limit(IN_A_COLUMN).toList();
                double middle = examples.isEmpty() ? 0 : examples.get(examples.size() / 2).value();
                String below = found.drawn().isEmpty() ? found.spectrum().get(step).size() + " drawn"
                        : ActivationSpectra.percent(found.drawn().get().spectrum().steps().get(step), found.drawn().get().spectrum());
                columns.add(new Figure.Column(examples.isEmpty() ? "none" : String.format(Locale.ROOT, "%.3g to %.3g",
                        examples.get(0).value(), examples.get(examples.size() - 1).value()), below,
                        Diverging.colour(middle / Math.max(Double.MIN_NORMAL, extent), 0xffffff), plates(found, crops, examples)));
            }
            figure.columns(columns);
        }
        for (OfClass of : found.classes()) {
            figure.heading(String.format(Locale.ROOT, "%s: mean %.3g, AUC %.2f", of.name(), of.answer().mean(), of.answer().area()))
                    .pictures(plates(found, crops, of.strongest()), ACROSS);
        }
        return figure.remark("Each picture is what the unit's position sees of it, with the activation there below it; white lies"
                + " beyond the edge.").sheet();
    }

    private static List<Figure.Plate> plates(Found found, Crops crops, List<Example> examples) throws PictureException {
        Frame frame = Frame.of(found.network().input().shape(), found.fitting());
        List<Figure.Plate> plates = new ArrayList<>();
        for (Example example : examples) {
            plates.add(new Figure.Plate(crops.cut(found.set().read(example.picture(), frame), example.row(), example.column()),
                    String.format(Locale.ROOT, "%.3g", example.value()), false));
        }
        return plates;
    }

    private static Batch overlay(Laboratory laboratory, Found found) {
        double full = Math.max(Double.MIN_NORMAL, Math.abs(found.strongest().get(0).value()));
        return laboratory.run(found.network(), session -> {
            try {
                return new OverlaySheet(session, found.tap(), found.unit().channel(), found.crops())
                        .draw(found.set(), found.fitting(), found.strongest(), full, ACROSS / 2);
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
        found.looksAt().ifPresent(fields -> text.append(fields.text()));
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
        Crops crops = found.crops();
        found.looksAt().ifPresent(fields -> {
            Map<String, Object> size = new LinkedHashMap<>();
            size.put("rows", crops.rows());
            size.put("columns", crops.columns());
            size.put("pictures", fields.seen());
            json.put("looksAt", size);
        });
        json.put("strongest", found.strongest().stream().map(example -> json(found, crops, example)).toList());
        json.put("spectrum", found.spectrum().stream()
                .map(step -> step.stream().map(example -> json(found, crops, example)).toList()).toList());
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
                    of.strongest().stream().map(example -> json(found, crops, example)).toList()));
            json.put("strongestByClass", byClass);
        }
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeSpecialFloatingPointValues().create()
                .toJson(json) + System.lineSeparator();
    }

    private static Map<String, Object> json(Found found, Crops crops, Example example) {
        Picture picture = found.set().pictures().get(example.picture());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("picture", picture.name());
        if (picture.isLabelled()) {
            json.put("class", found.set().classes().get(picture.label()));
        }
        json.put("value", example.value());
        json.put("share", found.channel().rank(example.value()));
        json.put("row", example.row());
        json.put("column", example.column());
        json.put("sees", json(ReceptiveField.of(found.network(), found.tap(), example.row(), example.column())));
        if (found.looksAt().isPresent()) {
            json.put("looksAt", json(crops.of(example.row(), example.column()).field()));
        }
        return json;
    }

    private static Map<String, Object> json(ReceptiveField field) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("top", field.top());
        json.put("left", field.left());
        json.put("bottom", field.bottom());
        json.put("right", field.right());
        return json;
    }
}
