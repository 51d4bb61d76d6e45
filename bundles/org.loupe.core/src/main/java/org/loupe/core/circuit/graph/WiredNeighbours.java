package org.loupe.core.circuit.graph;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Chances;
import org.loupe.core.circuit.Connections;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;

/** What a network's weights say, remembered for the units that were asked about last. May be used from several threads. */
public final class WiredNeighbours implements Neighbours {

    private static final int REMEMBERED = 256;

    private final Network network;
    private final Wiring wiring;
    private final List<String> layers;
    private final Map<Unit, Map<Unit, Double>> chances = remembered();
    private final Map<Unit, Connections> inputs = remembered();
    private final Map<Unit, Connections> outputs = remembered();

    /** Reads the weights of a network, which takes seconds for a large one. */
    public WiredNeighbours(Network network) {
        this.network = network;
        wiring = Wiring.of(network);
        layers = network.layers().stream().map(Layer::name).toList();
    }

    private static <T> Map<Unit, T> remembered() {
        return new LinkedHashMap<>(64, .75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Unit, T> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    @Override
    public Connections inputs(Unit unit) {
        if (unit.layer().equals(Network.INPUT)) {
            return new Connections(List.of(), List.of());
        }
        return ask(inputs, unit, wiring::inputs);
    }

    @Override
    public Connections outputs(Unit unit) {
        if (unit.layer().equals(Network.INPUT)) {
            return new Connections(List.of(), List.of());
        }
        return ask(outputs, unit, wiring::outputs);
    }

    private static <T> T ask(Map<Unit, T> known, Unit unit, Function<Unit, T> find) {
        synchronized (known) {
            T found = known.get(unit);
            if (found != null) {
                return found;
            }
        }
        T found = find.apply(unit);
        synchronized (known) {
            known.put(unit, found);
        }
        return found;
    }

    @Override
    public Map<Unit, Double> chances(Unit unit) {
        return unit.layer().equals(Network.INPUT) ? Map.of() : ask(chances, unit, this::judge);
    }

    private Map<Unit, Double> judge(Unit unit) {
        Connections read = inputs(unit);
        Chances found = Chances.of(network, wiring, unit, read, 0);
        Map<Unit, Double> byLower = new HashMap<>();
        read.all().forEach(connection -> byLower.putIfAbsent(connection.from(), found.of(connection).luck()));
        return Map.copyOf(byLower);
    }

    @Override
    public int depth(String layer) {
        return 1 + layers.indexOf(layer);
    }
}
