package org.loupe.core.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.experiment.Ablated.Condition;
import org.loupe.core.experiment.Ablated.Shown;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ClassObjective;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Reading;

/** One ablation at work: a pass over the pictures to learn how large each unit is, and one in which they are taken away. */
final class Ablation {

    private static final int TOGETHER = 32;

    /** A control is drawn from so many times as many units of the nearest size as there are controls. */
    private static final int CHOICE = 2;

    private final Session session;
    private final Network network;
    private final PictureSet set;
    private final Ablate.Arguments arguments;
    private final Frame frame;
    private final List<One> ablated = new ArrayList<>();
    private final Map<Spot, Sizes> sizes = new LinkedHashMap<>();
    private final List<Edit.Where> readers;
    private final Optional<Tap> logits;
    private final List<String> classes;
    private final int[] labels;

    /** A tap and a place in its maps. */
    private record Spot(Tap tap, Unit.Place place) {
    }

    /** One channel there. */
    private record One(Spot spot, int channel) {
        @Override
        public String toString() {
            return new Edit.Where(spot.tap, List.of(channel), spot.place).toString();
        }
    }

    /** How large the channels of a tap are, over all pictures and positions that count. */
    private static final class Sizes {
        private final double[] sums;
        private final double[] squares;
        private long count;

        Sizes(int channels) {
            sums = new double[channels];
            squares = new double[channels];
        }

        void add(Batch batch, Unit.Place place) {
            int only = position(place, batch);
            for (int image = 0; image < batch.images(); image++) {
                for (int channel = 0; channel < sums.length; channel++) {
                    int start = batch.offset(image, channel);
                    for (int i = Math.max(only, 0); i < (only < 0 ? batch.area() : only + 1); i++) {
                        double value = batch.values()[start + i];
                        sums[channel] += value;
                        squares[channel] += value * value;
                    }
                }
                count += only < 0 ? batch.area() : 1;
            }
        }

        double mean(int channel) {
            return count == 0 ? 0 : sums[channel] / count;
        }

        /** Root of the mean square of what changes. */
        double change(int channel, Ablate.By by) {
            double square = count == 0 ? 0 : squares[channel] / count;
            double variance = Math.max(0, square - mean(channel) * mean(channel));
            return Math.sqrt(switch (by) {
                case ZERO -> square;
                case MEAN -> variance;
                case RESAMPLE -> 2 * variance;
            });
        }
    }

    Ablation(Session session, PictureSet set, Ablate.Arguments arguments) {
        this.session = session;
        this.network = session.network();
        this.set = set;
        this.arguments = arguments;
        this.frame = Frame.of(network.input().shape(), arguments.fitting());
        if (set.pictures().size() < 2) {
            throw new IllegalArgumentException("The picture set " + set.name() + " has " + set.pictures().size()
                    + " pictures; name a set with more.");
        }
        for (Edit.Where place : arguments.places(network)) {
            if (place.channels().isEmpty()) {
                throw new IllegalArgumentException(place + " is a whole layer. Name channels, such as " + place.tap() + ":{0,1,2}.");
            }
            Spot spot = new Spot(place.tap(), place.place());
            place.channels().stream().map(channel -> new One(spot, channel)).filter(one -> !ablated.contains(one))
                    .forEach(ablated::add);
            sizes.put(spot, new Sizes(network.shape(network.layer(place.tap().layer())).channels()));
        }
        readers = arguments.readers(network);
        logits = logits();
        if (logits.isEmpty() && readers.isEmpty()) {
            throw new IllegalArgumentException(network + " does not tell classes apart. Say which units are measured, such as"
                    + " --measure " + network.layers().get(network.layers().size() - 1).name() + ":0.");
        }
        int channels = logits.map(tap -> network.shape(network.layer(tap.layer())).channels()).orElse(0);
        classes = IntStream.range(0, channels).mapToObj(i -> i < network.classes().size() ? network.classes().get(i)
                : network.classes().isEmpty() && set.classes().size() == channels ? set.classes().get(i) : "class " + i).toList();
        labels = set.pictures().stream().mapToInt(this::label).toArray();
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

    private static int position(Unit.Place place, Batch batch) {
        return new Unit("any", 0, place).position(batch.rows(), batch.columns())
                .map(at -> at.row() * batch.columns() + at.column()).orElse(-1);
    }

    Ablated run(Observer<? super Ablated> observer) {
        boolean whole = measureSizes(observer);
        List<List<One>> conditions = new ArrayList<>(List.of(List.of(), ablated));
        for (int control = 0; whole && control < arguments.controls(); control++) {
            control(control).ifPresent(conditions::add);
        }
        Ablated.Builder found = new Ablated.Builder(conditions.size(), readers.size(), classes.size());
        boolean goesOn = whole;
        int total = set.pictures().size();
        for (int from = 0; goesOn && from < total; from += TOGETHER) {
            goesOn = observer.report(total + from, 2L * total, "Taking " + name(ablated) + " away");
            if (goesOn) {
                Reading reading = set.read(from, Math.min(total, from + TOGETHER), frame);
                reading.batch().ifPresent(batch -> measure(batch, reading.indexes(), conditions, found));
            }
        }
        return found.build(facts(conditions), !goesOn);
    }

    /** Whether nobody said to stop. */
    private boolean measureSizes(Progress progress) {
        Set<Tap> taps = sizes.keySet().stream().map(Spot::tap).collect(Collectors.toSet());
        int total = set.pictures().size();
        for (int from = 0; from < total; from += TOGETHER) {
            if (!progress.report(from, 2L * total, "Measuring how large units are")) {
                return false;
            }
            set.read(from, Math.min(total, from + TOGETHER), frame).batch().ifPresent(batch -> {
                Readings readings = session.activations(batch, taps);
                sizes.forEach((spot, size) -> size.add(readings.at(spot.tap), spot.place));
            });
        }
        return true;
    }

    /**
     * As many other units of the same layers, each drawn from those that change by much the same when taken away, and for
     * each control another one; nothing where there are no more.
     */
    private Optional<List<One>> control(int number) {
        List<One> control = new ArrayList<>();
        for (int i = 0; i < ablated.size(); i++) {
            List<One> drawn = drawn(ablated.get(i), new Draws(arguments.seed()).split(i));
            Optional<One> other = drawn.stream().skip(number).filter(one -> !control.contains(one)).findFirst();
            if (other.isEmpty()) {
                return Optional.empty();
            }
            control.add(other.get());
        }
        return Optional.of(control);
    }

    /** The units of the nearest size, in a random order. */
    private List<One> drawn(One one, Draws draws) {
        Sizes size = sizes.get(one.spot);
        double wanted = size.change(one.channel, arguments.by());
        IntToDoubleFunction distance = channel -> Math.abs(size.change(channel, arguments.by()) - wanted);
        List<One> others = new ArrayList<>(IntStream.range(0, size.sums.length)
                .mapToObj(channel -> new One(one.spot, channel)).filter(other -> !ablated.contains(other))
                .sorted(Comparator.comparingDouble((One other) -> distance.applyAsDouble(other.channel))
                        .thenComparingInt(One::channel))
                .limit((long) CHOICE * arguments.controls()).toList());
        for (int i = others.size() - 1; i > 0; i--) {
            Collections.swap(others, i, draws.below(i + 1));
        }
        return others;
    }

    private double change(List<One> units) {
        return Math.sqrt(units.stream().mapToDouble(one -> sizes.get(one.spot).change(one.channel, arguments.by()))
                .map(size -> size * size).sum());
    }

    private Ablated.Facts facts(List<List<One>> conditions) {
        List<Condition> named = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            named.add(new Condition(i == 0 ? "before" : i == 1 ? "ablated" : "control " + (i - 1),
                    conditions.get(i).stream().map(One::toString).toList(), change(conditions.get(i))));
        }
        return new Ablated.Facts(network.name(), set.name(), arguments.by(), arguments.logits() && logits.isPresent(),
                classes, readers.stream().map(Edit.Where::toString).toList(), named, arguments.resamples(), arguments.seed());
    }

    private static String name(List<One> units) {
        return units.size() == 1 ? units.get(0).toString() : units.size() + " units";
    }

    private void measure(Batch batch, List<Integer> indexes, List<List<One>> conditions, Ablated.Builder found) {
        Set<Tap> taps = new LinkedHashSet<>(readers.stream().map(Edit.Where::tap).toList());
        logits.ifPresent(taps::add);
        Map<Tap, Batch> donors = arguments.by() == Ablate.By.RESAMPLE ? donors(indexes) : Map.of();
        List<Readings> readings = conditions.stream()
                .map(units -> session.activations(batch, taps, edits(units, donors))).toList();
        for (int image = 0; image < batch.images(); image++) {
            int index = indexes.get(image);
            found.add(new Shown(set.pictures().get(index).name(), labels[index]));
            for (int condition = 0; condition < conditions.size(); condition++) {
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

    /** One edit for each place. */
    private List<Edit> edits(List<One> units, Map<Tap, Batch> donors) {
        Map<Spot, List<Integer>> channels = new LinkedHashMap<>();
        units.forEach(one -> channels.computeIfAbsent(one.spot, spot -> new ArrayList<>()).add(one.channel));
        List<Edit> edits = new ArrayList<>();
        channels.forEach((spot, list) -> {
            Edit.Where where = new Edit.Where(spot.tap, list, spot.place);
            edits.add(switch (arguments.by()) {
                case ZERO -> Edit.zero(where);
                case MEAN -> Edit.mean(where, list.stream().map(sizes.get(spot)::mean).toList());
                case RESAMPLE -> Edit.splice(where, donors.get(spot.tap));
            });
        });
        return edits;
    }

    /** What another picture has at the taps, for each of some pictures. */
    private Map<Tap, Batch> donors(List<Integer> indexes) {
        Batch pictures = Batch.zeros(indexes.size(), frame.channels(), frame.rows(), frame.columns());
        for (int image = 0; image < indexes.size(); image++) {
            Batch donor = donor(indexes.get(image));
            System.arraycopy(donor.values(), 0, pictures.values(), image * pictures.imageSize(), pictures.imageSize());
        }
        Map<Tap, Batch> donors = new HashMap<>();
        Set<Tap> taps = sizes.keySet().stream().map(Spot::tap).collect(Collectors.toSet());
        donors.putAll(session.activations(pictures, taps).batches());
        return donors;
    }

    /** A picture other than this one; where it cannot be read, the next that can. */
    private Batch donor(int index) {
        int total = set.pictures().size();
        int first = new Draws(arguments.seed()).split(-1).split(index).below(total - 1);
        for (int tried = 0; tried < total - 1; tried++) {
            int other = (first + tried) % (total - 1);
            other += other >= index ? 1 : 0;
            Optional<Batch> read = set.read(other, other + 1, frame).batch();
            if (read.isPresent()) {
                return read.get();
            }
        }
        throw new IllegalArgumentException("Only one picture of " + set.name() + " can be read; there is no other to take"
                + " activations from.");
    }
}
