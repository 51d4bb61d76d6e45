package org.loupe.platform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
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

/**
 * Sessions of networks, on the first engine that can run them; all are closed together. A network has one session, and
 * more when several jobs need it at the same time, up to as many as this machine can serve.
 */
final class Sessions implements AutoCloseable {

    private final List<Registered<Engine>> candidates;
    private final Consumer<String> notices;
    private final int most;
    private final Map<String, List<Session>> open = new HashMap<>();
    private final Map<Session, Integer> users = new IdentityHashMap<>();
    private Engine engine;
    private boolean closed;

    Sessions(List<Registered<Engine>> engines, EngineChoice choice, int most, Consumer<String> notices) {
        this.most = most;
        this.candidates = inOrder(engines, choice);
        this.notices = notices;
    }

    /** Every engine, the one that is asked for first. */
    List<Registered<Engine>> candidates() {
        return candidates;
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
        List<Session> sessions = open.get(hash);
        return sessions == null ? engine() : sessions.get(0).engine();
    }

    /** The first session of a network; it stays open until {@link #close()}. */
    synchronized Session session(Network network, String hash) {
        requireOpen(network);
        return of(network, hash).get(0);
    }

    /** The session of a network that the fewest use now; a new one where all are used and there may be more. */
    synchronized Use use(Network network, String hash) {
        requireOpen(network);
        List<Session> sessions = of(network, hash);
        Session idlest = sessions.stream().min(Comparator.comparingInt(this::users)).orElseThrow();
        if (users(idlest) > 0 && sessions.size() < most) {
            idlest = idlest.engine().open(network);
            sessions.add(idlest);
        }
        users.merge(idlest, 1, Integer::sum);
        return new Use(idlest);
    }

    /** A session while it is needed. */
    final class Use implements AutoCloseable {
        private final Session session;

        private Use(Session session) {
            this.session = session;
        }

        Session session() {
            return session;
        }

        @Override
        public void close() {
            synchronized (Sessions.this) {
                users.merge(session, -1, Integer::sum);
            }
        }
    }

    private int users(Session session) {
        return users.getOrDefault(session, 0);
    }

    private List<Session> of(Network network, String hash) {
        List<Session> sessions = open.get(hash);
        if (sessions == null) {
            Session session = first(candidate -> candidate.open(network));
            sessions = new ArrayList<>(List.of(session));
            open.put(hash, sessions);
        }
        return sessions;
    }

    private void requireOpen(Network network) {
        if (closed) {
            throw new IllegalStateException("The study is closed; " + network + " cannot be run any more.");
        }
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
        open.values().forEach(sessions -> sessions.forEach(Session::close));
        open.clear();
    }
}
