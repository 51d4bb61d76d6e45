package org.loupe.ui.circuits;

import java.util.LinkedHashMap;
import java.util.Map;
import org.loupe.core.circuit.graph.Neighbours;
import org.loupe.core.circuit.graph.WiredNeighbours;
import org.loupe.core.network.Network;

/** What the weights of the networks say that were asked about last. May be used from several threads; the first to ask waits. */
final class NeighboursOfNetworks {

    private static final int NETWORKS = 2;

    private final Map<Network, Neighbours> known = new LinkedHashMap<>(4, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Network, Neighbours> eldest) {
            return size() > NETWORKS;
        }
    };

    /** Takes seconds for a large network that was not asked about before. */
    synchronized Neighbours of(Network network) {
        return known.computeIfAbsent(network, WiredNeighbours::new);
    }
}
