package org.loupe.engine.onednn;

import java.util.stream.IntStream;

/** Plain Java on several processors, where it pays. Who computes what never changes the numbers. */
final class Parallel {

    /** Below so many numbers, handing work to other threads costs more than it saves. */
    private static final int LEAST = 1 << 15;

    private Parallel() {
    }

    interface Part {
        void run(int part);
    }

    /**
     * Does parts of work that do not touch each other.
     *
     * @param each how many numbers a part is about
     */
    static void run(int parts, long each, Part part) {
        boolean several = Library.threads() > 1 && parts > 1 && parts * each >= LEAST;
        IntStream numbers = IntStream.range(0, parts);
        (several ? numbers.parallel() : numbers).forEach(part::run);
    }

    interface Stretch {
        void run(int from, int to);
    }

    /** Goes over so many numbers in stretches. */
    static void stretches(int count, Stretch stretch) {
        int parts = (count + LEAST - 1) / LEAST;
        run(parts, LEAST, part -> stretch.run(part * LEAST, Math.min(count, (part + 1) * LEAST)));
    }
}
