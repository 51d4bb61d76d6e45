package org.loupe.platform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.EngineException;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Spelling;

/** One session for each network, on the first engine that can run it; all are closed together. */
final class Sessions implements AutoCloseable {

    private final List<Registered<Engine>> candidates;
    private final Consumer<String> notices;
    private final Map<String, Session> open = new HashMap<>();
    private Engine engine;
    private boolean closed;

    Sessions(List<Registered<Engine>> engines, EngineChoice choice, Consumer<String> notices) {
        this.candidates = inOrder(engines, choice);
        this.notices = notices;
    }

    private static List<Registered<Engine>> inOrder(List<Registered<Engine>> engines, EngineChoice choice) {
        if (choice.name().isBlank()) {
            return engines;
        }
        List<Registered<Engine>> wanted = engines.stream()
                .filter(engine -> engine.shortName().equals(choice.name()) || engine.id().equals(choice.name())).toList();
        if (wanted.isEmpty() && choice.strict()) {
            throw new IllegalArgumentException("There is no engine " + choice.name() + ". "
                    + Spelling.suggestion(choice.name(), engines.stream().map(Registered::shortName).toList()));
        }
        List<Registered<Engine>> ordered = new ArrayList<>(wanted);
        if (!choice.strict()) {
            engines.stream().filter(engine -> !wanted.contains(engine)).forEach(ordered::add);
        }
        return ordered;
    }

    /** The engine that runs networks here. */
    synchronized Engine engine() {
        if (engine == null) {
            engine = first(candidate -> {
                candidate.open(smallest()).close();
                return candidate;
            });
        }
        return engine;
    }

    /** The engine that runs a network, as far as that is known without running it. */
    synchronized Engine engine(String hash) {
        Session session = open.get(hash);
        return session == null ? engine() : session.engine();
    }

    /** The session of a network; it stays open until {@link #close()}. */
    synchronized Session session(Network network, String hash) {
        if (closed) {
            throw new IllegalStateException("The study is closed; " + network + " cannot be run any more.");
        }
        Session session = open.get(hash);
        if (session == null) {
            session = first(candidate -> candidate.open(network));
            open.put(hash, session);
        }
        return session;
    }

    private interface Attempt<T> {
        T with(Engine candidate);
    }

    /** What the first engine gives that can do it; the others are told about. */
    private <T> T first(Attempt<T> attempt) {
        List<String> failures = new ArrayList<>();
        for (Registered<Engine> candidate : candidates) {
            try {
                T result = attempt.with(candidate.value());
                if (!failures.isEmpty()) {
                    notices.accept(String.join(" ", failures) + " The engine " + candidate.shortName()
                            + " is used instead.");
                }
                return result;
            } catch (EngineException | BrokenExtensionException | LinkageError problem) {
                failures.add("The engine " + candidate.shortName() + " cannot do it: " + problem.getMessage());
            }
        }
        throw new EngineException(candidates.isEmpty() ? "No engine is installed that could run networks."
                : String.join(" ", failures));
    }

    /** Something that every engine can run, unless its native part is missing. */
    private static Network smallest() {
        Input input = new Input(new Shape(1, 1, 1), new float[1], new float[] {1});
        return new Network("probe", "", input, List.of(new Relu("relu", Network.INPUT)), List.of(), List.of());
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(Session::close);
        open.clear();
    }
}
