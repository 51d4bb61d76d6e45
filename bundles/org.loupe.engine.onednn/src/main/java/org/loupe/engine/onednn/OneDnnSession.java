package org.loupe.engine.onednn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.dnnl.memory;
import org.loupe.core.Batch;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.EngineException;
import org.loupe.core.engine.Pass;
import org.loupe.core.engine.Profile;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Edited;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;

/** Keeps the plans of the last questions, so that asking the like again costs no preparation. */
final class OneDnnSession implements Session {

    /** How many plans are kept. */
    static final int MOST_PLANS = 8;

    /** How much memory plans may take before the oldest ones go; the one in use always stays. */
    static final long MOST_BYTES = 1L << 30;

    /**
     * What a plan is for.
     *
     * @param edits where there are some, and what they read; what they do may change from one step to the next
     */
    private record Question(Map<Tap, String> sources, List<Operation> edits, int images, int rows, int columns,
            boolean gradient) {
    }

    /** What objectives look at, in pictures of a size. */
    private record Aim(Map<Tap, String> sources, Map<Tap, Set<Integer>> wanted, int rows, int columns) {
    }

    private final Network network;
    private final Engine engine;
    private final Device device;
    private final WeightStore weights;
    private final long mostBytes;
    private final Map<Question, Plan> plans = new LinkedHashMap<>(16, 0.75f, true);
    private Aim lastAim;
    private Reach lastReach;
    private boolean closed;

    OneDnnSession(Network network, Engine engine) {
        this(network, engine, memory.data_type.f32);
    }

    /** @param numbers what arrays and weights are made of */
    OneDnnSession(Network network, Engine engine, memory.data_type numbers) {
        this(network, engine, Layout.block(network, Device.wide()), MOST_BYTES, numbers);
    }

    /**
     * @param block     how many channels lie next to each other
     * @param mostBytes how much memory plans may take before the oldest ones go
     */
    OneDnnSession(Network network, Engine engine, int block, long mostBytes) {
        this(network, engine, block, mostBytes, memory.data_type.f32);
    }

    private OneDnnSession(Network network, Engine engine, int block, long mostBytes, memory.data_type numbers) {
        this.mostBytes = mostBytes;
        this.network = network;
        this.engine = engine;
        this.device = new Device(block, numbers);
        this.weights = new WeightStore(device);
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public Readings activations(Batch pictures, Set<Tap> taps, Readings used) {
        return activations(pictures, taps, List.of(), used);
    }

    @Override
    public Readings activations(Batch pictures, Set<Tap> taps, List<Edit> edits) {
        return activations(pictures, taps, edits, Readings.NONE);
    }

    private synchronized Readings activations(Batch pictures, Set<Tap> taps, List<Edit> edits, Readings used) {
        requireOpen();
        Pass pass = Pass.of(network, taps, pictures, edits);
        return plan(pass, pictures, false).forward(device.stream(), network.input().normalized(pictures), pass.edits(),
                used);
    }

    @Override
    public synchronized Gradient gradient(Batch pictures, List<Objective> objectives,
            List<Edit> edits) {
        requireOpen();
        Reach reach = reach(Pass.of(network, Pass.taps(pictures.images(), objectives), pictures, edits), pictures,
                objectives);
        Plan plan = plan(reach.pass(), pictures, true);
        Readings activations = reach.whole(plan.forward(device.stream(), network.input().normalized(pictures),
                reach.pass().edits(), Readings.NONE));
        Map<Tap, Batch> slopes = new HashMap<>();
        activations.batches().forEach((tap, batch) -> slopes.put(tap, batch.zeros()));
        Readings slope = new Readings(slopes);
        double[] scores = Pass.score(pictures.images(), objectives, activations, slope);
        Batch gradient = pictures.zeros();
        plan.backward(device.stream(), reach.part(slope), gradient);
        network.input().chain(gradient);
        return new Gradient(scores, gradient, activations);
    }

    @Override
    public synchronized Optional<Profile> profile(Batch pictures, List<Objective> objectives, int rounds) {
        gradient(pictures, objectives);
        Plan plan = last().orElseThrow();
        long[] spent = new long[rounds];
        List<Profile.Part> parts;
        plan.watch();
        try {
            for (int round = 0; round < rounds; round++) {
                long start = System.nanoTime();
                gradient(pictures, objectives);
                spent[round] = System.nanoTime() - start;
            }
        } finally {
            parts = plan.watched();
        }
        Arrays.sort(spent);
        return Optional.of(new Profile(parts, spent[0] / 1e6, plan.bytes()));
    }

    /** What the objectives reach; found anew only where it is not what was reached in the step before. */
    private Reach reach(Pass pass, Batch pictures, List<Objective> objectives) {
        Aim aim = new Aim(pass.sources(), Reach.wanted(pass.sources().keySet(), objectives), pictures.rows(),
                pictures.columns());
        if (!pass.edits().isEmpty()) {
            return Reach.of(pass, aim.wanted);
        }
        if (!aim.equals(lastAim)) {
            lastReach = Reach.of(pass, aim.wanted);
            lastAim = aim;
        }
        return lastReach;
    }

    /** The plan for a question, made when it is new. */
    private Plan plan(Pass pass, Batch pictures, boolean gradient) {
        Question question = new Question(pass.sources(),
                pass.operations().stream().filter(Edited.class::isInstance).toList(), pictures.images(), pictures.rows(),
                pictures.columns(), gradient);
        Plan plan = plans.get(question);
        if (plan == null) {
            plan = make(pass, question);
            plans.put(question, plan);
            forgetOld();
        }
        return plan;
    }

    private Plan make(Pass pass, Question question) {
        try {
            return new Plan(pass, new Construction(device, weights, question.images, question.gradient));
        } catch (RuntimeException refusal) {
            throw new EngineException("oneDNN cannot run " + network + " to "
                    + new TreeSet<>(question.sources.keySet()) + " on " + question.images + " pictures of "
                    + question.rows + " by " + question.columns + ": "
                    + refusal.getMessage() + ". Choose another engine, or fewer or smaller pictures.", refusal);
        }
    }

    /** Plans are in the order of their last use; the newest is last. */
    private void forgetOld() {
        Iterator<Plan> oldest = plans.values().iterator();
        while (plans.size() > 1 && (plans.size() > MOST_PLANS || bytes() > mostBytes)) {
            Plan plan = oldest.next();
            oldest.remove();
            plan.close();
        }
    }

    /** How many plans are kept now. */
    synchronized int plans() {
        return plans.size();
    }

    /** How much memory the plans take now. */
    synchronized long bytes() {
        return plans.values().stream().mapToLong(Plan::bytes).sum();
    }

    /** What runs for the plan that was used last, one line for each primitive. */
    synchronized List<String> describe() {
        return last().map(Plan::describe).orElse(List.of());
    }

    /** What of the plan that was used last runs in plain Java, or in oneDNN's slow reference code; one line each. */
    synchronized List<String> slow() {
        return last().map(Plan::slow).orElse(List.of());
    }

    private Optional<Plan> last() {
        return plans.values().stream().reduce((before, last) -> last);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The session of " + network + " is closed");
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            plans.values().forEach(Plan::close);
            plans.clear();
            weights.close();
            device.close();
        }
    }
}
