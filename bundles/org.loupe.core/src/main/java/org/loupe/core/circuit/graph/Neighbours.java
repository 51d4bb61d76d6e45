package org.loupe.core.circuit.graph;

import java.util.Map;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Chances;
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

    /**
     * The chance that luck makes the kernels that a unit reads, see {@link Chances.Chance#luck}, by the lower unit; of several
     * kernels between two units, that of the strongest.
     *
     * @throws org.loupe.core.network.NetworkException when there is no such unit
     */
    Map<Unit, Double> chances(Unit unit);

    /** How deep a layer lies in the network: 0 is the picture. */
    int depth(String layer);
}
