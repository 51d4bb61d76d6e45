package org.loupe.core.dictionary;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.dictionary.LearnedDictionary.Other;
import org.loupe.core.dictionary.LearnedDictionary.Point;
import org.loupe.core.dictionary.Quality.TaskLoss;
import org.loupe.core.factor.Assignment;
import org.loupe.core.factor.Matrix;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;

/** One run: collects vectors, learns from each seed in turn, and judges. */
final class Course {

    private static final int JUDGED = 8;
    private static final int MOST_JUDGED = 256;
    private static final int JUDGED_ON_THE_WAY = 64;
    private static final int POINTS = 40;
    private static final int FORMAT = 2;
    private static final int STEPS_BETWEEN_CHECKPOINTS = 500;
    private static final String CHECKPOINT = "learning.checkpoint";
    private static final double SAME = 0.9;

    private final Material material;
    private final String layer;
    private final DictionaryPlan plan;
    private final LearnDictionary.Arguments arguments;
    private final Products products;
    private final Observer<? super LearnedDictionary> observer;
    private final Path folder;
    private final List<Point> curve = new ArrayList<>();
    private final List<Dictionary> finished = new ArrayList<>();
    private Vectors vectors;
    private Trial few;
    private Trial trial;
    private double error;
    private long active;
    private int sinceLast;

    Course(Material material, String layer, DictionaryPlan plan, LearnDictionary.Arguments arguments, Products products,
            Observer<? super LearnedDictionary> observer) {
        this.material = material;
        this.layer = layer;
        this.plan = plan;
        this.arguments = arguments;
        this.products = products;
        this.observer = observer;
        this.folder = material.requirePictures().folder();
    }

    LearnedDictionary run() {
        if (!prepare()) {
            int channels = material.network().shape(material.network().layer(layer)).channels();
            return result(new Learning(plan, new float[channels], products).dictionary(1),
                    new Quality(Double.NaN, Double.NaN, Double.NaN, TaskLoss.UNKNOWN, 0, 0), List.of(), true);
        }
        Learning learning = resume();
        while (finished.size() < arguments.seeds()) {
            if (!learn(learning)) {
                write(learning);
                Dictionary first = finished.isEmpty() ? learning.dictionary(vectors.unit()) : finished.get(0);
                return result(first, trial.of(first, products), others(), true);
            }
            finished.add(learning.dictionary(vectors.unit()));
            error = active = sinceLast = 0;
            learning = start(finished.size());
            write(learning);
        }
        return result(finished.get(0), trial.of(finished.get(0), products), others(), false);
    }

    private LearnedDictionary result(Dictionary dictionary, Quality quality, List<Other> others, boolean isPartial) {
        return new LearnedDictionary(layer, DictionaryNetwork.with(material.network(), layer, dictionary),
                material.requirePictures().set().name(), plan, vectors == null ? 0 : vectors.count(), curve, quality, others,
                isPartial);
    }

    /** Collects what is learned from and what is judged by; tells whether nobody said to stop. */
    private boolean prepare() {
        PictureSet set = material.requirePictures().set();
        int total = set.pictures().size();
        if (total < 2 * JUDGED) {
            throw new IllegalArgumentException(set.name() + " has " + total + " pictures; at least " + 2 * JUDGED
                    + " are needed, for every eighth is kept for judging.");
        }
        Frame frame = Frame.of(material.network().input().shape(), arguments.fitting());
        List<Integer> learnedFrom = IntStream.range(0, total).filter(i -> i % JUDGED != JUDGED - 1).boxed().toList();
        List<Integer> judgedBy = IntStream.range(0, total).filter(i -> i % JUDGED == JUDGED - 1).boxed().toList();
        vectors = Vectors.of(material.session(), layer, set, learnedFrom, frame, arguments.positions(), arguments.seed(),
                folder, observer).orElse(null);
        if (vectors == null) {
            return false;
        }
        few = Trial.of(material.session(), layer, set, spread(judgedBy, JUDGED_ON_THE_WAY), frame, observer).orElse(null);
        trial = Trial.of(material.session(), layer, set, spread(judgedBy, MOST_JUDGED), frame, observer).orElse(null);
        return few != null && trial != null;
    }

    /** So many of a list, from all over it. */
    private static List<Integer> spread(List<Integer> all, int most) {
        int count = Math.min(most, all.size());
        return IntStream.range(0, count).mapToObj(i -> all.get((int) ((long) i * all.size() / count))).toList();
    }

    private Learning start(int number) {
        return new Learning(plan.withSeed(plan.seed() + number), vectors.mean(), products);
    }

    /** Learns from one seed; tells whether nobody said to stop. */
    private boolean learn(Learning learning) {
        Draws draws = new Draws(plan.seed() + finished.size());
        float[] batch = new float[plan.batch() * vectors.mean().length];
        int[] which = new int[plan.batch()];
        int[] order = null;
        long shuffled = -1;
        while (learning.steps() < plan.steps()) {
            for (int i = 0; i < which.length; i++) {
                long index = (long) learning.steps() * plan.batch() + i;
                long epoch = index / vectors.count();
                if (epoch != shuffled) {
                    order = order(vectors.count(), draws.split(1 + epoch));
                    shuffled = epoch;
                }
                which[i] = order[(int) (index % vectors.count())];
            }
            vectors.read(which, batch);
            Learning.Outcome outcome = learning.step(batch);
            if (!Double.isFinite(outcome.loss())) {
                throw new IllegalArgumentException("Learning has failed in step " + learning.steps() + ": the loss is no"
                        + " number any more. Choose a lower rate than " + plan.rate() + ".");
            }
            error += outcome.error();
            active += outcome.active();
            sinceLast++;
            if (learning.steps() % Math.max(1, plan.steps() / POINTS) == 0 || learning.steps() == plan.steps()) {
                mark(learning, outcome.dead());
            }
            if (learning.steps() % STEPS_BETWEEN_CHECKPOINTS == 0) {
                write(learning);
            }
            if (!observer.report((long) finished.size() * plan.steps() + learning.steps(),
                    (long) arguments.seeds() * plan.steps(), told(outcome)) && learning.steps() < plan.steps()) {
                return false;
            }
        }
        return true;
    }

    private String told(Learning.Outcome outcome) {
        double explained = 1 - outcome.error() / plan.batch() / vectors.mean().length;
        return String.format(Locale.ROOT, "Learning %s, seed %d of %d: %.1f %% explained, %.1f latents, %d dead", layer,
                finished.size() + 1, arguments.seeds(), 100 * explained, (double) outcome.active() / plan.batch(),
                outcome.dead());
    }

    /** Adds a point to the curve of the first seed. */
    private void mark(Learning learning, int dead) {
        if (finished.isEmpty()) {
            double seen = (double) sinceLast * plan.batch();
            TaskLoss loss = few.of(learning.dictionary(vectors.unit()), products).loss();
            curve.add(new Point(learning.steps(), 1 - error / seen / vectors.mean().length, active / seen, dead,
                    loss.isKnown() ? loss.recovered() : Double.NaN));
            if (observer.wantsSnapshot()) {
                Dictionary soFar = learning.dictionary(vectors.unit());
                observer.snapshot(result(soFar, few.of(soFar, products), List.of(), true));
            }
        }
        error = active = sinceLast = 0;
    }

    private static int[] order(int size, Draws draws) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int other = draws.below(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    private List<Other> others() {
        List<Other> others = new ArrayList<>();
        for (int i = 1; i < finished.size(); i++) {
            Quality quality = trial.of(finished.get(i), products);
            double[] cosines = cosines(finished.get(0), finished.get(i));
            others.add(new Other(plan.seed() + i, quality.explained(), quality.active(), quality.dead(),
                    quality.loss().isKnown() ? quality.loss().recovered() : Double.NaN,
                    IntStream.range(0, cosines.length).mapToDouble(j -> cosines[j]).average().orElseThrow(),
                    (double) IntStream.range(0, cosines.length).filter(j -> cosines[j] >= SAME).count() / cosines.length,
                    DoubleStream.of(cosines).boxed().toList()));
        }
        return others;
    }

    /** For each direction of a dictionary, its cosine with the one of the other that it goes best with. */
    static double[] cosines(Dictionary one, Dictionary other) {
        Matrix cosines = matrix(one).cosines(matrix(other));
        int[] best = Assignment.best(cosines);
        return IntStream.range(0, best.length).mapToDouble(i -> best[i] < 0 ? 0 : cosines.at(i, best[i])).toArray();
    }

    static Matrix matrix(Dictionary dictionary) {
        float[] values = dictionary.decoder().values();
        return new Matrix(dictionary.latents(), dictionary.channels(),
                IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray());
    }

    private void write(Learning learning) {
        Path file = folder.resolve(CHECKPOINT);
        Path unfinished = folder.resolve(CHECKPOINT + ".part");
        try {
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
                out.writeInt(FORMAT);
                out.writeInt(finished.size());
                for (Dictionary dictionary : finished) {
                    byte[] bytes = DictionaryFile.write(dictionary);
                    out.writeInt(bytes.length);
                    out.write(bytes);
                }
                out.writeInt(curve.size());
                for (Point point : curve) {
                    out.writeInt(point.step());
                    out.writeDouble(point.explained());
                    out.writeDouble(point.active());
                    out.writeInt(point.dead());
                    out.writeDouble(point.recovered());
                }
                out.writeDouble(error);
                out.writeLong(active);
                out.writeInt(sinceLast);
                learning.write(out);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            throw new UncheckedIOException("What was learned so far cannot be kept in " + folder + ". Is the disk full?",
                    problem);
        }
    }

    /** Goes on from the checkpoint, or starts. */
    private Learning resume() {
        Path file = folder.resolve(CHECKPOINT);
        if (!Files.exists(file)) {
            return start(0);
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != FORMAT) {
                return start(0);
            }
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                byte[] bytes = new byte[in.readInt()];
                in.readFully(bytes);
                finished.add(DictionaryFile.read(bytes, -1, CHECKPOINT));
            }
            int points = in.readInt();
            for (int i = 0; i < points; i++) {
                curve.add(new Point(in.readInt(), in.readDouble(), in.readDouble(), in.readInt(), in.readDouble()));
            }
            error = in.readDouble();
            active = in.readLong();
            sinceLast = in.readInt();
            Learning learning = start(finished.size());
            learning.read(in);
            return learning;
        } catch (EOFException cut) {
            throw new UncheckedIOException(file + " is cut off; delete it to begin again.", cut);
        } catch (IOException problem) {
            throw new UncheckedIOException(file + " cannot be read; delete it to begin again.", problem);
        }
    }
}
