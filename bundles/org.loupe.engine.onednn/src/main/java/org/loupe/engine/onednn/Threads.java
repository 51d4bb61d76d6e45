package org.loupe.engine.onednn;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.Map;

/**
 * How many threads OpenMP, on which oneDNN runs, takes for the loops that the calling thread starts.
 *
 * <p>oneDNN has no say in it and JavaCPP does not know OpenMP, so its one function is called through JNA, in the very
 * library that oneDNN is linked to. Where that cannot be done, every loop has all threads.
 */
final class Threads {

    /**
     * What it costs to start several threads and to wait for the last one: measured with threads that wait passively,
     * 38 microseconds for a primitive that one thread does in 4.
     */
    private static final double MEETING_NANOSECONDS = 40_000;

    /** Of one core in a nanosecond, roughly: what a wide convolution reaches, and what caches and memory give. */
    private static final double MULTIPLICATIONS = 50;
    private static final double BYTES = 20;

    /**
     * RTLD_LAZY alone. JNA's own choice would offer oneDNN's functions to all of the process, and the other engine, which
     * has an older oneDNN within itself, would then call these.
     */
    private static final int KEEP_TO_ITSELF = 1;

    /** All of a pass. */
    static final int ALL = Library.threads();

    private static final boolean ABLE = ALL > 1 && bind();

    private Threads() {
    }

    private static boolean bind() {
        try {
            Native.register(Threads.class, NativeLibrary.getInstance(Library.load(),
                    Map.of(com.sun.jna.Library.OPTION_OPEN_FLAGS, KEEP_TO_ITSELF)));
            return true;
        } catch (LinkageError | IllegalArgumentException outOfReach) {
            return false;
        }
    }

    /** OpenMP's own name. */
    private static native void omp_set_num_threads(int threads);

    /** Whether a primitive can have fewer threads than {@link #ALL}. */
    static boolean canBeFewer() {
        return ABLE;
    }

    /** From now on, loops that the calling thread starts have so many threads; nothing happens where it cannot be. */
    static void use(int threads) {
        if (ABLE) {
            omp_set_num_threads(threads);
        }
    }

    /** One, or all where a primitive cannot have fewer. */
    static int fewest() {
        return ABLE ? 1 : ALL;
    }

    /**
     * How many threads a primitive is worth: all, or only one where starting the others takes longer than what they
     * would take over. It follows from the question alone, never from a clock, so that the same question has the same
     * bits.
     *
     * @param multiplications that it does
     * @param bytes           that it reads and writes
     */
    static int worth(double multiplications, double bytes) {
        double alone = multiplications / MULTIPLICATIONS + bytes / BYTES;
        return ABLE && alone * (ALL - 1) / ALL < MEETING_NANOSECONDS ? 1 : ALL;
    }
}
