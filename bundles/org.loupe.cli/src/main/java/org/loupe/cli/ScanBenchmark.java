package org.loupe.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.scan.Scanning;

/**
 * What a scan of all layers costs beside the forward pass that it cannot do without, all by turns.
 *
 * @param session  the network on an engine
 * @param pictures in memory
 */
record ScanBenchmark(Session session, HeldPictures pictures) {

    private static final Scanning.Choice CHOICE = new Scanning.Choice(List.of(), 100, false, Fitting.COVER);
    private static final String ROW = "%-34s %9s %9s %9s %9s";

    /**
     * One turn.
     *
     * @param forward to the last layer, of which the numbers are fetched
     * @param reading forward, with all numbers fetched that a scan needs
     * @param bytes   of the scan's files
     */
    record Turn(Stopwatch.Times forward, Stopwatch.Times reading, Stopwatch.Times scan, Scanning.Spent spent, long bytes) {
    }

    /** How a network sees the pictures. */
    static Frame frame(Network network) {
        return Frame.of(network.input().shape(), Fitting.COVER);
    }

    /** Does everything so often; once before that where it is done more than once, for Java is slow at first. */
    List<Turn> turns(int count) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("loupe-bench");
            List<Turn> turns = new ArrayList<>();
            for (int turn = count > 1 ? -1 : 0; turn < count; turn++) {
                Turn found = turn(folder.resolve("scan" + turn));
                if (turn >= 0) {
                    turns.add(found);
                }
                delete(folder.resolve("scan" + turn));
            }
            return turns;
        } catch (IOException problem) {
            throw new UncheckedIOException("A scan cannot be written to the folder for temporary files: "
                    + problem.getMessage(), problem);
        } finally {
            delete(folder);
        }
    }

    private Turn turn(Path folder) throws IOException {
        Scanning scanning = new Scanning(session, pictures, CHOICE, folder);
        List<Tap> layers = session.network().layers().stream().map(layer -> Tap.after(layer.name())).toList();
        Stopwatch.Times forward = Stopwatch.repeat(1,
                () -> pass(scanning.together(), Set.of(layers.get(layers.size() - 1))));
        Stopwatch.Times reading = Stopwatch.repeat(1, () -> pass(scanning.together(), scanning.taps()));
        Stopwatch.Times scan = Stopwatch.repeat(1, () -> {
            try {
                scanning.run("bench", (done, total, what) -> true);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
        try (Stream<Path> files = Files.list(folder)) {
            return new Turn(forward, reading, scan, scanning.spent(), files.mapToLong(file -> file.toFile().length()).sum());
        }
    }

    /** Runs all pictures. Another thread puts the next ones together, as for a scan, so that only the engine is timed. */
    private void pass(int together, Set<Tap> taps) {
        int count = pictures.pictures().size();
        Readings used = Readings.NONE;
        CompletableFuture<Batch> next = batch(0, together);
        for (int from = 0; from < count; from += together) {
            Batch batch = next.join();
            next = from + together < count ? batch(from + together, together) : next;
            used = session.activations(batch, taps, used);
        }
    }

    private CompletableFuture<Batch> batch(int from, int together) {
        int to = Math.min(pictures.pictures().size(), from + together);
        return CompletableFuture.supplyAsync(() -> pictures.read(from, to, frame(session.network())).batch().orElseThrow());
    }

    private static void delete(Path folder) {
        if (folder == null || !Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException("What was written for the measurement cannot be deleted: " + folder, problem);
        }
    }

    /** As a person reads it; times are medians, of one picture. */
    List<String> lines(List<Turn> turns) {
        Scanning scanning = new Scanning(session, pictures, CHOICE, Path.of("unused"));
        Network network = session.network();
        long numbers = scanning.taps().stream()
                .mapToLong(tap -> network.shapes(network.input().shape().rows(), network.input().shape().columns())
                        .get(network.source(tap)).size()).sum();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "scan of %,d pictures of %s, %d together, %,d numbers of each, %d turns",
                pictures.pictures().size(), pictures.name(), scanning.together(), numbers, turns.size()));
        lines.add(String.format(Locale.ROOT, ROW, "milliseconds of a picture", "CPU", "clock", "CPU", "clock"));
        lines.add(row(turns, "forward", Turn::forward));
        lines.add(row(turns, "forward, all of that fetched", Turn::reading));
        lines.add(row(turns, "scan", Turn::scan));
        lines.add(String.format(Locale.ROOT, "of the scan, by the clock: engine %.3f; writing down, meanwhile, %.3f; comparing"
                + " classes at the end %.3f", part(turns, Scanning.Spent::running), part(turns, Scanning.Spent::entering),
                part(turns, Scanning.Spent::comparing)));
        Runtime runtime = Runtime.getRuntime();
        lines.add(String.format(Locale.ROOT, "files: %,d kB; Java heap: %d MB, of which %d MB hold pictures",
                turns.get(0).bytes() / 1000, runtime.totalMemory() / 1_000_000,
                pictures.kept().stream().mapToLong(kept -> kept.length).sum() * Float.BYTES / 1_000_000));
        return lines;
    }

    private String row(List<Turn> turns, String what, Function<Turn, Stopwatch.Times> times) {
        OptionalDouble cpu = processor(turns, times);
        OptionalDouble base = processor(turns, Turn::forward);
        return String.format(Locale.ROOT, ROW, what, cpu.isPresent() ? number(cpu.getAsDouble()) : "",
                number(clock(turns, times)), cpu.isPresent() && base.isPresent()
                        ? share(cpu.getAsDouble(), base.getAsDouble()) : "",
                share(clock(turns, times), clock(turns, Turn::forward)));
    }

    private static String share(double of, double all) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * of / all);
    }

    private static String number(double milliseconds) {
        return String.format(Locale.ROOT, "%.3f", milliseconds);
    }

    private double clock(List<Turn> turns, Function<Turn, Stopwatch.Times> times) {
        return median(turns, turn -> times.apply(turn).median());
    }

    private OptionalDouble processor(List<Turn> turns, Function<Turn, Stopwatch.Times> times) {
        return turns.stream().allMatch(turn -> times.apply(turn).processor().isPresent())
                ? OptionalDouble.of(median(turns, turn -> times.apply(turn).processor().getAsDouble())) : OptionalDouble.empty();
    }

    private double part(List<Turn> turns, ToDoubleFunction<Scanning.Spent> nanoseconds) {
        return median(turns, turn -> nanoseconds.applyAsDouble(turn.spent()) / 1e6);
    }

    private double median(List<Turn> turns, ToDoubleFunction<Turn> milliseconds) {
        double[] sorted = turns.stream().mapToDouble(milliseconds).sorted().toArray();
        return sorted[sorted.length / 2] / pictures.pictures().size();
    }

    /** As a program reads it: milliseconds of a picture. */
    Map<String, Object> json(List<Turn> turns) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", session.network().name());
        json.put("engine", session.engine().name());
        json.put("pictures", pictures.pictures().size());
        Map<String, Function<Turn, Stopwatch.Times>> parts = new LinkedHashMap<>();
        parts.put("forward", Turn::forward);
        parts.put("fetched", Turn::reading);
        parts.put("scan", Turn::scan);
        parts.forEach((name, times) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("clock", clock(turns, times));
            processor(turns, times).ifPresent(cpu -> one.put("cpu", cpu));
            json.put(name, one);
        });
        json.put("entering", part(turns, Scanning.Spent::entering));
        json.put("comparing", part(turns, Scanning.Spent::comparing));
        json.put("bytes", turns.get(0).bytes());
        return json;
    }
}
