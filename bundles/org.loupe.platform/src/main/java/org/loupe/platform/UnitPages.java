package org.loupe.platform;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Batch;
import org.loupe.core.Recipe;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Known;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Connections;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.page.UnitPage;
import org.loupe.core.page.UnitPage.Neighbour;
import org.loupe.core.page.UnitPage.Plate;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.ActivationSpectra;
import org.loupe.core.scan.ActivationSpectrum;
import org.loupe.core.scan.ChannelScan;
import org.loupe.core.scan.Crops;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.FindSpectrum;
import org.loupe.core.scan.Scan;
import org.loupe.core.scan.Scanned;
import org.loupe.core.tuning.Tune;
import org.loupe.core.tuning.Tuned;
import org.loupe.core.tuning.TuningCurve;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;
import org.loupe.store.Results;

/** Collects for a page what a study knows of a unit. Nothing is computed that a person would wait for. */
public final class UnitPages {

    private static final int EXAMPLES = 20;
    private static final int STEPS = 6;
    private static final int EACH = 4;
    private static final int OTHER_SEEDS = 3;
    private static final int COLUMNS = 36;
    private static final String UNITS = "units";

    private final Laboratory laboratory;
    private final Network network;
    private final Unit unit;
    private final List<String> missing = new ArrayList<>();
    private final List<String> recipes = new ArrayList<>();
    private final List<Plate> examples = new ArrayList<>();
    private final List<UnitPage.Step> spectrum = new ArrayList<>();
    private String spectrumAbout = "";
    private Optional<UnitPage.Statistics> statistics = Optional.empty();
    private Optional<TuningCurve> curve = Optional.empty();
    private String stimuli = "";
    private final Map<Tap, Optional<StoredScans.Stored>> scans = new HashMap<>();
    private final Map<Tap, Crops> crops = new HashMap<>();
    private List<Results.Entry> entries;

    private UnitPages(Laboratory laboratory, Network network, Unit unit) {
        this.laboratory = laboratory;
        this.network = network;
        this.unit = unit.at(Unit.EVERYWHERE);
    }

    /**
     * The page of a unit, of which the whole channel is meant. Reads files, so not for a user interface's own thread.
     *
     * @throws org.loupe.core.network.NetworkException when there is no such unit
     */
    public static UnitPage of(Laboratory laboratory, Network network, Unit unit) {
        network.require(unit);
        return new UnitPages(laboratory, network, unit).page();
    }

    private UnitPage page() {
        Known known = laboratory.annotations().known(network);
        List<Plate> pictures = pictures();
        findExamples();
        findTuning();
        Wiring wiring = Wiring.of(network);
        Connections inputs = wiring.inputs(unit);
        Connections outputs = wiring.outputs(unit);
        String recipe = "Loupe " + Laboratory.version() + "; network " + network.name() + ", SHA-256 "
                + laboratory.hash(network) + ". " + String.join(" ", recipes);
        List<String> families = known.families(unit).stream()
                .map(family -> family.about().isEmpty() ? family.name() : family.name() + " [" + family.about() + "]").toList();
        UnitPage page = new UnitPage(network, unit, known.label(unit).or(() -> className(unit)).orElse(""), families,
                known.own().note(unit).orElse(""), pictures, examples, spectrum, spectrumAbout, statistics, curve, stimuli, inputs, outputs,
                List.of(), missing, recipe);
        return new UnitPage(network, unit, page.label(), families, page.note(), pictures, examples, spectrum, spectrumAbout,
                statistics, curve, stimuli, inputs, outputs, neighbours(page, known), missing, recipe);
    }

    private Optional<String> className(Unit one) {
        Layer last = network.layers().get(network.layers().size() - 1);
        return last.name().equals(one.layer()) && one.channel() < network.classes().size()
                ? Optional.of(network.classes().get(one.channel())) : Optional.empty();
    }

    private List<Plate> pictures() {
        List<Plate> plates = new ArrayList<>();
        Visualize.Arguments usual = Visualize.Arguments.of(unit.toString());
        picture(usual, "channel", plates);
        if (plates.isEmpty()) {
            missing.add("Its picture. Make it: loupe visualize " + network.name() + " " + unit);
        }
        picture(new Visualize.Arguments(usual.units(), true, usual.steps(), usual.size(), usual.space(),
                usual.robustness(), usual.rate(), 0), "neuron in the centre", plates);
        for (int seed = 1; seed <= OTHER_SEEDS; seed++) {
            picture(new Visualize.Arguments(usual.units(), false, usual.steps(), usual.size(), usual.space(),
                    usual.robustness(), usual.rate(), seed), "seed " + seed, plates);
        }
        return plates;
    }

    private void picture(Visualize.Arguments arguments, String caption, List<Plate> plates) {
        stored(arguments).ifPresent(found -> {
            Visualized.Detail detail = found.details().get(0);
            plates.add(new Plate(found.pictures(), caption + String.format(Locale.ROOT, ", %.3g", detail.score())
                    + (found.isPartial() ? ", partial" : detail.excited() ? "" : ", does not excite it")));
            if (plates.size() == 1) {
                recipes.add("Pictures: " + found.steps() + " steps, seed " + arguments.seed() + ", question "
                        + recipe(arguments).question().substring(0, 16) + "; the number beside each is the activation on it.");
            }
        });
    }

    private Recipe recipe(Visualize.Arguments arguments) {
        return laboratory.recipe(laboratory.registry().analysis(Visualize.class), arguments, network);
    }

    /** A picture that was made alone, or together with others: which others there were makes no difference to it. */
    private Optional<Visualized> stored(Visualize.Arguments arguments) {
        return laboratory.stored(laboratory.registry().analysis(Visualize.class), arguments, network)
                .or(() -> together(arguments));
    }

    private Optional<Visualized> together(Visualize.Arguments arguments) {
        Recipe alone = recipe(arguments);
        String wanted = arguments.units().get(0);
        for (Results.Entry entry : entries()) {
            Recipe recipe = entry.recipe();
            List<String> units = List.of(recipe.arguments().getOrDefault(UNITS, "").split("\n"));
            if (recipe.analysis().equals(alone.analysis()) && recipe.network().equals(alone.network()) && !entry.partial()
                    && units.contains(wanted) && others(recipe).equals(others(alone))) {
                Optional<Visualized> found = laboratory.study().results().find(recipe,
                        laboratory.registry().analysis(Visualize.class).value());
                if (found.isPresent() && found.get().details().size() == units.size()) {
                    int index = units.indexOf(wanted);
                    return Optional.of(new Visualized(found.get().pictures().image(index), List.of(found.get().details().get(index)),
                            found.get().steps(), false));
                }
            }
        }
        return Optional.empty();
    }

    /** All arguments but the units. */
    private static Map<String, String> others(Recipe recipe) {
        Map<String, String> others = new HashMap<>(recipe.arguments());
        others.remove(UNITS);
        return others;
    }

    private List<Results.Entry> entries() {
        if (entries == null) {
            entries = laboratory.study().results().entries();
        }
        return entries;
    }

    private void findExamples() {
        if (isMissing(Scan.class)) {
            return;
        }
        Optional<String> place = laboratory.picturesOf(network);
        String how = "Pictures that excite it. Find them: loupe scan " + network.name()
                + (place.isPresent() ? "" : " --pictures FOLDER");
        if (place.isEmpty()) {
            missing.add(how);
            return;
        }
        try {
            PictureSet set = laboratory.pictures(place.get());
            Tap tap = Tap.after(unit.layer());
            Optional<StoredScans.Stored> stored = new StoredScans(laboratory).find(network, set, tap);
            if (stored.isEmpty()) {
                missing.add(how);
                return;
            }
            Scanned scanned = stored.get().scanned();
            Fitting fitting = stored.get().arguments().fitting();
            ChannelScan channel = scanned.channel(tap, unit.channel());
            Crops crops = new Crops(network, tap);
            for (Example example : channel.examples().subList(0, Math.min(EXAMPLES, channel.examples().size()))) {
                examples.add(new Plate(crop(set, fitting, crops, example),
                        String.format(Locale.ROOT, "%.3g", example.value())));
            }
            findSpectrum(set, fitting, crops, channel);
            statistics = Optional.of(statistics(set, channel, String.format(Locale.ROOT, "Parts of %s (%d pictures) that the unit sees where it is most excited,"
                    + " with the activation there. Over all positions: mean %.3g, deviation %.3g; it fires at %.1f %% of the"
                    + " positions and in %.1f %% of the pictures; 99.5 %% of the positions are below %.3g.", set.name(),
                    scanned.seen(), channel.mean(), Math.sqrt(channel.variance()), 100 * channel.firingPositions(),
                    100 * channel.firingPictures(), channel.quantileOfPositions(0.995))));
            recipes.add("Examples: scan of " + set.name() + ", question "
                    + stored.get().recipe().question().substring(0, 16) + ".");
        } catch (IOException | IllegalArgumentException problem) {
            missing.add(how + " (" + problem.getMessage() + ")");
        }
    }

    private static UnitPage.Statistics statistics(PictureSet set, ChannelScan channel, String words) {
        double from = Math.min(0, channel.quantileOfPositions(0));
        double to = Math.max(channel.examples().isEmpty() ? 0 : channel.examples().get(0).value(), from + Float.MIN_NORMAL);
        List<UnitPage.OfClass> classes = IntStream.range(0, Math.min(set.classes().size(), channel.classes().size()))
                .mapToObj(i -> new UnitPage.OfClass(set.classes().get(i), channel.classes().get(i).area()))
                .filter(one -> !Double.isNaN(one.area())).sorted(Comparator.comparingDouble(UnitPage.OfClass::area).reversed())
                .toList();
        return new UnitPage.Statistics(words, from, to, channel.distribution(from, to, COLUMNS), classes);
    }

    /** Of all positions where these were drawn; otherwise of whole pictures. */
    private void findSpectrum(PictureSet set, Fitting fitting, Crops crops, ChannelScan channel) throws IOException {
        Optional<StoredSpectra.Stored> drawn = new StoredSpectra(laboratory).find(network, set, unit)
                .filter(stored -> stored.arguments().fitting() == fitting);
        if (drawn.isPresent()) {
            ActivationSpectrum found = drawn.get().spectrum();
            spectrumAbout = "Positions of all degrees, drawn by chance, from the most inhibiting to the most exciting";
            for (ActivationSpectrum.Step step : found.steps()) {
                spectrum.add(new UnitPage.Step(ActivationSpectra.range(step) + "\n" + ActivationSpectra.percent(step, found),
                        (step.from() + step.to()) / 2 / Math.max(Double.MIN_NORMAL, found.extent()),
                        crops(set, fitting, crops, step.examples())));
            }
            recipes.add("Positions of all degrees: what goes into the nonlinearity, at all "
                    + String.format(Locale.ROOT, "%,d", found.positions()) + " positions, with the share of them in each step;"
                    + " question " + drawn.get().recipe().question().substring(0, 16) + ".");
            return;
        }
        spectrumAbout = "Pictures of all degrees, drawn by chance, from the least to the most exciting";
        for (List<Example> step : channel.spectrum(STEPS, EACH)) {
            spectrum.add(new UnitPage.Step(step.isEmpty() ? "none" : String.format(Locale.ROOT, "%.3g to %.3g",
                    step.get(0).value(), step.get(step.size() - 1).value()), Double.NaN, crops(set, fitting, crops, step)));
        }
        if (!isMissing(FindSpectrum.class)) {
            missing.add("What inhibits it, too, among positions of all degrees. Draw them: loupe spectrum " + network.name() + " "
                    + unit);
        }
    }

    private List<Batch> crops(PictureSet set, Fitting fitting, Crops crops, List<Example> examples) throws IOException {
        List<Batch> cut = new ArrayList<>();
        for (Example example : examples) {
            cut.add(crop(set, fitting, crops, example));
        }
        return cut;
    }

    /** Whether no installed plug-in contributes an analysis. */
    private boolean isMissing(Class<?> analysis) {
        return laboratory.registry().analyses().stream().noneMatch(one -> one.value().getClass() == analysis);
    }

    private Batch crop(PictureSet set, Fitting fitting, Crops crops, Example example) throws IOException {
        Batch picture = set.read(example.picture(), Frame.of(network.input().shape(), fitting));
        return crops.cut(picture, example.row(), example.column());
    }

    /** The newest complete answers to stimuli that turn. */
    private void findTuning() {
        if (isMissing(Tune.class)) {
            return;
        }
        Registered<Analysis<Tune.Arguments, Tuned>> tune = laboratory.registry().analysis(Tune.class);
        String hash = laboratory.hash(network);
        for (Results.Entry entry : entries()) {
            Recipe recipe = entry.recipe();
            List<String> units = List.of(recipe.arguments().getOrDefault(UNITS, "").split("\n"));
            if (curve.isEmpty() && recipe.analysis().equals(tune.id()) && recipe.network().equals(hash) && !entry.partial()
                    && (units.contains(unit.layer()) || units.contains(unit.toString()))) {
                laboratory.study().results().find(recipe, tune.value()).ifPresent(tuned -> take(recipe, tuned));
            }
        }
        if (curve.isEmpty()) {
            missing.add("How it answers what turns. Find out: loupe tune " + network.name() + " " + unit);
        }
    }

    private void take(Recipe recipe, Tuned tuned) {
        List<Unit> channels = tuned.units().stream().map(one -> one.at(Unit.EVERYWHERE)).toList();
        int index = channels.indexOf(unit);
        curve = index < 0 ? Optional.empty() : tuned.curve(index).filter(TuningCurve::isWhole);
        if (curve.isPresent()) {
            stimuli = "a stimulus that turns: " + tuned.stimulus();
            recipes.add("Tuning: " + tuned.stimulus() + ", question " + recipe.question().substring(0, 16) + ".");
        }
    }

    private List<Neighbour> neighbours(UnitPage page, Known known) {
        Set<Unit> units = new TreeSet<>();
        for (List<Connection> connections : page.shown()) {
            connections.forEach(connection -> units.add(connection.from().equals(unit) ? connection.to() : connection.from()));
        }
        return units.stream().filter(other -> !other.layer().equals(Network.INPUT)).map(other -> {
            String name = known.name(other).or(() -> className(other)).orElse("");
            Optional<Batch> made = stored(Visualize.Arguments.of(other.toString())).map(Visualized::pictures);
            return made.isPresent() ? new Neighbour(other, name, made, false) : new Neighbour(other, name, strongest(other), true);
        }).toList();
    }

    /** What excites another unit most among the pictures of a scan. */
    private Optional<Batch> strongest(Unit other) {
        Tap tap = Tap.after(other.layer());
        try {
            Optional<StoredScans.Stored> stored = scan(tap);
            if (stored.isEmpty()) {
                return Optional.empty();
            }
            List<Example> found = stored.get().scanned().channel(tap, other.channel()).examples();
            return found.isEmpty() ? Optional.empty() : Optional.of(crop(laboratory.pictures(laboratory.picturesOf(network)
                    .orElseThrow()), stored.get().arguments().fitting(), crops.computeIfAbsent(tap,
                            any -> new Crops(network, tap)), found.get(0)));
        } catch (IOException | IllegalArgumentException unreadable) {
            missing.add("What excites " + other + " most: " + unreadable.getMessage());
            return Optional.empty();
        }
    }

    private Optional<StoredScans.Stored> scan(Tap tap) {
        if (isMissing(Scan.class)) {
            return Optional.empty();
        }
        return scans.computeIfAbsent(tap, any -> laboratory.picturesOf(network)
                .flatMap(place -> new StoredScans(laboratory).find(network, laboratory.pictures(place), tap)));
    }
}
