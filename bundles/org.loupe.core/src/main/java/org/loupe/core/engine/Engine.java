package org.loupe.core.engine;

import org.loupe.core.network.Network;

/** Runs networks. An engine has no state of its own and may be asked from several threads. */
public interface Engine {

    /** Short name for recipes and the command line, such as {@code onednn}. */
    String name();

    /** Version, instruction set and threads, for recipes: what may change the last bits of a result. */
    String description();

    /**
     * Makes a network ready to run. The session owns native memory and is closed by whoever opened it.
     *
     * @throws EngineException when this machine cannot run the engine, or the engine cannot run the network; the
     *                         message names every operation that it cannot run
     */
    Session open(Network network);
}
