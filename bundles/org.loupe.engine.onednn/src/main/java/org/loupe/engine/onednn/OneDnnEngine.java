package org.loupe.engine.onednn;

import org.loupe.core.engine.Engine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;

/**
 * The fast engine for processors, on Intel's oneDNN.
 *
 * <p>How many threads one pass uses is decided by {@code OMP_NUM_THREADS} in the environment that the program is
 * started with; without it, by the number of processors. {@code OMP_WAIT_POLICY=passive} belongs there too: without
 * it, threads that wait burn the processor that others need.
 */
public final class OneDnnEngine implements Engine {

    /** What {@link #name} returns. */
    public static final String NAME = "onednn";

    @Override
    public String name() {
        return NAME;
    }

    /** Such as {@code oneDNN 3.11.0, avx512_core_bf16, 2 threads}. */
    @Override
    public String description() {
        return Library.describe();
    }

    @Override
    public Session open(Network network) {
        Library.load();
        return new OneDnnSession(network, this);
    }
}
