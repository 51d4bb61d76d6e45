package org.loupe.core.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Sample;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Stimulus;
import org.loupe.core.surgery.Detector;
import org.loupe.core.surgery.Detectors;
import org.loupe.core.surgery.LowerUnits;
import org.loupe.core.surgery.Surgery;
import org.loupe.core.tuning.Answering;

/**
 * Units that a person wrote, each meant for one unit of a network. What they compute is a layer beside the network, so they
 * run once for each picture, whatever they are put in the place of.
 */
final class HandWrittenUnits implements AutoCloseable {

    private static final String LAYER = "hand-written";
    private static final Tap TAP = Tap.after(LAYER);
    private static final Pattern DETECTOR = Pattern.compile("\\s*([A-Za-z][\\w-]*)\\s*(?:\\(([^()]*)\\))?\\s*");
    /** What stands between expressions: a line's end, or a semicolon that is not one of a kernel. */
    private static final Pattern EACH = Pattern.compile("\\R|;(?![^\\[\\]]*\\])");
    /** Pictures that are enough to bring units to size, and to know how alike they are. */
    private static final int HELD = 512;
    /** What share of the pictures may be needed for that. */
    private static final int SHARE = 4;

    private final Network network;
    private final Tap place;
    private final List<Integer> channels;
    private final List<Written> written;
    private final Detectors detectors;
    private final boolean rectified;
    private final Replace.Scale scale;
    private final Session session;
    private final Map<Pair, Scaling> scalings = new HashMap<>();
    private final PairedMaps held;
    private final PairedMaps compared;

    /**
     * What is written for a unit.
     *
     * @param what the same for a person to read
     */
    private record Written(String expression, String what) {
    }

    /** One that was written, in the place of a unit. */
    private record Pair(int written, int unit) {
    }

    /**
     * Writes them for some units.
     *
     * @param by   a detector, or an expression for all, or one for each in lines
     * @param over the layer over whose units detectors are written, or an empty text
     */
    HandWrittenUnits(Material material, Tap place, List<Integer> channels, String by, String over, Replace.Scale scale) {
        this.network = material.network();
        this.place = place;
        this.channels = channels;
        this.detectors = material.detectors();
        this.rectified = !place.beforeActivation() && network.layer(place.layer()).hasActivation();
        Matcher detector = DETECTOR.matcher(by);
        boolean named = detector.matches() && detectors.byName().containsKey(detector.group(1));
        if (!named && !over.isBlank()) {
            throw new IllegalArgumentException("“" + by + "” says itself what it reads; only detectors, such as curve, are written over"
                    + " the units of a layer.");
        }
        this.written = List.copyOf(named ? matched(material.session(), detector.group(1),
                detector.group(2) == null ? "" : detector.group(2), over.strip()) : written(by));
        this.held = new PairedMaps(channels.size());
        this.compared = new PairedMaps(channels.size());
        this.scale = scale != Replace.Scale.AUTO ? scale : named ? Replace.Scale.FITTED : Replace.Scale.AS_IS;
        this.session = material.session().engine().open(Surgery.withLayer(network, LAYER, place, channels,
                written.stream().map(Written::expression).toList(), detectors));
    }

    private List<Written> written(String by) {
        List<String> lines = EACH.splitAsStream(by).map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (lines.size() != 1 && lines.size() != channels.size()) {
            throw new IllegalArgumentException("There are " + lines.size() + " expressions for " + channels.size()
                    + " units; write one for all, or one for each, in lines or with ; between them.");
        }
        return channels.stream().map(channel -> lines.get(lines.size() == 1 ? 0 : channels.indexOf(channel)))
                .map(line -> new Written(line, line)).toList();
    }

    /** The detector with the values that make it most like each unit, by stimuli. */
    private List<Written> matched(Session asked, String name, String values, String over) {
        Detector detector = detectors.find(name);
        int side = Math.min(network.input().shape().rows(), network.input().shape().columns());
        List<Parameter> parameters = detector.parameters(side);
        Setting given = Setting.parse(values, parameters);
        Set<String> fixed = new HashSet<>();
        for (String word : values.strip().split("[\\s,;]+")) {
            fixed.add(word.replaceFirst("=.*", ""));
        }
        Answering answering = new Answering(asked, channels.stream().map(one -> new Unit(place.layer(), one)).toList(), 1);
        // All units look at the same place, so that what one is shown all have seen.
        Map<List<Setting>, Batch> seen = new HashMap<>();
        Optional<LowerUnits> lower = over.isEmpty() ? Optional.empty() : Optional.of(lower(asked, over, given));
        List<Written> found = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            int unit = i;
            Setting matched = detector.matched(given, fixed, stimuli -> {
                Batch answers = seen.computeIfAbsent(stimuli.stream().map(Stimulus::setting).toList(), settings -> {
                    Batch all = Batch.zeros(2, channels.size(), stimuli.size(), 1);
                    answering.answer(stimuli, all, Progress.NONE, () -> { });
                    return all;
                });
                double[] before = new double[stimuli.size()];
                for (int at = 0; at < before.length; at++) {
                    before[at] = answers.values()[answers.offset(1, unit) + at];
                }
                return before;
            }, side);
            String what = name + "(" + rounded(matched, parameters) + ")";
            found.add(lower.isEmpty() ? new Written(what, what) : new Written("(" + detector.over(lower.get(), matched)
                    .orElseThrow(() -> new IllegalArgumentException(name + " is computed from the picture, and not from units of "
                            + over + ".")) + ")", what + " over " + over));
        }
        return found;
    }

    /** Which orientations the units of a layer below prefer, by lines. */
    private LowerUnits lower(Session asked, String over, Setting given) {
        Layer layer = network.layer(over);
        if (!network.needed(List.of(network.source(place))).stream().anyMatch(one -> one.name().equals(layer.output()))
                || network.source(place).equals(layer.output())) {
            throw new IllegalArgumentException(place + " does not read " + over + ". Name a layer below it.");
        }
        List<Unit> units = IntStream.range(0, network.shape(layer).channels()).mapToObj(one -> new Unit(over, one)).toList();
        List<Stimulus> lines = LowerUnits.lines(Math.min(network.input().shape().rows(), network.input().shape().columns()),
                given.values().getOrDefault("width", 0.0));
        Batch answers = Batch.zeros(2, units.size(), lines.size(), 1);
        new Answering(asked, units, 1).answer(lines, answers, Progress.NONE, () -> { });
        return LowerUnits.of(network, place, over, answers);
    }

    /** Values with as many places as mean anything. */
    private static String rounded(Setting setting, List<Parameter> parameters) {
        Setting rounded = setting;
        for (Parameter parameter : parameters) {
            double places = parameter.step() >= 1 ? 10 : 100;
            rounded = rounded.with(parameter, Math.round(setting.of(parameter.name()) * places) / places);
        }
        return rounded.toString();
    }

    /** What they have for some pictures, as it is written: a channel for each. */
    Batch maps(Batch pictures) {
        return session.activations(pictures, Set.of(TAP)).at(TAP);
    }

    /** Pictures of a set by which what is written is brought to the size of the units. In what comes of it they do not count. */
    Set<Integer> held(PictureSet set) {
        int total = set.pictures().size();
        int count = scale == Replace.Scale.AS_IS ? 0 : Math.min(HELD, Math.max(1, total / SHARE));
        return IntStream.range(0, count).mapToObj(which -> Sample.index(which, count, total)).collect(Collectors.toSet());
    }

    /**
     * Looks at some pictures, to bring what is written to the size of the units where that is wanted, and at as many others, to
     * know how alike they are.
     *
     * @param done how much of the work was done before; this is as much as there are pictures
     * @return whether nobody said to stop
     */
    boolean calibrate(PictureSet set, Frame frame, Progress progress, long done, long work) {
        int total = set.pictures().size();
        Set<Integer> ofSize = held(set);
        List<Integer> others = IntStream.range(0, total).filter(i -> !ofSize.contains(i)).boxed().toList();
        int count = Math.min(HELD, others.size());
        List<Integer> shown = new ArrayList<>(ofSize);
        IntStream.range(0, count).forEach(which -> shown.add(others.get(Sample.index(which, count, others.size()))));
        for (int i = 0; i < shown.size(); i++) {
            if (!progress.report(done + (long) i * total / shown.size(), work, "Holding what is written against the units")) {
                return false;
            }
            PairedMaps maps = i < ofSize.size() ? held : compared;
            set.read(shown.get(i), shown.get(i) + 1, frame).batch().ifPresent(picture -> {
                Readings read = session.activations(picture, Set.of(TAP, place));
                maps.add(read.at(TAP), read.at(place), channels, HELD);
            });
        }
        return true;
    }

    /** How what was written for one unit is brought to the size of another, in whose place it comes. */
    Scaling scaling(int written, int unit) {
        return scalings.computeIfAbsent(new Pair(written, unit), pair -> switch (scale) {
            case FITTED -> Scaling.fitted(held.written(written), held.unit(unit), rectified);
            case MATCHED -> Scaling.matched(held.written(written), held.unit(unit), rectified);
            default -> Scaling.NONE;
        });
    }

    /** For each unit what was written, brought to its size. */
    List<String> expressions() {
        return IntStream.range(0, written.size()).mapToObj(i -> scaling(i, i).of(written.get(i).expression())).toList();
    }

    /** For each unit what was written, as a person says it. */
    List<String> told() {
        return written.stream().map(Written::what).toList();
    }

    /** The correlation of the one that was written for unit {@code written} with a unit, over pictures and positions. */
    double correlation(int written, int unit) {
        return compared.agreement(written, unit, scaling(written, unit)).correlation();
    }

    /** The mean square by which a unit changes, when the one written for another comes in its place. */
    double change(int written, int unit) {
        return compared.agreement(written, unit, scaling(written, unit)).change();
    }

    /** The same when what it has for another picture comes in its place. */
    double changeElsewhere(int written, int unit) {
        return compared.agreement(written, unit, scaling(written, unit)).changeElsewhere();
    }

    @Override
    public void close() {
        session.close();
    }
}
