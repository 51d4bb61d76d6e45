package org.loupe.core.circuit.graph;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Connections;
import org.loupe.core.circuit.Kernel;

/** Layers a, b and c of eight channels upon a picture; channel i reads channel j with the weight (-1)^j / (1 + (i + j) mod 8). */
final class PlannedNeighbours implements Neighbours {

    static final int CHANNELS = 8;
    private static final List<String> LAYERS = List.of("input", "a", "b", "c");

    @Override
    public Connections inputs(Unit unit) {
        int depth = depth(unit.layer());
        return new Connections(depth == 0 ? List.of() : IntStream.range(0, CHANNELS)
                .mapToObj(channel -> connection(new Unit(LAYERS.get(depth - 1), channel), unit)).toList(), List.of());
    }

    @Override
    public Connections outputs(Unit unit) {
        int depth = depth(unit.layer());
        return new Connections(depth == LAYERS.size() - 1 ? List.of() : IntStream.range(0, CHANNELS)
                .mapToObj(channel -> connection(unit, new Unit(LAYERS.get(depth + 1), channel))).toList(), List.of());
    }

    private static Connection connection(Unit from, Unit to) {
        float weight = (from.channel() % 2 == 0 ? 1f : -1f) / (1 + (from.channel() + to.channel()) % CHANNELS);
        return new Connection(from, to, new Kernel(1, 1, 0, 0, new float[] {weight}), "");
    }

    @Override
    public Map<Unit, Double> chances(Unit unit) {
        return inputs(unit).all().stream().map(Connection::from).collect(Collectors.toMap(from -> from, PlannedNeighbours::chance));
    }

    static double chance(Unit from) {
        return from.channel() * .2;
    }

    @Override
    public int depth(String layer) {
        return LAYERS.indexOf(layer);
    }
}
