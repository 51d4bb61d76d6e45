package org.loupe.core.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.loupe.core.Observer;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Reading;
import org.loupe.core.picture.Unreadable;

/**
 * One pass over a picture set. Pictures are read ahead on threads of their own, and while the engine runs the network on
 * some pictures, what it said about those before is written down.
 *
 * <p>What is found does not depend on how many pictures run together, nor on how often the work was interrupted. Memory
 * does not grow with the number of pictures.
 */
public final class Scanning {

    private static final int MOST_TOGETHER = 32;
    private static final long MOST_BYTES = 1L << 27;
    private static final int AHEAD = 3;
    private static final long CHECKPOINT_NANOSECONDS = 15_000_000_000L;

    private final Session session;
    private final PictureSet pictures;
    private final Choice choice;
    private final Path folder;
    private final int together;
    private final List<SourceScan> sources;
    private final List<Unreadable> unreadable = new ArrayList<>();
    private final AtomicLong entering = new AtomicLong();
    private long running;
    private long comparing;
    private long written;
    private volatile Future<?> kept = CompletableFuture.completedFuture(null);
    private int done;

    /**
     * What is looked for.
     *
     * @param layers  names; all layers of the network where none is given
     * @param top     how many examples are kept for each channel, at least 1
     * @param means   whether the mean of each channel's map is kept for each picture
     * @param fitting how pictures are made to fit the network's input
     */
    public record Choice(List<String> layers, int top, boolean means, Fitting fitting) {
        public Choice {
            layers = List.copyOf(layers);
        }
    }

    /**
     * Where the time of a scan went, by the clock, in nanoseconds.
     *
     * @param running   the engine ran, and what it said was fetched
     * @param entering  that was written down, on a thread of its own
     * @param comparing pictures and classes were compared at the end
     */
    public record Spent(long running, long entering, long comparing) {
    }

    /**
     * Prepares a scan.
     *
     * @param folder where its files are written; where a scan of the same question was interrupted, it goes on from there
     * @throws org.loupe.core.network.NetworkException when there is no layer of a name
     * @throws IllegalArgumentException                when the set has no pictures
     */
    public Scanning(Session session, PictureSet pictures, Choice choice, Path folder) {
        this(session, pictures, choice, folder, together(session.network(), choice));
    }

    /** Prepares a scan that runs so many pictures together. */
    Scanning(Session session, PictureSet pictures, Choice choice, Path folder, int together) {
        if (pictures.pictures().isEmpty()) {
            throw new IllegalArgumentException("The picture set " + pictures.name() + " has no pictures that could be"
                    + " read. Name a set with pictures.");
        }
        this.session = session;
        this.pictures = pictures;
        this.choice = choice;
        this.folder = folder;
        this.together = together;
        this.sources = sources(session.network(), choice);
    }

    private static int together(Network network, Choice choice) {
        long bytes = layers(network, choice).stream()
                .mapToLong(layer -> 2 * network.shape(layer).size() * Float.BYTES).sum();
        return (int) Math.max(1, Math.min(MOST_TOGETHER, MOST_BYTES / bytes));
    }

    private static List<Layer> layers(Network network, Choice choice) {
        return choice.layers().isEmpty() ? network.layers()
                : choice.layers().stream().distinct().map(network::layer).toList();
    }

    private static List<SourceScan> sources(Network network, Choice choice) {
        List<SourceScan> sources = new ArrayList<>();
        for (Layer layer : layers(network, choice)) {
            TapScan after = new TapScan(Tap.after(layer.name()), network.shape(layer), choice);
            if (!layer.hasActivation()) {
                sources.add(new SourceScan(after, Optional.empty()));
                continue;
            }
            Shape shape = network.shapes(network.input().shape().rows(), network.input().shape().columns())
                    .get(layer.before());
            TapScan before = new TapScan(Tap.before(layer.name()), shape, choice);
            boolean rectifies = network.operation(layer.output()).filter(operation -> operation instanceof Relu relu
                    && relu.input().equals(layer.before())).isPresent();
            sources.add(new SourceScan(before, rectifies ? Optional.of(after) : Optional.empty()));
            if (!rectifies) {
                sources.add(new SourceScan(after, Optional.empty()));
            }
        }
        return sources;
    }

    /**
     * Does the work, or what is left of it.
     *
     * @param question what tells this scan from others, such as hashes of the network and of the pictures; where the
     *                 folder has what is left of another question, that is written over
     * @return partial when the observer wanted no more; asking again goes on from there
     * @throws IOException when the files cannot be written
     */
    public Scanned run(String question, Observer<? super Scanned> observer) throws IOException {
        try {
            return scan(question, observer);
        } catch (InternalError fault) {
            // So Java tells of a mapped file that the disk does not take, some time after it was written to.
            throw new IOException("the disk does not take what is written to " + folder + ", because it is full, or another"
                    + " program has changed the files", fault);
        }
    }

    private Scanned scan(String question, Observer<? super Scanned> observer) throws IOException {
        Files.createDirectories(folder);
        Checkpoint checkpoint = new Checkpoint(folder, question);
        checkpoint.read(sources, unreadable).ifPresent(before -> done = before);
        List<TapScan> taps = sources.stream().flatMap(SourceScan::taps).toList();
        if (done == 0) {
            checkpoint.forget();
            makeRoom(taps);
        }
        ExecutorService keeper = threads(1, "Loupe checkpoint");
        try {
            for (int i = 0; i < taps.size(); i++) {
                taps.get(i).open(folder, TapFiles.of(i, taps.get(i).tap()), pictures.pictures().size(), done);
            }
            pass(checkpoint, keeper, observer);
            requireOne();
            if (done < pictures.pictures().size()) {
                result(kept);
                checkpoint.write(sources, unreadable, done);
            }
            for (TapScan tap : taps) {
                tap.end(done);
            }
            summarize(checkpoint, keeper, observer);
        } finally {
            end(keeper);
            for (TapScan tap : taps) {
                tap.close();
            }
        }
        return Scanned.load(new FolderFiles(folder));
    }

    /** Refuses a set of which every picture was tried. */
    private void requireOne() {
        if (done == pictures.pictures().size() && unreadable.size() == done) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "No picture of %s can be read. The first of %,d is %s:"
                    + " %s", pictures.name(), done, unreadable.get(0).name(), unreadable.get(0).reason()));
        }
    }

    /** Deletes what is left of another question, and finds out whether there is room on the disk for the files. */
    private void makeRoom(List<TapScan> taps) throws IOException {
        int count = pictures.pictures().size();
        try (Stream<Path> leftovers = Files.list(folder)) {
            for (Path file : leftovers.filter(file -> file.toString().endsWith(".npy")).toList()) {
                Files.delete(file);
            }
        }
        long needed = taps.stream().mapToLong(tap -> tap.bytes(count)).sum();
        long free = Files.getFileStore(folder).getUsableSpace();
        if (needed > free) {
            throw new IOException(String.format(Locale.ROOT, "what %,d channels answer to %,d pictures takes %,d MB, and the disk"
                    + " has room for %,d MB. Make room there, or scan fewer layers or pictures.",
                    taps.stream().mapToInt(tap -> tap.shape().channels()).sum(), count, needed / 1_000_000, free / 1_000_000));
        }
    }

    /**
     * Compares classes, while the disk takes the last checkpoint. A complete scan needs one only where the one before is old,
     * for the files of the result are saved at once: waiting for the disk may take longer than scanning so many pictures again.
     */
    private void summarize(Checkpoint checkpoint, ExecutorService keeper, Observer<? super Scanned> observer)
            throws IOException {
        int total = pictures.pictures().size();
        observer.report(done, total, "Comparing classes");
        Future<?> last = done == total && !isTimeForCheckpoint() ? kept : keeper.submit(() -> {
            if (done == total) {
                checkpoint.write(sources, unreadable, done);
            }
            checkpoint.keep(sources);
            return null;
        });
        long start = System.nanoTime();
        new Summary(folder, pictures, sources, unreadable, done, choice.means()).write();
        comparing = System.nanoTime() - start;
        result(last);
    }

    private boolean isTimeForCheckpoint() {
        return System.nanoTime() - written > CHECKPOINT_NANOSECONDS;
    }

    /** Where the time of {@link #run} went. */
    public Spent spent() {
        return new Spent(running, entering.get(), comparing);
    }

    /** How many pictures run together; what is found does not depend on it. */
    public int together() {
        return together;
    }

    /** What is read; what follows from it is not. */
    public Set<Tap> taps() {
        return sources.stream().map(source -> source.own().tap()).collect(Collectors.toUnmodifiableSet());
    }

    /** Runs the pictures that are left. */
    private void pass(Checkpoint checkpoint, ExecutorService keeper, Observer<? super Scanned> observer) throws IOException {
        int total = pictures.pictures().size();
        Frame frame = Frame.of(session.network().input().shape(), choice.fitting());
        Deque<Future<Reading>> ahead = new ArrayDeque<>();
        Set<Tap> taps = taps();
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        ExecutorService readers = threads(threads, "Loupe picture reader");
        ExecutorService writer = threads(1, "Loupe scan");
        try {
            int next = done;
            int asked = done;
            written = System.nanoTime();
            Future<?> before = CompletableFuture.completedFuture(null);
            Readings latest = Readings.NONE;
            Readings free = Readings.NONE;
            while (next < total && observer.report(next, total, "Scanning pictures")) {
                while (asked < total && ahead.size() < AHEAD) {
                    int from = asked;
                    asked = Math.min(total, from + together);
                    int to = asked;
                    ahead.add(readers.submit(() -> pictures.read(from, to, frame)));
                }
                int from = next;
                next = Math.min(total, from + together);
                int to = next;
                Reading reading = result(ahead.remove());
                Readings used = free;
                long start = System.nanoTime();
                Optional<Readings> readings = reading.batch().map(batch -> session.activations(batch, taps, used));
                running += System.nanoTime() - start;
                result(before);
                free = latest;
                latest = readings.orElse(Readings.NONE);
                before = writer.submit(() -> enter(reading, readings, from, to, checkpoint, keeper));
            }
            result(before);
        } finally {
            // Not interrupted, for that would close the files of the picture set.
            ahead.forEach(reading -> reading.cancel(false));
            readers.shutdown();
            end(writer);
        }
    }

    /** Waits until nothing is written any more. */
    private static void end(ExecutorService writer) {
        writer.shutdown();
        try {
            writer.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes down what was found out about some pictures, and a checkpoint where it is time for one. */
    private Void enter(Reading reading, Optional<Readings> readings, int from, int to, Checkpoint checkpoint,
            ExecutorService keeper) throws IOException {
        long start = System.nanoTime();
        for (SourceScan source : sources) {
            source.prepare(from, to);
            if (readings.isPresent()) {
                source.enter(readings.get().at(source.own().tap()), reading.indexes());
            }
        }
        unreadable.addAll(reading.unreadable());
        done = to;
        if (isTimeForCheckpoint() && kept.isDone()) {
            result(kept);
            checkpoint.write(sources, unreadable, done);
            kept = keeper.submit(() -> {
                checkpoint.keep(sources);
                return null;
            });
            written = System.nanoTime();
        }
        entering.addAndGet(System.nanoTime() - start);
        return null;
    }

    private static <T> T result(Future<T> work) throws IOException {
        try {
            return work.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw new IOException(failed.getCause().getMessage(), failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("The scan was interrupted", stop));
        }
    }

    private static ExecutorService threads(int count, String name) {
        return Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
