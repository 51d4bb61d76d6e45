package org.loupe.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** How long something takes that is done again and again: by the clock, and of all processors together. */
final class Stopwatch {

    /** The threads of this process; Linux tells of each how long it ran, in nanoseconds, until it ends. */
    private static final Path THREADS = Path.of("/proc/self/task");

    /** What takes longer is measured with threads that have ended, in hundredths of a second. */
    private static final double LONG_MILLISECONDS = 1000;

    /**
     * What was found.
     *
     * @param wall      milliseconds of each time
     * @param processor milliseconds of one time on average, of all threads; nothing where the system does not tell
     */
    record Times(List<Double> wall, OptionalDouble processor) {

        Times {
            wall = List.copyOf(wall);
        }

        double median() {
            return quantile(0.5);
        }

        /** The time that the given share of all times does not exceed. */
        double quantile(double share) {
            double[] sorted = wall.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
        }
    }

    private final List<Double> wall = new ArrayList<>();
    private final OptionalDouble before = processor();
    private final OptionalDouble allBefore = processorWithEndedThreads();

    /** Does something once more and takes the time. */
    void time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        add(System.nanoTime() - start);
    }

    /** Adds a time that was taken elsewhere. */
    void add(long nanoseconds) {
        wall.add(nanoseconds / 1e6);
    }

    /** What was found since this was made. */
    Times times() {
        OptionalDouble all = difference(allBefore, processorWithEndedThreads());
        OptionalDouble spent = all.orElse(0) > LONG_MILLISECONDS ? all : difference(before, processor());
        return new Times(wall, spent.isPresent() ? OptionalDouble.of(spent.getAsDouble() / wall.size()) : spent);
    }

    private static OptionalDouble difference(OptionalDouble earlier, OptionalDouble later) {
        return earlier.isPresent() && later.isPresent() ? OptionalDouble.of(later.getAsDouble() - earlier.getAsDouble())
                : OptionalDouble.empty();
    }

    /** Does something so often. */
    static Times repeat(int count, Runnable work) {
        Stopwatch watch = new Stopwatch();
        for (int i = 0; i < count; i++) {
            watch.time(work);
        }
        return watch.times();
    }

    /** Milliseconds that this process has run. */
    private static OptionalDouble processorWithEndedThreads() {
        return ProcessHandle.current().info().totalCpuDuration().stream().mapToDouble(Duration::toMillis).findFirst();
    }

    /** Milliseconds that the threads of this process that have not ended have run. */
    private static OptionalDouble processor() {
        if (!Files.isDirectory(THREADS)) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                sum += nanoseconds(thread.resolve("schedstat")) / 1e6;
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return sum == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }

    /** Of a thread that ends meanwhile, the file is gone, or is there and can no longer be read; it then counts for nothing. */
    private static long nanoseconds(Path statistics) {
        try {
            return Arrays.stream(Files.readString(statistics).split(" ")).mapToLong(Long::parseLong).findFirst().orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }
}
