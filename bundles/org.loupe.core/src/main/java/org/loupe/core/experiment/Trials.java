package org.loupe.core.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Observer;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.EditText;
import org.loupe.core.engine.Readings;
import org.loupe.core.experiment.Experiment.Condition;
import org.loupe.core.experiment.Experiment.Shown;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ClassObjective;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Reading;

/** Shows the pictures of a set to a network that is run in several ways, and writes down what comes of each. */
final class Trials {

    static final int TOGETHER = 32;

    private static final String ACCURACY = "accuracy";
    private static final String LOGITS = "logits";
    private static final String ITSELF = "itself";
    private static final String READERS = "readers";
    private static final int MOST_OWN = 8;
    private static final int MOST_READERS = 5;

    private final Network network;
    private final PictureSet set;
    private final Frame frame;
    private final List<Edit.Where> readers;
    private final boolean logitsAsked;
    private final Optional<Tap> logits;
    private final List<String> classes;
    private final int[] labels;

    /** Runs the network in one way on some pictures of the set. */
    interface Way {
        Readings run(Batch pictures, List<Integer> indexes, Set<Tap> taps);
    }

    /** A way with its name. */
    record Trial(Condition condition, Way way) {
    }

    /**
     * @param measure words: accuracy, logits, itself, readers, units
     * @param changed the units that are changed, for “itself” and “readers”
     */
    Trials(Network network, PictureSet set, Frame frame, String measure, List<Unit> changed, Prediction prediction) {
        this.network = network;
        this.set = set;
        this.frame = frame;
        if (set.pictures().size() < 2) {
            throw new IllegalArgumentException("The picture set " + set.name() + " has " + set.pictures().size()
                    + " pictures; name a set with more.");
        }
        List<String> words = words(measure);
        logitsAsked = words.contains(LOGITS) || prediction.speaksOfLogits();
        logits = logits();
        int channels = logits.map(tap -> network.shape(network.layer(tap.layer())).channels()).orElse(0);
        classes = IntStream.range(0, channels).mapToObj(i -> i < network.classes().size() ? network.classes().get(i)
                : network.classes().isEmpty() && set.classes().size() == channels ? set.classes().get(i) : "class " + i).toList();
        readers = readers(words, changed, prediction);
        if (logits.isEmpty() && readers.isEmpty()) {
            throw new IllegalArgumentException(network + " does not tell classes apart. Say which units are measured, such as"
                    + " --measure " + network.layers().get(network.layers().size() - 1).name() + ":0.");
        }
        prediction.require(classes, readers.stream().map(Edit.Where::toString).toList());
        labels = set.pictures().stream().mapToInt(this::label).toArray();
    }

    /** The words; a comma before a digit belongs to a unit. */
    private static List<String> words(String measure) {
        return Arrays.stream(measure.strip().split("\\s+|,(?!\\d)")).filter(word -> !word.isBlank())
                .map(word -> List.of(ACCURACY, LOGITS, ITSELF, READERS).contains(word.toLowerCase(Locale.ROOT))
                        ? word.toLowerCase(Locale.ROOT) : word).toList();
    }

    private List<Edit.Where> readers(List<String> words, List<Unit> changed, Prediction prediction) {
        Set<String> named = new LinkedHashSet<>();
        for (String word : words) {
            switch (word) {
                case ACCURACY, LOGITS -> { }
                case ITSELF -> changed.stream().limit(MOST_OWN).map(Unit::toString).forEach(named::add);
                case READERS -> readersOf(changed).forEach(named::add);
                default -> named.add(word);
            }
        }
        named.addAll(prediction.units());
        List<Edit.Where> found = new ArrayList<>();
        for (String word : named) {
            Edit.Where reader = EditText.where(word);
            if (reader.channels().size() != 1) {
                throw new IllegalArgumentException("“" + word + "” is not one unit. Measure " + ACCURACY + ", " + LOGITS + ", "
                        + ITSELF + ", " + READERS + " or units such as mixed4b:7.");
            }
            Edit.zero(reader).require(network);
            found.add(reader);
        }
        return found;
    }

    /** The units above that read some units with the largest weights, taken together. */
    private List<String> readersOf(List<Unit> units) {
        Wiring wiring = Wiring.of(network);
        Map<Unit, Double> strengths = new LinkedHashMap<>();
        String last = logits.map(Tap::layer).orElse("");
        for (Unit unit : units.stream().map(one -> one.at(Unit.EVERYWHERE)).distinct().toList()) {
            for (Connection connection : wiring.outputs(unit).all()) {
                if (!connection.to().layer().equals(last)) {
                    strengths.merge(connection.to(), connection.strength(), Math::hypot);
                }
            }
        }
        return strengths.entrySet().stream().sorted(Map.Entry.<Unit, Double>comparingByValue().reversed()
                .thenComparing(Map.Entry.comparingByKey())).limit(MOST_READERS).map(entry -> entry.getKey().toString()).toList();
    }

    private Optional<Tap> logits() {
        try {
            Tap tap = ClassObjective.logits(network);
            Shape shape = network.shape(network.layer(tap.layer()));
            return shape.area() == 1 || !network.classes().isEmpty() ? Optional.of(tap) : Optional.empty();
        } catch (NetworkException none) {
            return Optional.empty();
        }
    }

    /** The network's number for the class of a picture, or -1. */
    private int label(Picture picture) {
        if (!picture.isLabelled()) {
            return Picture.NO_LABEL;
        }
        String name = set.classes().get(picture.label());
        return IntStream.range(0, classes.size()).filter(i -> classes.get(i).equalsIgnoreCase(name)).findFirst()
                .orElse(Picture.NO_LABEL);
    }

    /** Whether logits were asked for and there are any. */
    boolean hasLogits() {
        return logitsAsked && logits.isPresent();
    }

    List<String> classes() {
        return classes;
    }

    List<String> readers() {
        return readers.stream().map(Edit.Where::toString).toList();
    }

    /**
     * Shows all pictures in all ways.
     *
     * @param done    how much of the whole work was done before, in pictures that were shown in one way
     * @param what    is being done, for a person
     * @param without pictures that are left out
     */
    Experiment run(List<Trial> trials, Experiment.Facts facts, Observer<? super Experiment> observer, long done, String what,
            Set<Integer> without) {
        Experiment.Builder found = new Experiment.Builder(trials.size(), readers.size(), classes.size());
        List<Integer> shown = IntStream.range(0, set.pictures().size()).filter(i -> !without.contains(i)).boxed().toList();
        int total = shown.size();
        for (int from = 0; from < total; from += TOGETHER) {
            if (!observer.report(done + (long) from * trials.size(), done + (long) total * trials.size(), what)) {
                return found.build(facts, true);
            }
            Reading reading = set.read(shown.subList(from, Math.min(total, from + TOGETHER)), frame);
            reading.batch().ifPresent(batch -> measure(batch, reading.indexes(), trials, found));
            if (observer.wantsSnapshot()) {
                observer.snapshot(found.build(facts, true));
            }
        }
        return found.build(facts, false);
    }

    private void measure(Batch batch, List<Integer> indexes, List<Trial> trials, Experiment.Builder found) {
        Set<Tap> taps = new LinkedHashSet<>(readers.stream().map(Edit.Where::tap).toList());
        logits.ifPresent(taps::add);
        List<Readings> readings = trials.stream().map(trial -> trial.way().run(batch, indexes, taps)).toList();
        for (int image = 0; image < batch.images(); image++) {
            int index = indexes.get(image);
            found.add(new Shown(set.pictures().get(index).name(), labels[index]));
            for (int condition = 0; condition < trials.size(); condition++) {
                Readings read = readings.get(condition);
                int shown = image;
                double[] answers = readers.stream().mapToDouble(reader -> answer(read.at(reader.tap()), shown,
                        reader.channels().get(0), reader.place())).toArray();
                double[] scores = logits.map(tap -> IntStream.range(0, classes.size()).mapToDouble(channel ->
                        answer(read.at(tap), shown, channel, Unit.EVERYWHERE)).toArray()).orElse(new double[0]);
                found.add(condition, answers, scores);
            }
        }
    }

    private static double answer(Batch batch, int image, int channel, Unit.Place place) {
        int only = position(place, batch);
        int start = batch.offset(image, channel);
        return only >= 0 ? batch.values()[start + only]
                : IntStream.range(start, start + batch.area()).mapToDouble(i -> batch.values()[i]).average().orElseThrow();
    }

    /** The index of a place in a map, or -1 for all of it. */
    static int position(Unit.Place place, Batch batch) {
        return new Unit("any", 0, place).position(batch.rows(), batch.columns())
                .map(at -> at.row() * batch.columns() + at.column()).orElse(-1);
    }
}
