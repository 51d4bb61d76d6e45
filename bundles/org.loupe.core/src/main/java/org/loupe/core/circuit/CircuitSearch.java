package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Circuit.Edge;
import org.loupe.core.circuit.Circuit.Node;
import org.loupe.core.circuit.Circuit.Support;
import org.loupe.core.circuit.CircuitEvaluation.Share;
import org.loupe.core.circuit.ProposeCircuit.Arguments;
import org.loupe.core.circuit.ProposeCircuit.By;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Tap;
import org.loupe.core.probe.Slopes;
import org.loupe.core.probe.Target;

/**
 * The search for a circuit on pictures, from the target down, one connection after the other; then whether the circuit is
 * faithful and necessary. For one thread, once.
 */
final class CircuitSearch {

    private static final int STEPS = 16;

    private final Session session;
    private final Unit target;
    private final ExcitingPictures cases;
    private final Batch pictures;
    private final Arguments arguments;
    private final Progress progress;
    private final PatchedRuns runs;
    private final Comparator<Unit> upwards;
    private final Map<String, Batch> clean = new HashMap<>();
    private final Map<String, Batch> sums = new HashMap<>();
    private final Map<String, Batch> standIns = new HashMap<>();
    private final Map<String, Batch> baselines = new HashMap<>();
    private final Map<Unit, Map<Unit, double[]>> effects = new LinkedHashMap<>();
    private final Map<Unit, List<Unit>> kept = new LinkedHashMap<>();
    private final Map<Unit, Batch> known = new HashMap<>();
    private final Map<String, Map<Integer, Map<Unit, Double>>> odds = new HashMap<>();
    private final List<List<Unit>> levels = new ArrayList<>();
    private final Set<String> remarks = new LinkedHashSet<>();
    private boolean isStopped;
    private double behaviour;

    CircuitSearch(Session session, Unit target, ExcitingPictures cases, Arguments arguments, Progress progress) {
        this.session = session;
        this.target = target;
        this.cases = cases;
        this.pictures = cases.pictures();
        this.arguments = arguments;
        this.progress = progress;
        this.runs = new PatchedRuns(session, Wiring.of(session.network()), pictures);
        this.upwards = Circuit.upwards(session.network());
    }

    ProposedCircuit find() {
        try (runs) {
            return search();
        }
    }

    private ProposedCircuit search() {
        if (runs.below(target).isEmpty()) {
            throw new IllegalArgumentException(target + " reads nothing but the picture, so no circuit is below it.");
        }
        prepare(target);
        double[] whole = whole();
        double[] none = circuitRuns().alone(Map.of(target, List.of()));
        double[] nothing = new CircuitRuns(runs, target, cases.peaks(), clean, baselines, upwards)
                .alone(Map.of(target, List.of()));
        behaviour = mean(whole) - mean(nothing);
        if (!(Math.abs(mean(whole) - mean(none)) > 1e-9) || !(Math.abs(behaviour) > 1e-9)) {
            throw new IllegalArgumentException(target + " answers the stand-ins as it answers the pictures, so there is nothing"
                    + " to explain. Choose other stand-ins, or another picture set.");
        }
        List<Unit> level = List.of(target);
        for (int depth = 0; depth < arguments.depth() && !level.isEmpty() && !isStopped; depth++) {
            levels.add(level);
            level = expand(level);
        }
        return new ProposedCircuit(session.network().name(), circuit(), Optional.of(evaluation(whole, none)), isStopped);
    }

    private CircuitRuns circuitRuns() {
        return new CircuitRuns(runs, target, cases.peaks(), clean, standIns, upwards);
    }

    /** Reads what is needed of the layers that a unit's layer reads, and of its own. */
    private void prepare(Unit unit) {
        Set<String> layers = runs.reads(unit).stream().filter(layer -> !clean.containsKey(layer)).collect(Collectors.toSet());
        Set<Tap> taps = new HashSet<>();
        layers.forEach(layer -> taps.add(Tap.after(layer)));
        if (!sums.containsKey(unit.layer())) {
            taps.add(Tap.before(unit.layer()));
        }
        ExcitingPictures.readings(session, pictures, taps)
                .forEach((tap, batch) -> (tap.beforeActivation() ? sums : clean).put(tap.layer(), batch));
        if (!layers.isEmpty()) {
            Map<String, Batch> found = cases.standIns(session, layers, arguments.against());
            standIns.putAll(found);
            found.forEach((layer, batch) -> baselines.put(layer, arguments.by() == By.ATTRIBUTION ? batch.zeros() : batch));
        }
    }

    private double[] whole() {
        Batch own = sums.get(target.layer());
        return IntStream.range(0, own.images()).mapToDouble(i -> own.values()[own.offset(i, target.channel())
                + cases.peaks()[i]]).toArray();
    }

    /** Finds the edges into some units; returns the units that these come from and that read others themselves. */
    private List<Unit> expand(List<Unit> level) {
        Map<String, List<Unit>> byLayer = new TreeMap<>();
        level.forEach(unit -> byLayer.computeIfAbsent(unit.layer(), any -> new ArrayList<>()).add(unit));
        Set<Unit> below = new LinkedHashSet<>();
        for (List<Unit> units : byLayer.values()) {
            units.forEach(this::prepare);
            Map<Unit, Map<Unit, double[]>> found = effects(units);
            for (Unit unit : units) {
                if (isStopped) {
                    break;
                }
                if (arguments.by() == By.ABLATION) {
                    prune(unit, found.get(unit));
                } else {
                    effects.put(unit, found.get(unit));
                    kept.put(unit, switch (arguments.by()) {
                        case WEIGHTS -> heaviest(unit);
                        case SPOTS -> likeliest(unit, found.get(unit));
                        default -> strongest(found.get(unit));
                    });
                }
                below.addAll(kept.get(unit));
                if (kept.get(unit).isEmpty() && !unit.equals(target)) {
                    kept.remove(unit);
                    remarks.add("Of some units of the circuit no input is strong enough by itself; they are as they are.");
                }
            }
        }
        return below.stream().filter(unit -> !kept.containsKey(unit) && !runs.below(unit).isEmpty()).toList();
    }

    /** What the target would lose, to first order, in each case, without each edge into some units of one layer. */
    private Map<Unit, Map<Unit, double[]>> effects(List<Unit> units) {
        Map<Unit, Map<Unit, double[]>> found = new LinkedHashMap<>();
        units.forEach(unit -> found.put(unit, new LinkedHashMap<>()));
        String layer = units.get(0).layer();
        Batch whole = sums.get(layer);
        Batch slopes = arguments.by() == By.PATH ? slopesOnPath(units.get(0), whole) : slopes(layer, whole);
        Set<Unit> candidates = new LinkedHashSet<>();
        units.forEach(unit -> candidates.addAll(runs.below(unit)));
        Map<String, Batch> read = new HashMap<>();
        runs.reads(units.get(0)).forEach(below -> read.put(below, clean.get(below)));
        int done = 0;
        for (Unit from : candidates) {
            if (!goesOn(done++, candidates.size(), "Edges into " + layer)) {
                break;
            }
            Batch cut = clean.get(from.layer()).copy();
            copy(baselines.get(from.layer()), from.channel(), cut);
            read.put(from.layer(), cut);
            Batch without = runs.run(layer, read).before();
            read.put(from.layer(), clean.get(from.layer()));
            for (Unit unit : units.stream().filter(one -> runs.below(one).contains(from)).toList()) {
                double[] lost = new double[whole.images()];
                for (int image = 0; image < lost.length; image++) {
                    int start = whole.offset(image, unit.channel());
                    for (int i = start; i < start + whole.area(); i++) {
                        lost[image] += (double) slopes.values()[i] * (whole.values()[i] - without.values()[i]);
                    }
                }
                found.get(unit).put(from, lost);
            }
        }
        return found;
    }

    private Batch slopes(String layer, Batch whole) {
        if (layer.equals(target.layer())) {
            Batch slopes = whole.zeros();
            for (int image = 0; image < whole.images(); image++) {
                slopes.values()[whole.offset(image, target.channel()) + cases.peaks()[image]] = 1;
            }
            return slopes;
        }
        int columns = sums.get(target.layer()).columns();
        List<Target> targets = Arrays.stream(cases.peaks()).mapToObj(peak -> Target.ofUnit(session.network(),
                target.at(new Unit.Position(peak / columns, peak % columns)))).toList();
        return Slopes.of(session, pictures, Tap.before(layer), whole, targets);
    }

    /** The mean of the slopes on the straight path from what a unit's layer makes of the stand-ins to what it is. */
    private Batch slopesOnPath(Unit unit, Batch whole) {
        if (unit.layer().equals(target.layer())) {
            return slopes(unit.layer(), whole);
        }
        Map<String, Batch> read = new HashMap<>();
        runs.reads(unit).forEach(layer -> read.put(layer, baselines.get(layer)));
        Batch base = runs.run(unit.layer(), read).before();
        Batch mean = whole.zeros();
        for (int step = 0; step < STEPS; step++) {
            Batch between = whole.zeros();
            float along = (step + .5f) / STEPS;
            for (int i = 0; i < between.values().length; i++) {
                between.values()[i] = base.values()[i] + along * (whole.values()[i] - base.values()[i]);
            }
            Batch slopes = slopes(unit.layer(), between);
            for (int i = 0; i < mean.values().length; i++) {
                mean.values()[i] += slopes.values()[i] / STEPS;
            }
            runs.count(1);
        }
        return mean;
    }

    private static void copy(Batch from, int channel, Batch to) {
        for (int image = 0; image < from.images(); image++) {
            System.arraycopy(from.values(), from.offset(image, channel), to.values(), to.offset(image, channel), from.area());
        }
    }

    private boolean goesOn(int done, int total, String what) {
        if (runs.passes() >= arguments.budget()) {
            remarks.add("The budget of " + arguments.budget() + " passes was spent before all edges were tried.");
            return false;
        }
        isStopped |= !progress.report(done, total, what);
        return !isStopped;
    }

    private List<Unit> heaviest(Unit unit) {
        Connections inputs = runs.inputs(unit);
        return inputs.all().stream().filter(one -> !one.from().layer().equals(Network.INPUT))
                .filter(one -> inputs.share(List.of(one)) >= arguments.threshold()).map(Connection::from).distinct()
                .limit(arguments.breadth()).toList();
    }

    private List<Unit> strongest(Map<Unit, double[]> lost) {
        return lost.keySet().stream().filter(from -> isEnough(mean(lost.get(from))))
                .sorted(Comparator.comparingDouble((Unit from) -> -Math.abs(mean(lost.get(from))))).limit(arguments.breadth()).toList();
    }

    /**
     * What the unit reads more likely than not, as its layer tells, and what carries enough; where nothing is likely, what matters
     * most.
     */
    private List<Unit> likeliest(Unit unit, Map<Unit, double[]> lost) {
        Map<Unit, Double> ofUnit = odds(unit.layer()).getOrDefault(unit.channel(), Map.of());
        List<Unit> likely = ofUnit.keySet().stream().filter(from -> ofUnit.get(from) > 0 && lost.containsKey(from))
                .sorted(Comparator.comparingDouble((Unit from) -> -ofUnit.get(from))).toList();
        if (likely.isEmpty()) {
            remarks.add("No kernel into " + unit + " is likelier a spot than noise, so edges into it were chosen by attribution"
                    + " patching.");
            return strongest(lost);
        }
        List<Unit> used = likely.stream().filter(from -> isEnough(mean(lost.get(from)))).toList();
        if (used.size() < likely.size()) {
            remarks.add(String.format(Locale.ROOT, "Left out for carrying less than %.3g of the target: %d of %d likely edges into"
                    + " %s.", arguments.threshold(), likely.size() - used.size(), likely.size(), unit));
        }
        return used.stream().limit(arguments.breadth()).toList();
    }

    /** Whether something is the share of the target's behaviour that an edge must have. */
    private boolean isEnough(double lost) {
        return Math.abs(lost) >= arguments.threshold() * Math.abs(behaviour);
    }

    private Map<Integer, Map<Unit, Double>> odds(String layer) {
        return odds.computeIfAbsent(layer, any -> {
            try {
                LayerInputs inputs = LayerInputs.of(session.network(), layer);
                runs.count(2);
                return SpotLooks.odds(session, inputs, cases.all(), arguments.examples());
            } catch (NetworkException notOneConvolution) {
                remarks.add("What goes into " + layer + " is not the sum of one convolution over layers below, so spots were looked"
                        + " for in its kernels alone, without the pictures.");
                int channels = sums.get(layer).channels();
                return SpotLooks.odds(IntStream.range(0, channels).mapToObj(channel -> runs.inputs(new Unit(layer, channel)))
                        .toList());
            }
        });
    }

    /** Takes edges into a unit away, the weakest first, while the target hardly changes. */
    private void prune(Unit unit, Map<Unit, double[]> firstOrder) {
        Set<Unit> left = new LinkedHashSet<>(runs.below(unit));
        Map<Unit, Collection<Unit>> edges = new LinkedHashMap<>(kept);
        edges.put(unit, left);
        CircuitRuns circuit = circuitRuns();
        double[] now = circuit.alone(edges, known, new HashSet<>(Set.of(unit)));
        Map<Unit, double[]> losses = new LinkedHashMap<>(firstOrder);
        List<Unit> order = firstOrder.keySet().stream()
                .sorted(Comparator.comparingDouble(from -> Math.abs(mean(firstOrder.get(from))))).toList();
        for (int i = 0; i < order.size() && goesOn(i, order.size(), "Cutting edges into " + unit); i++) {
            Unit from = order.get(i);
            left.remove(from);
            Map<Unit, Batch> before = new HashMap<>(known);
            double[] without = circuit.alone(edges, known, new HashSet<>(Set.of(unit)));
            double[] answers = now;
            double[] loss = IntStream.range(0, now.length).mapToDouble(at -> answers[at] - without[at]).toArray();
            losses.put(from, loss);
            if (!isEnough(mean(loss))) {
                now = without;
            } else {
                left.add(from);
                known.clear();
                known.putAll(before);
            }
        }
        effects.put(unit, losses);
        List<Unit> rest = left.stream().filter(losses::containsKey).sorted(Comparator.comparingDouble(
                (Unit from) -> -Math.abs(mean(losses.get(from))))).limit(arguments.breadth()).toList();
        if (rest.size() < left.size()) {
            remarks.add(String.format(Locale.ROOT, "Of %d edges into %s that could not be cut, the circuit has only the %d strongest.",
                    left.size(), unit, rest.size()));
        }
        kept.put(unit, rest);
        circuit.alone(kept, known, new HashSet<>(Set.of(unit)));
    }

    /** In which share of resamples of the pictures and of their stand-ins an edge is as strong as it has to be. */
    private double stability(Unit to, Unit from) {
        Map<Unit, double[]> lost = effects.get(to);
        if (lost == null || !lost.containsKey(from)) {
            return Double.NaN;
        }
        Draws draws = new Draws(arguments.seed()).split(2);
        int[] weights = new int[lost.get(from).length];
        int found = 0;
        for (int resample = 0; resample < arguments.resamples(); resample++) {
            Share.resample(weights, cases.examples(), draws);
            double own = Math.abs(weighted(lost.get(from), weights));
            long stronger = lost.values().stream().filter(other -> Math.abs(weighted(other, weights)) > own).count();
            found += isEnough(own) && stronger < arguments.breadth() ? 1 : 0;
        }
        return (double) found / arguments.resamples();
    }

    private static double weighted(double[] values, int[] weights) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
        }
        return sum / values.length;
    }

    private Circuit circuit() {
        Set<Unit> units = new LinkedHashSet<>(List.of(target));
        List<Edge> edges = new ArrayList<>();
        Map<Unit, Double> shares = new HashMap<>();
        kept.forEach((to, froms) -> {
            Connections inputs = runs.inputs(to);
            Chances chances = Chances.of(session.network(), runs.wiring(), to, inputs, arguments.seed());
            List<Connection> shown = new ArrayList<>();
            for (Unit from : froms) {
                Connection connection = inputs.all().stream().filter(one -> one.from().equals(from)).findFirst().orElseThrow();
                double[] lost = effects.get(to).get(from);
                Support support = new Support(lost == null ? Double.NaN : mean(lost) / behaviour, stability(to, from),
                        chances.of(connection).luck());
                edges.add(new Edge(from, to, connection.kernel(), inputs.share(List.of(connection)), support));
                shown.add(connection);
            }
            units.add(to);
            units.addAll(froms);
            shares.put(to, inputs.share(shown));
        });
        List<Node> nodes = units.stream().sorted(upwards)
                .map(unit -> new Node(unit, unit.equals(target), shares.getOrDefault(unit, 0.0))).toList();
        edges.sort(Comparator.comparing(Edge::to, upwards)
                .thenComparing(edge -> -Math.abs(edge.support().isKnown() ? edge.support().contribution() : edge.part())));
        return new Circuit(nodes, edges);
    }

    private CircuitEvaluation evaluation(double[] whole, double[] none) {
        int passes = runs.passes();
        CircuitRuns circuit = circuitRuns();
        Draws draws = new Draws(arguments.seed()).split(3);
        Map<Unit, List<Unit>> edges = kept.isEmpty() ? Map.of(target, List.of()) : kept;
        Share faithfulness = share(circuit.alone(edges), none, whole, draws.split(0));
        List<Share> necessity = new ArrayList<>();
        for (List<Unit> level : levels) {
            Map<Unit, List<Unit>> cut = new LinkedHashMap<>();
            level.stream().filter(kept::containsKey).forEach(unit -> cut.put(unit, kept.get(unit)));
            necessity.add(share(circuit.without(cut), none, whole, draws.split(0)).complement());
        }
        List<Double> controls = new ArrayList<>();
        List<Double> lossControls = new ArrayList<>();
        for (int control = 0; control < arguments.controls() && !isStopped; control++) {
            isStopped = !progress.report(control, arguments.controls(), "Circuits of random units");
            Map<Unit, List<Unit>> random = relabelled(edges, draws.split(1 + control));
            controls.add((mean(circuit.alone(random)) - mean(none)) / (mean(whole) - mean(none)));
            lossControls.add(1 - (mean(circuit.without(Map.of(target, random.get(target)))) - mean(none))
                    / (mean(whole) - mean(none)));
        }
        runs.inputs(target).remarks().forEach(remarks::add);
        return new CircuitEvaluation(arguments.by(), arguments.against(), cases.examples(), mean(whole), mean(none),
                faithfulness, necessity, controls, lossControls, passes, List.copyOf(remarks));
    }

    private Share share(double[] answers, double[] none, double[] whole, Draws draws) {
        return Share.of(answers, none, whole, cases.examples(), arguments.resamples(), draws);
    }

    /** The same shape, with every unit but the target changed into a random one of its layer, no two into the same. */
    private Map<Unit, List<Unit>> relabelled(Map<Unit, List<Unit>> edges, Draws draws) {
        Map<String, int[]> orders = new HashMap<>();
        Map<Unit, List<Unit>> random = new LinkedHashMap<>();
        edges.forEach((to, froms) -> random.put(relabelled(to, orders, draws),
                froms.stream().map(from -> relabelled(from, orders, draws)).toList()));
        return random;
    }

    private Unit relabelled(Unit unit, Map<String, int[]> orders, Draws draws) {
        if (unit.equals(target)) {
            return unit;
        }
        int[] order = orders.computeIfAbsent(unit.layer(), layer -> {
            int[] channels = IntStream.range(0, clean.get(layer).channels()).toArray();
            for (int i = channels.length - 1; i > 0; i--) {
                int other = draws.below(i + 1);
                int kept = channels[i];
                channels[i] = channels[other];
                channels[other] = kept;
            }
            return channels;
        });
        return new Unit(unit.layer(), order[unit.channel()]);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
