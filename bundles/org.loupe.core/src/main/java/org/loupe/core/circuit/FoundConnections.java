package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.Unit;

/** Connections that are found, those between the same units along several ways as one. */
final class FoundConnections {
    private final Map<Key, Filter> kernels = new LinkedHashMap<>();
    private final Map<Key, Double> shortcuts = new HashMap<>();

    private record Key(Unit from, Unit to, String pooling, int rowStep, int columnStep) {
    }

    /** How a unit reads the channels of a layer. */
    void add(Filter filter, String from, Unit to) {
        for (int channel = 0; channel < filter.channels(); channel++) {
            add(filter, channel, new Unit(from, channel), to);
        }
    }

    /** How the channels of a layer read a unit. */
    void add(Filter filter, Unit from, String to) {
        for (int channel = 0; channel < filter.channels(); channel++) {
            add(filter, channel, from, new Unit(to, channel));
        }
    }

    private void add(Filter filter, int channel, Unit from, Unit to) {
        if (!filter.isZero(channel)) {
            Key key = new Key(from, to, filter.pooling(), filter.rowStep(), filter.columnStep());
            kernels.merge(key, Steps.slice(filter, channel, 1), Filter::plus);
            if (filter.straight() && filter.top() == 0 && filter.left() == 0) {
                shortcuts.merge(key, filter.values()[channel], Double::sum);
            }
        }
    }

    List<Connection> connections() {
        List<Connection> found = new ArrayList<>();
        kernels.forEach((key, filter) -> found.add(connection(key, filter)));
        return found;
    }

    private Connection connection(Key key, Filter filter) {
        return new Connection(key.from, key.to, filter.kernel(shortcuts.getOrDefault(key, 0.0).floatValue()), key.pooling);
    }

    Map<Connection, Wiring.Expanded.Step> steps() {
        Map<Connection, Wiring.Expanded.Step> steps = new HashMap<>();
        kernels.forEach((key, filter) -> steps.put(connection(key, filter), new Wiring.Expanded.Step(key.rowStep, key.columnStep)));
        return steps;
    }
}
