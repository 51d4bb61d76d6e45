package org.loupe.core.engine.conformance;

import static org.loupe.core.engine.conformance.Comparison.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.loupe.core.Batch;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.EditText;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.Session;
import org.loupe.core.engine.Session.Gradient;
import org.loupe.core.engine.conformance.Conformance.Case;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;
import org.loupe.core.objective.Objective;

/** What {@link Session} promises beside the numbers. */
final class SessionCases {

    private static final Network NETWORK = new Sketch(3, 16, 16)
            .convolution("stem", Network.INPUT, 16, Window.square(3, 2, 1)).relu("stemr", "stem")
            .mixed("m", "stemr", 12, 16, 4, 8).globalAverage("mean", "m").dense("logits", "mean", 4)
            .convolution("high", "m", 4, Window.square(3, 1, 0)).network();
    private static final Tap TAP = Tap.after("m");
    private static final Objective OBJECTIVE = new Weighing(Set.of(TAP), 1);

    private static final int JOBS = 4;

    private SessionCases() {
    }

    static List<Case> all() {
        return List.of(
                new Case("a session knows its network and its engine", SessionCases::knowsWhatItRuns),
                new Case("the same question has the same bytes as its answer", SessionCases::repeats),
                new Case("what was asked before does not change an answer", SessionCases::forgets),
                new Case("taps that read the same output are answered one after the other", SessionCases::tellsApart),
                new Case("answers belong to the caller", SessionCases::gives),
                new Case("four jobs at once on one session have the answers of one by one", SessionCases::sharesOne),
                new Case("four jobs at once, each on a session of its own, have the answers of one by one",
                        SessionCases::sharesNone),
                new Case("pictures with the wrong number of channels are refused", engine -> refuses(engine,
                        NetworkException.class, session -> session.activations(pictures(1, 1, 16), Set.of(TAP)))),
                new Case("pictures that the network cannot run on are refused", engine -> refuses(engine,
                        NetworkException.class,
                        session -> session.activations(pictures(1, 3, 2), Set.of(Tap.after("high"))))),
                new Case("a tap that is not in the network is refused", engine -> refuses(engine,
                        NetworkException.class,
                        session -> session.activations(pictures(1, 3, 16), Set.of(Tap.after("nowhere"))))),
                new Case("an objective that is not in the network is refused", engine -> refuses(engine,
                        NetworkException.class, session -> session.gradient(pictures(1, 3, 16),
                                List.of(new Weighing(Set.of(Tap.after("nowhere")), 1))))),
                new Case("objectives that are too few are refused", engine -> refuses(engine,
                        IllegalArgumentException.class,
                        session -> session.gradient(pictures(3, 3, 16), List.of(OBJECTIVE, OBJECTIVE)))),
                new Case("asking for no taps is refused", engine -> refuses(engine,
                        IllegalArgumentException.class, session -> session.activations(pictures(1, 3, 16), Set.of()))),
                new Case("a closed session answers nothing, and is closed twice in peace", SessionCases::closes));
    }

    private static void knowsWhatItRuns(Engine engine) {
        try (Session session = engine.open(NETWORK)) {
            require(session.network() == NETWORK, "another network");
            require(session.engine() == engine, "another engine");
            require(!engine.name().isBlank() && !engine.description().isBlank(), "an engine without a name");
        }
    }

    private static void repeats(Engine engine) {
        Batch pictures = pictures(3, 3, 16);
        try (Session one = engine.open(NETWORK); Session other = engine.open(NETWORK)) {
            Gradient first = one.gradient(pictures, List.of(OBJECTIVE));
            for (Session session : List.of(one, other, one)) {
                Gradient again = session.gradient(pictures, List.of(OBJECTIVE));
                require(Arrays.equals(first.scores(), again.scores()), "other scores");
                require(first.pictures().equals(again.pictures()), "another gradient");
                require(first.activations().equals(again.activations()), "other activations");
            }
        }
    }

    private static void forgets(Engine engine) {
        Batch pictures = pictures(2, 3, 16);
        try (Session session = engine.open(NETWORK)) {
            Gradient first = session.gradient(pictures, List.of(OBJECTIVE));
            for (int images = 1; images <= 6; images++) {
                session.gradient(pictures(images, 3, 16 + images), List.of(OBJECTIVE));
                session.activations(pictures(images, 3, 16), Set.of(Tap.after("logits"), Tap.before("stemr")));
            }
            Batch dark = pictures.zeros();
            session.gradient(dark, List.of(OBJECTIVE));
            require(first.pictures().equals(session.gradient(pictures, List.of(OBJECTIVE)).pictures()),
                    "another gradient after other questions");
        }
    }

    /** In front of a layer without a nonlinearity is the same as behind it, and each tap is answered by its name. */
    private static void tellsApart(Engine engine) {
        Batch pictures = pictures(2, 3, 16);
        try (Session session = engine.open(NETWORK)) {
            for (Tap tap : List.of(Tap.after("m"), Tap.before("m"), Tap.after("m"))) {
                require(session.activations(pictures, Set.of(tap)).taps().equals(Set.of(tap)), "another tap's answer");
                require(session.gradient(pictures, List.of(new Weighing(Set.of(tap), 1))).activations().taps()
                        .equals(Set.of(tap)), "another tap's gradient");
            }
        }
    }

    private static void gives(Engine engine) {
        Batch pictures = pictures(1, 3, 16);
        try (Session session = engine.open(NETWORK)) {
            Batch mine = session.activations(pictures, Set.of(TAP)).at(TAP);
            Batch copy = mine.copy();
            session.activations(pictures.zeros(), Set.of(TAP));
            require(mine.equals(copy), "a later question changed an answer");
            Arrays.fill(mine.values(), 7);
            require(session.activations(pictures, Set.of(TAP)).at(TAP).equals(copy), "the caller changed the session");
        }
    }

    private static void sharesOne(Engine engine) {
        try (Session session = engine.open(NETWORK)) {
            atOnce(Collections.nCopies(JOBS, session));
        }
    }

    private static void sharesNone(Engine engine) {
        List<Session> sessions = new ArrayList<>();
        try {
            for (int job = 0; job < JOBS; job++) {
                sessions.add(engine.open(NETWORK));
            }
            atOnce(sessions);
        } finally {
            sessions.forEach(Session::close);
        }
    }

    /** Each job has a session; first they run one by one, then all at once, and their answers must be the same bits. */
    private static void atOnce(List<Session> sessions) {
        List<List<Batch>> alone = new ArrayList<>();
        for (int job = 0; job < JOBS; job++) {
            alone.add(answers(sessions.get(job), job));
        }
        ExecutorService threads = Executors.newFixedThreadPool(JOBS);
        CyclicBarrier together = new CyclicBarrier(JOBS);
        try {
            List<Future<List<Batch>>> found = new ArrayList<>();
            for (int job = 0; job < JOBS; job++) {
                int number = job;
                found.add(threads.submit(() -> {
                    together.await();
                    return answers(sessions.get(number), number);
                }));
            }
            for (int job = 0; job < JOBS; job++) {
                require(alone.get(job).equals(found.get(job).get()), "other answers with other jobs beside, of job " + job);
            }
        } catch (ExecutionException failed) {
            throw new AssertionError("a job failed with others beside", failed.getCause());
        } catch (InterruptedException stopped) {
            throw new AssertionError("stopped", stopped);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Climbs from pictures of its own, with edits of its own, and looks at other taps between the steps. */
    private static List<Batch> answers(Session session, int job) {
        List<Batch> answers = new ArrayList<>();
        Batch pictures = pictures(job + 1, 3, 16);
        Objective objective = new Weighing(Set.of(job == 2 ? Tap.before("stemr") : TAP), job);
        List<Edit> edits = job == 0 ? List.of() : List.of(EditText.parse("stemr:" + job + " = 0.5 * itself + " + job),
                EditText.parse("m_3r:" + job + " = relu(0.1 + stemr:3[1 -1])"));
        for (int round = 0; round < 12; round++) {
            Gradient gradient = session.gradient(pictures, List.of(objective), edits);
            for (int i = 0; i < pictures.values().length; i++) {
                pictures.values()[i] += Math.signum(gradient.pictures().values()[i]) / 64;
            }
            answers.add(gradient.pictures());
            answers.add(session.activations(pictures, Set.of(Tap.after("logits")), edits).at(Tap.after("logits")));
        }
        return answers;
    }

    private static void closes(Engine engine) {
        Session session = engine.open(NETWORK);
        session.activations(pictures(1, 3, 16), Set.of(TAP));
        session.close();
        session.close();
        try {
            session.gradient(pictures(1, 3, 16), List.of(OBJECTIVE));
        } catch (IllegalStateException expected) {
            return;
        }
        throw new AssertionError("a closed session answered");
    }

    private interface Question {
        void ask(Session session);
    }

    /** The session must refuse the question, say why, and be of use afterwards. */
    private static void refuses(Engine engine, Class<? extends RuntimeException> with, Question question) {
        try (Session session = engine.open(NETWORK)) {
            try {
                question.ask(session);
                throw new AssertionError("the question was answered");
            } catch (RuntimeException refusal) {
                require(with.isInstance(refusal) && refusal.getMessage() != null, "refused with " + refusal);
            }
            session.activations(pictures(1, 3, 16), Set.of(TAP));
        }
    }

    private static Batch pictures(int images, int channels, int size) {
        return Sketch.pictures(images, channels, size, size);
    }
}
