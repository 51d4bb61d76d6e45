package org.loupe.engine.nd4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.Pass;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Edited;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network on ND4J. Each operation's weights are copied when it first runs; all else lives as long as a call. */
final class Nd4jSession implements Session {

    private final Engine engine;
    private final Network network;
    private final Memory weights = new Memory();
    private final Map<String, Step> steps = new HashMap<>();
    private boolean closed;

    Nd4jSession(Engine engine, Network network) {
        this.engine = engine;
        this.network = network;
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
    public synchronized Readings activations(Batch pictures, Set<Tap> taps, List<Edit> edits) {
        requireOpen();
        Pass pass = Pass.of(network, taps, pictures, edits);
        try (Memory work = new Memory()) {
            Set<String> wanted = Set.copyOf(pass.sources().values());
            Map<String, INDArray> values = graph(pass).forward(seen(pictures, work), wanted, work);
            return read(pass, values);
        }
    }

    @Override
    public synchronized Gradient gradient(Batch pictures, List<Objective> objectives,
            List<Edit> edits) {
        requireOpen();
        Pass pass = Pass.of(network, Pass.taps(pictures.images(), objectives), pictures, edits);
        try (Memory work = new Memory()) {
            Graph graph = graph(pass);
            Map<String, INDArray> values = graph.forward(seen(pictures, work), work);
            Readings activations = read(pass, values);
            Map<Tap, Batch> zeros = new HashMap<>();
            activations.batches().forEach((tap, batch) -> zeros.put(tap, batch.zeros()));
            Readings slopes = new Readings(zeros);
            double[] scores = Pass.score(pictures.images(), objectives, activations, slopes);
            Batch found = batch(graph.backward(values, gradients(pass, slopes, work), work));
            network.input().chain(found);
            return new Gradient(scores, found, activations);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The session of " + network + " on " + engine.name() + " is closed");
        }
    }

    private Graph graph(Pass pass) {
        return new Graph(pass.operations(), operation -> operation instanceof Edited edited
                ? new EditStep(pass.edits().get(edited.name())) : step(operation));
    }

    private Step step(Operation operation) {
        return steps.computeIfAbsent(operation.name(), name -> Steps.of(operation, weights));
    }

    private INDArray seen(Batch pictures, Memory work) {
        return array(network.input().normalized(pictures), work);
    }

    private static INDArray array(Batch batch, Memory work) {
        return work.of(batch.values(), batch.images(), batch.channels(), batch.rows(), batch.columns());
    }

    private static Readings read(Pass pass, Map<String, INDArray> values) {
        Map<Tap, Batch> batches = new HashMap<>();
        pass.sources().forEach((tap, source) -> batches.put(tap, batch(values.get(source))));
        return new Readings(batches);
    }

    private static Batch batch(INDArray array) {
        return new Batch((int) array.size(0), (int) array.size(1), (int) array.size(2), (int) array.size(3),
                Memory.read(array));
    }

    /** Gradients by output; several taps may read the same one. */
    private static Map<String, INDArray> gradients(Pass pass, Readings slopes, Memory work) {
        Map<String, INDArray> gradients = new HashMap<>();
        pass.sources().forEach((tap, source) -> {
            INDArray more = array(slopes.at(tap), work);
            INDArray before = gradients.putIfAbsent(source, more);
            if (before != null) {
                before.addi(more);
            }
        });
        return gradients;
    }

    @Override
    public synchronized void close() {
        closed = true;
        weights.close();
        steps.clear();
    }
}
