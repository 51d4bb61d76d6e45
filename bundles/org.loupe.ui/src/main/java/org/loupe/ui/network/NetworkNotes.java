package org.loupe.ui.network;

import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.structure.Blocks;

/** What a tree of networks asks again and again, found once for each network. For the user interface's thread. */
final class NetworkNotes {

    private final Map<Network, Blocks> blocks = new WeakHashMap<>();
    private final Map<Network, Costs> costs = new WeakHashMap<>();

    /**
     * What the layers of a network cost.
     *
     * @param parameters      by name of the layer
     * @param multiplications of one picture, by name of the layer
     * @param most            the largest of the multiplications, at least 1
     */
    record Costs(Map<String, Long> parameters, Map<String, Long> multiplications, long most) {

        private static Costs of(Network network) {
            Map<String, Long> parameters = new HashMap<>();
            Map<String, Long> multiplications = new HashMap<>();
            for (Layer layer : network.layers()) {
                parameters.put(layer.name(), network.parameters(layer));
                multiplications.put(layer.name(), network.multiplications(layer));
            }
            return new Costs(parameters, multiplications,
                    Math.max(1, multiplications.values().stream().mapToLong(Long::longValue).max().orElse(1)));
        }
    }

    Blocks blocks(Network network) {
        return blocks.computeIfAbsent(network, Blocks::of);
    }

    Costs costs(Network network) {
        return costs.computeIfAbsent(network, Costs::of);
    }
}
