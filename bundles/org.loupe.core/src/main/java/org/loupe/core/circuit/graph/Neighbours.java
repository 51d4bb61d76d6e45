package org.loupe.core.circuit.graph;

import org.loupe.core.Unit;
import org.loupe.core.circuit.Connections;

/** What a graph can grow by. */
public interface Neighbours {

    /**
     * What a unit reads, the strongest first.
     *
     * @throws org.loupe.core.network.NetworkException when there is no such unit
     */
    Connections inputs(Unit unit);

    /**
     * What reads a unit, the strongest first.
     *
     * @throws org.loupe.core.network.NetworkException when there is no such unit
     */
    Connections outputs(Unit unit);

    /** How deep a layer lies in the network: 0 is the picture. */
    int depth(String layer);
}
