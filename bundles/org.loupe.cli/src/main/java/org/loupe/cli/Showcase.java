package org.loupe.cli;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;

/** The units that a report shows where a person names none. */
final class Showcase {

    private static final int MOST = 6;

    private Showcase() {
    }

    /** A channel from each of some layers between the picture and the answer. */
    static List<Unit> of(Network network) {
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
