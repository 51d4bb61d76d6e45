package org.loupe.cli;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;

/** The units that a report shows where a person names none. */
final class Showcase {

    /** From edges over curves to wheels, eyes and answers: where the bundled network has them. */
    private static final List<String> BUNDLED = List.of("conv2:9", "mixed3a:47", "mixed3b:40", "mixed4a:58", "mixed4a:72",
            "mixed4a:42", "logits:1");

    private static final int MOST = 6;

    private Showcase() {
    }

    /** For the bundled network some that are worth it, for others a channel from each of some layers. */
    static List<Unit> of(Network network) {
        List<Unit> bundled = BUNDLED.stream().map(Unit::parse).toList();
        return bundled.stream().allMatch(unit -> has(network, unit)) ? bundled : fromAllDepths(network);
    }

    private static boolean has(Network network, Unit unit) {
        return network.layers().stream().anyMatch(layer -> layer.name().equals(unit.layer())
                && unit.channel() < network.shape(layer).channels());
    }

    private static List<Unit> fromAllDepths(Network network) {
        List<Layer> layers = network.layers();
        List<Unit> units = new ArrayList<>();
        int count = Math.min(MOST, layers.size());
        for (int i = 0; i < count; i++) {
            Layer layer = layers.get(count == 1 ? layers.size() - 1 : i * (layers.size() - 1) / (count - 1));
            units.add(new Unit(layer.name(), network.shape(layer).channels() / 2));
        }
        return units;
    }
}
