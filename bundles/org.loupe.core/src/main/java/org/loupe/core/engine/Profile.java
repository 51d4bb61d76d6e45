package org.loupe.core.engine;

import java.util.List;

/**
 * Where the time of finding a gradient goes, as the engine itself has measured it.
 *
 * @param parts        what ran, in the order in which it ran
 * @param milliseconds of the whole in the fastest round, what is not in any part included: numbers on their way in and out, and the objectives
 * @param bytes        of memory that the arrays take, without the weights
 */
public record Profile(List<Part> parts, double milliseconds, long bytes) {

    public Profile {
        parts = List.copyOf(parts);
    }

    /** How a part runs. */
    public enum Kind {
        /** Made for this processor. */
        FAST,
        /** The library's code for everything that it has nothing better for. */
        REFERENCE,
        /** Plain Java, where the library cannot do it or does it wrong. */
        JAVA
    }

    /**
     * One thing that the engine does.
     *
     * @param name            what it is for, beginning with the name of an operation where it belongs to one
     * @param backward        whether it carries the gradient back
     * @param how             the engine's name for the code that runs, such as {@code jit:avx512_core}
     * @param multiplications that the operation's definition asks for, of all pictures; 0 where they do not count
     * @param milliseconds    of the fastest round, in which other programs disturbed least
     */
    public record Part(String name, boolean backward, Kind kind, String how, long multiplications, double milliseconds) {
    }

    /** Time of the parts in one direction, in milliseconds. */
    public double milliseconds(boolean backward) {
        return parts.stream().filter(part -> part.backward() == backward).mapToDouble(Part::milliseconds).sum();
    }

    /** Multiplications of all parts. */
    public long multiplications() {
        return parts.stream().mapToLong(Part::multiplications).sum();
    }
}
