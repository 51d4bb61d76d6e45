package org.loupe.ui.circuits;

import org.loupe.core.circuit.graph.CircuitGraph;
import org.loupe.core.network.Network;

/**
 * A circuit of the study.
 *
 * @param name what a person calls it, unique among the network's circuits
 */
public record Drawn(Network network, String name, CircuitGraph graph) {

    /** The same circuit in another state. */
    public Drawn with(CircuitGraph other) {
        return new Drawn(network, name, other);
    }

    /** Whether another is a state of the same circuit. */
    public boolean isStateOf(Drawn other) {
        return other != null && network == other.network && name.equals(other.name);
    }
}
