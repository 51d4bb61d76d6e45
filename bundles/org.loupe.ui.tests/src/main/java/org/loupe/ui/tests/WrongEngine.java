package org.loupe.ui.tests;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.loupe.core.Batch;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.EngineException;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.objective.Objective;

/** An engine that runs nothing, or, while a test wants it, computes the layer “shapes” wrongly. */
public final class WrongEngine implements Engine {

    private static final AtomicReference<String> WRONG = new AtomicReference<>("");

    /** From now on it computes the network of this name wrongly, and no other: work that others have left is not disturbed. */
    static void wrongAbout(String network) {
        WRONG.set(network);
    }

    /** From now on it runs nothing. */
    static void rest() {
        WRONG.set("");
    }

    @Override
    public String name() {
        return "wrong";
    }

    @Override
    public String description() {
        return "for tests";
    }

    @Override
    public Session open(Network network) {
        if (!WRONG.get().equals(network.name())) {
            throw new EngineException("it is only for tests.");
        }
        List<Operation> operations = network.operations().stream().map(WrongEngine::changed).toList();
        return new Wrong(new ReferenceEngine().open(new Network(network.name(), network.about(), network.input(),
                operations, network.layers(), network.classes())), network, this);
    }

    /** Says of itself that it runs the right network. */
    private record Wrong(Session session, Network network, Engine engine) implements Session {
        @Override
        public Readings activations(Batch pictures, Set<Tap> taps, List<Edit> edits) {
            return session.activations(pictures, taps, edits);
        }

        @Override
        public Gradient gradient(Batch pictures, List<Objective> objectives, List<Edit> edits) {
            return session.gradient(pictures, objectives, edits);
        }

        @Override
        public void close() {
            session.close();
        }
    }

    private static Operation changed(Operation operation) {
        if (operation instanceof Convolution right && right.name().equals("shapes.pre")) {
            float[] bias = right.bias().values().clone();
            bias[0] += 0.5f;
            return new Convolution(right.name(), right.input(), right.weights(), Weights.vector(bias), right.window(),
                    right.groups());
        }
        return operation;
    }
}
