package org.loupe.core.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Observer;
import org.loupe.core.Unit;
import org.loupe.core.check.Checked.Row;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.objective.Objective;

/** One check at work. */
final class Checking {

    /** How many numbers are read from one engine at a time. */
    private static final long GROUP = 1 << 24;

    /** On how many more pictures gradients are compared while they do not agree. */
    private static final int MORE_GRADIENTS = 4;

    /** How often a picture is nudged to see what rounding does to its gradient. */
    private static final int NUDGES = 2;

    /** What the logits are called where golden values are compared. */
    private static final String LOGITS = "logits";

    private final Session session;
    private final Session peer;
    private final Network network;
    private final Check.Arguments arguments;
    private final Optional<Golden> golden;
    private final Observer<? super Checked> observer;
    private final List<Tap> taps;
    private final List<Set<Tap>> groups;
    private final Map<String, Difference> engines = new HashMap<>();
    private final Map<String, Difference> goldens = new HashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private Optional<GradientDifference> gradient = Optional.empty();
    private Optional<GradientDifference> goldenGradient = Optional.empty();
    private long done;
    private long total;

    Checking(Session session, Session peer, Check.Arguments arguments, Optional<Golden> golden,
            Observer<? super Checked> observer) {
        this.session = session;
        this.peer = peer;
        this.network = session.network();
        this.arguments = arguments;
        this.golden = golden;
        this.observer = observer;
        this.taps = taps(network);
        this.groups = groups(network, taps);
    }

    Checked run() {
        total = (long) arguments.images() * (groups.size() + 1) + golden.map(values -> values.images(network)).orElse(0);
        boolean whole = golden.isEmpty() || compareGolden(golden.get());
        for (int image = 0; whole && image < arguments.images(); image++) {
            Batch picture = TrialPictures.picture(network.input().shape(), arguments.seed(), image);
            whole = compareActivations(picture) && compareGradients(picture);
        }
        for (int more = 0; whole && more < MORE_GRADIENTS && gradientIsOff(); more++) {
            whole = compareGradients(TrialPictures.picture(network.input().shape(), arguments.seed(),
                    arguments.images() + more));
        }
        return found(!whole);
    }

    /** One tap for each array that layers show, in the order in which the network computes them. */
    private static List<Tap> taps(Network network) {
        Map<String, Integer> order = order(network);
        Map<String, Tap> bySource = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            bySource.putIfAbsent(layer.output(), Tap.after(layer.name()));
        }
        for (Layer layer : network.layers()) {
            bySource.putIfAbsent(layer.before(), Tap.before(layer.name()));
        }
        bySource.remove(Network.INPUT);
        return bySource.entrySet().stream().sorted(Comparator.comparing(entry -> order.get(entry.getKey())))
                .map(Map.Entry::getValue).toList();
    }

    private static Map<String, Integer> order(Network network) {
        Map<String, Integer> order = new HashMap<>(Map.of(Network.INPUT, -1));
        network.operations().forEach(operation -> order.put(operation.name(), order.size()));
        return order;
    }

    /**
     * Taps that are read together. Those in front of nonlinearities come apart from those behind them, for an engine
     * may compute both in one go only where nobody looks in between.
     */
    private static List<Set<Tap>> groups(Network network, List<Tap> taps) {
        List<Set<Tap>> groups = new ArrayList<>();
        for (boolean before : new boolean[] {false, true}) {
            long size = GROUP;
            for (Tap tap : taps.stream().filter(one -> one.beforeActivation() == before).toList()) {
                long own = size(network, tap);
                if (size + own > GROUP) {
                    groups.add(new HashSet<>());
                    size = 0;
                }
                groups.get(groups.size() - 1).add(tap);
                size += own;
            }
        }
        return groups;
    }

    private static long size(Network network, Tap tap) {
        Shape input = network.input().shape();
        return network.shapes(input.rows(), input.columns()).get(network.source(tap)).size();
    }

    private boolean compareActivations(Batch picture) {
        for (Set<Tap> group : groups) {
            if (!goOn("comparing " + group.size() + " places")) {
                return false;
            }
            Readings found = session.activations(picture, group);
            Readings expected = peer.activations(picture, group);
            for (Tap tap : group) {
                engines.merge(network.source(tap), Difference.of(found.at(tap).values(), expected.at(tap).values()),
                        Difference::or);
            }
            done++;
            show();
        }
        return true;
    }

    private boolean gradientIsOff() {
        return gradient.filter(GradientDifference::isOff).isPresent();
    }

    /** Keeps the picture on which the engines agree best: an engine that is wrong is wrong for every picture. */
    private boolean compareGradients(Batch picture) {
        if (!goOn("comparing gradients")) {
            return false;
        }
        Objective objective = largestOutput(picture);
        GradientDifference now = gradientDifference(session, picture, objective, slope(peer, picture, objective));
        gradient = Optional.of(gradient.map(before -> before.best(now)).orElse(now));
        done++;
        show();
        return true;
    }

    private static float[] slope(Session session, Batch picture, Objective objective) {
        return session.gradient(picture, List.of(objective)).pictures().values();
    }

    private static GradientDifference gradientDifference(Session session, Batch picture, Objective objective,
            float[] expected) {
        return GradientDifference.of(slope(session, picture, objective), expected, IntStream.range(0, NUDGES)
                .mapToObj(nudge -> slope(session, TrialPictures.nudged(picture, nudge), objective)));
    }

    /** In front of a softmax or another nonlinearity, which would make gradients vanish. */
    private Objective largestOutput(Batch picture) {
        List<Layer> layers = network.layers();
        int last = layers.size() - 1;
        while (last > 0 && network.operation(layers.get(last).before()).filter(Softmax.class::isInstance).isPresent()) {
            last--;
        }
        Tap tap = Tap.before(layers.get(last).name());
        Batch output = peer.activations(picture, Set.of(tap)).at(tap);
        int most = 0;
        for (int i = 0; i < output.values().length; i++) {
            most = output.values()[i] > output.values()[most] ? i : most;
        }
        int position = most % output.area();
        return new ChannelObjective(new Unit(tap.layer(), most / output.area(),
                new Unit.Position(position / output.columns(), position % output.columns())), true);
    }

    /** Runs the first engine on the numbers of the golden input, which nothing prepares a second time. */
    private boolean compareGolden(Golden values) {
        Map<String, String> places = values.places(network);
        List<String> unknown = values.unknown(network);
        if (!unknown.isEmpty()) {
            remarks.add("Not compared, for nothing in the network is called so: " + String.join(", ", unknown) + ".");
        }
        boolean withGradient = values.gradient().isPresent() && !values.classes().isEmpty();
        if (values.gradient().isPresent() && !withGradient) {
            remarks.add("Not compared: the golden gradient, for nothing says of which logit it is. Add its number (from 0) as an"
                    + " array named " + Golden.CLASS + ".");
        }
        if (places.isEmpty() && !withGradient) {
            return true;
        }
        Map<String, Tap> taps = new LinkedHashMap<>();
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer(LOGITS, Golden.logits(network), Golden.logits(network), ""));
        for (String name : places.keySet()) {
            Layer layer = new Layer("golden" + layers.size(), places.get(name), places.get(name), "");
            layers.add(layer);
            taps.put(name, Tap.after(layer.name()));
        }
        try (Session bare = session.engine().open(unprepared(network, layers))) {
            for (int image = 0; image < values.images(network); image++) {
                if (!goOn("comparing golden values")) {
                    return false;
                }
                if (!taps.isEmpty()) {
                    compareGoldenActivations(bare, values, image, places, taps);
                }
                if (withGradient) {
                    compareGoldenGradient(bare, values, image);
                }
                done++;
                show();
            }
        }
        return true;
    }

    private void compareGoldenActivations(Session bare, Golden values, int image, Map<String, String> places,
            Map<String, Tap> taps) {
        Readings found = bare.activations(values.picture(network, image), new HashSet<>(taps.values()));
        taps.forEach((name, tap) -> {
            Shape shape = bare.network().shape(bare.network().layer(tap.layer()));
            Batch expected = values.expected(network, name, image, shape);
            goldens.merge(places.get(name), Difference.of(found.at(tap).values(), expected.values()), Difference::or);
        });
    }

    private void compareGoldenGradient(Session bare, Golden values, int image) {
        Shape logits = bare.network().shape(bare.network().layer(LOGITS));
        Objective objective = new ChannelObjective(new Unit(LOGITS, values.logit(network, image, logits),
                new Unit.Position(0, 0)), true);
        GradientDifference now = gradientDifference(bare, values.picture(network, image), objective,
                values.gradient(network, image).values());
        goldenGradient = Optional.of(goldenGradient.map(before -> before.worst(now)).orElse(now));
    }

    private static Network unprepared(Network network, List<Layer> layers) {
        Shape shape = network.input().shape();
        float[] mean = new float[shape.channels()];
        float[] deviation = new float[shape.channels()];
        Arrays.fill(deviation, 255);
        return new Network(network.name(), network.about(), new Input(shape, mean, deviation), network.operations(),
                layers, List.of());
    }

    private boolean goOn(String what) {
        return observer.report(done, total, what);
    }

    private void show() {
        if (observer.wantsSnapshot()) {
            observer.snapshot(found(true));
        }
    }

    private Checked found(boolean partial) {
        Map<String, Integer> order = order(network);
        Map<String, String> names = new HashMap<>();
        taps.forEach(tap -> names.put(network.source(tap), tap.toString()));
        Set<String> sources = new TreeSet<>(Comparator.comparing(order::get));
        sources.addAll(names.keySet());
        sources.addAll(goldens.keySet());
        List<Row> rows = sources.stream().map(source -> new Row(names.getOrDefault(source, source),
                Optional.ofNullable(engines.get(source)), Optional.ofNullable(goldens.get(source)))).toList();
        return new Checked(name(session), name(peer), arguments.images(), arguments.seed(), rows, gradient, goldenGradient,
                remarks, partial);
    }

    private static String name(Session session) {
        Engine engine = session.engine();
        return engine.name() + " (" + engine.description() + ")";
    }
}
