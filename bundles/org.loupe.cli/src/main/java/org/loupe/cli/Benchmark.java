package org.loupe.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.loupe.core.Arguments;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.EngineException;
import org.loupe.core.engine.Profile;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.objective.Objective;
import org.loupe.core.objective.ObjectiveText;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;

/**
 * What is timed with a network: forward, forward and back to the picture, and a whole step of making a picture.
 *
 * @param session the network on an engine
 * @param to      a layer, all of which counts, or a unit such as {@code mixed4a:12}
 * @param images  how many at a time
 * @param size    rows and columns of the pictures
 */
record Benchmark(Session session, String to, int images, int size) {

    /** Rounds in which the peak is looked for, and the first ones, which do not count. */
    private static final int PEAK_ROUNDS = 15;

    /** Stands for the last layer in front of a unit. */
    private static final String LOGIT = "logit:";

    /**
     * How long the steps took.
     *
     * @param whole   the steps
     * @param network what of them the engine took
     */
    record Steps(Stopwatch.Times whole, Stopwatch.Times network) {
    }

    /**
     * How several sessions did at once.
     *
     * @param perSecond pictures of all of them
     * @param processor milliseconds of one time on average, of all its threads; nothing where the system does not tell
     */
    record Together(int sessions, double perSecond, OptionalDouble processor) {
    }

    Benchmark {
        List<String> layers = session.network().layers().stream().map(layer -> layer.name()).toList();
        if (to.isEmpty()) {
            to = layers.get(layers.size() - 1);
        } else if (to.startsWith(LOGIT)) {
            to = layers.get(layers.size() - 1) + to.substring(LOGIT.length() - 1);
        }
    }

    /** What is scored; a mistake in {@link #to} is told here. */
    Objective objective() {
        Objective objective = to.contains(":") ? ObjectiveText.parse(to) : new WholeLayer(Tap.after(to));
        objective.require(session.network());
        return objective;
    }

    /** Seeded random pictures. */
    private Batch pictures() {
        Batch pictures = Batch.zeros(images, session.network().input().shape().channels(), size, size);
        Draws draws = new Draws(1);
        for (int i = 0; i < pictures.values().length; i++) {
            pictures.values()[i] = (float) draws.uniform();
        }
        return pictures;
    }

    /** Runs forward. */
    Stopwatch.Times forward(int count) {
        Batch pictures = pictures();
        Objective objective = objective();
        return Stopwatch.repeat(count, () -> session.activations(pictures, objective.taps()));
    }

    /** Runs forward and back to the pictures. */
    Stopwatch.Times gradient(int count) {
        Batch pictures = pictures();
        List<Objective> objectives = List.of(objective());
        return Stopwatch.repeat(count, () -> session.gradient(pictures, objectives));
    }

    /** Runs forward and back in several sessions at once, each so often, after two times that do not count. */
    Together together(int sessions, int count) {
        List<Session> opened = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(sessions);
        try {
            List<Callable<Stopwatch.Times>> work = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                Session own = session.engine().open(session.network());
                opened.add(own);
                work.add(() -> new Benchmark(own, to, images, size).gradient(count));
            }
            for (Session own : opened) {
                new Benchmark(own, to, images, size).gradient(2);
            }
            Stopwatch watch = new Stopwatch();
            watch.time(() -> all(threads, work));
            Stopwatch.Times times = watch.times();
            int all = sessions * count;
            OptionalDouble processor = times.processor();
            return new Together(sessions, all * images / times.median() * 1e3,
                    processor.isPresent() ? OptionalDouble.of(processor.getAsDouble() / all) : processor);
        } finally {
            threads.shutdown();
            opened.forEach(Session::close);
        }
    }

    private static void all(ExecutorService threads, List<Callable<Stopwatch.Times>> work) {
        try {
            for (Future<Stopwatch.Times> done : threads.invokeAll(work)) {
                done.get();
            }
        } catch (ExecutionException problem) {
            throw new EngineException("One of " + work.size() + " sessions at once could not go on: "
                    + problem.getCause().getMessage(), problem.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EngineException("Several sessions at once were interrupted", stopped);
        }
    }

    /** Where the time of {@link #gradient} goes, where the engine tells. */
    Optional<Profile> profile(int rounds) {
        return session.profile(pictures(), List.of(objective()), rounds);
    }

    /** The units whose pictures {@link #steps} makes. */
    List<String> units() {
        String unit = to.contains(":") ? to : to + ":0";
        return Collections.nCopies(images, unit);
    }

    /**
     * Makes pictures as {@code loupe visualize} does by itself: Fourier space, all transforms, Adam.
     *
     * @param count of steps; one more goes before them and does not count
     */
    Steps steps(int count) {
        Timed timed = new Timed(session);
        StepClock clock = new StepClock(timed, count);
        // The picture is scored before the first step and behind the last one, which belongs to no step.
        Visualize.Arguments arguments = Arguments.record(Visualize.Arguments.class, Map.of("units",
                String.join("\n", units()), "steps", Integer.toString(count + 2), "size", Integer.toString(size)));
        new Visualize().run(Material.of(timed), arguments, clock);
        // Both watches see all threads, so the time of the processors belongs to the whole.
        return new Steps(clock.whole.times(), new Stopwatch.Times(clock.network.times().wall(), OptionalDouble.empty()));
    }

    /** Takes the times of the steps between the first one and the last one. */
    private static final class StepClock implements Observer<Visualized> {
        private final Timed timed;
        private final int count;
        private Stopwatch whole;
        private Stopwatch network;
        private long last;

        StepClock(Timed timed, int count) {
            this.timed = timed;
            this.count = count;
        }

        @Override
        public boolean report(long done, long total, String what) {
            long now = System.nanoTime();
            if (done == 1) {
                whole = new Stopwatch();
                network = new Stopwatch();
            } else if (done > 1 && done <= count + 1) {
                whole.add(now - last);
                network.add(timed.spent);
            }
            timed.spent = 0;
            last = System.nanoTime();
            return true;
        }
    }

    /** A session that adds up the time for gradients. */
    private static final class Timed implements Session {
        private final Session within;
        private long spent;

        Timed(Session within) {
            this.within = within;
        }

        @Override
        public Network network() {
            return within.network();
        }

        @Override
        public Engine engine() {
            return within.engine();
        }

        @Override
        public Readings activations(Batch pictures, Set<Tap> taps, List<Edit> edits) {
            long start = System.nanoTime();
            Readings readings = within.activations(pictures, taps, edits);
            spent += System.nanoTime() - start;
            return readings;
        }

        @Override
        public Gradient gradient(Batch pictures, List<Objective> objectives, List<Edit> edits) {
            long start = System.nanoTime();
            Gradient gradient = within.gradient(pictures, objectives, edits);
            spent += System.nanoTime() - start;
            return gradient;
        }

        @Override
        public void close() {
            within.close();
        }
    }

    /**
     * The most that the engine does here: multiplications in a second of the fastest of some large convolutions of the
     * kinds that networks are made of; 0 where the engine does not tell the time of its parts.
     */
    static double peak(Engine engine) {
        double peak = 0;
        for (Network network : List.of(convolutions(256, 1, 28), convolutions(192, 3, 28), convolutions(128, 3, 56))) {
            try (Session session = engine.open(network)) {
                Benchmark benchmark = new Benchmark(session, "", 1, network.input().shape().rows());
                Optional<Profile> found = benchmark.profile(1).flatMap(warm -> benchmark.profile(PEAK_ROUNDS));
                if (found.isEmpty()) {
                    return 0;
                }
                peak = Math.max(peak, found.get().parts().stream()
                        .mapToDouble(part -> part.multiplications() / part.milliseconds() * 1e3).max().orElseThrow());
            }
        }
        return peak;
    }

    /** Four convolutions of one shape. */
    private static Network convolutions(int channels, int window, int size) {
        float[] kernel = new float[channels * channels * window * window];
        Draws draws = new Draws(0);
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) draws.uniform(-1, 1) / channels;
        }
        Weights weights = new Weights(new int[] {channels, channels, window, window}, kernel);
        Weights bias = Weights.vector(new float[channels]);
        List<Operation> operations = IntStream.range(0, 4).<Operation>mapToObj(i -> new Convolution("convolution" + i,
                i == 0 ? Network.INPUT : "convolution" + (i - 1), weights, bias, Window.square(window, 1, window / 2), 1))
                .toList();
        String last = "convolution3";
        return new Network("convolutions", "", new Input(new Shape(channels, size, size), new float[channels],
                ones(channels)), operations, List.of(new Layer(last, last, last, "")), List.of());
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
