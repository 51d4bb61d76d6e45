package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.Unit;
import org.loupe.core.network.Folding;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Shape;

/**
 * Which units a unit reads, and which read it, with the weights between them.
 *
 * <p>Batch normalizations are folded into the weights. Connections are those between layers that people look at: 1x1
 * bottlenecks and whatever else lies inside of a block is multiplied through, as if its nonlinearities let everything pass
 * (the “expanded weights” of Voss and others 2021). A pooling right above a layer stays what it is, so that a kernel between
 * two layers is the network's own; elsewhere a pooling counts as the mean. Immutable; may be used from several threads.
 */
public final class Wiring {

    private final Network network;
    private final Stations stations;
    private final Map<String, Shape> shapes;
    private final Passage passage;

    private Wiring(Network network, Stations stations) {
        this.network = network;
        this.stations = stations;
        Shape input = network.input().shape();
        this.shapes = network.shapes(input.rows(), input.columns());
        this.passage = new Passage(network, stations, shapes);
    }

    /** The wiring of a network; copies its weights where there are normalizations to fold. */
    public static Wiring of(Network network) {
        Network folded = Folding.fold(network);
        return new Wiring(folded, new Stations(folded));
    }

    /**
     * How a unit would read a layer several layers down if every nonlinearity between them let everything pass: the exact
     * composition of the weights (the “expanded weights” of Voss and others 2021). A pooling right above the layer stays what it
     * is, others count as the mean. What reaches the unit past the layer is left out.
     *
     * @throws org.loupe.core.network.NetworkException when there is no such unit or layer
     */
    public static Expanded expanded(Network network, Unit unit, String layer) {
        Network folded = Folding.fold(network);
        Stations only = new Stations(folded.layer(layer));
        Set<String> remarks = new LinkedHashSet<>();
        FoundConnections found = new Wiring(folded, only).found(unit, remarks);
        Connections net = through(new Connections(found.connections(), List.copyOf(remarks)), layer);
        if (net.all().isEmpty()) {
            throw new NetworkException(unit + " of " + network + " does not read " + layer + ". Choose a layer below it.");
        }
        Connections sizes = through(new Wiring(AbsoluteWeights.of(folded), only).inputs(unit), layer);
        return new Expanded(net, sizes, found.steps());
    }

    private static Connections through(Connections all, String layer) {
        return new Connections(all.all().stream().filter(one -> one.from().layer().equals(layer)).toList(), all.remarks());
    }

    /**
     * Weights over several layers.
     *
     * @param net   the sum over all ways of the product of their weights
     * @param sizes the same of the weights' sizes: what there would be if no way worked against another
     * @param steps for each connection, how many positions further its kernel lies for the next position of the unit
     */
    public record Expanded(Connections net, Connections sizes, Map<Connection, Step> steps) {

        /** From one position to the next, in positions of what is read. */
        public record Step(int rows, int columns) {
        }

        public Expanded {
            steps = Map.copyOf(steps);
        }

        /**
         * How much of the ways to a unit is left after they have worked against each other: from 0, where they cancel and the
         * linear story says nothing, to 1.
         */
        public double left(Connection connection) {
            double size = sizes.all().stream().filter(one -> one.from().equals(connection.from())
                    && one.pooling().equals(connection.pooling())).mapToDouble(Connection::strength).findFirst().orElse(0);
            return size == 0 ? 0 : connection.strength() / size;
        }
    }

    /**
     * What a unit is built from: all channels that it reads, of layers below and, at the bottom, of the picture, which
     * counts as a layer of the name {@code input}.
     *
     * @param unit a unit, of which the whole channel is meant
     * @throws org.loupe.core.network.NetworkException when there is no such unit
     */
    public Connections inputs(Unit unit) {
        Set<String> remarks = new LinkedHashSet<>();
        return new Connections(found(unit, remarks).connections(), List.copyOf(remarks));
    }

    private FoundConnections found(Unit unit, Set<String> remarks) {
        Layer layer = network.require(unit);
        Unit to = unit.at(Unit.EVERYWHERE);
        Map<String, List<Filter>> reading = new LinkedHashMap<>();
        reading.put(layer.before(), List.of(Filter.one(shapes.get(layer.before()).channels(), unit.channel())));
        FoundConnections found = new FoundConnections();
        List<Operation> operations = network.operations();
        for (int i = operations.size() - 1; i >= 0; i--) {
            Operation operation = operations.get(i);
            List<Filter> filters = reading.remove(operation.name());
            if (filters == null) {
                continue;
            }
            Layer below = operation.name().equals(layer.before()) ? null : stations.output(operation.name());
            for (Filter filter : filters) {
                if (below != null) {
                    found.add(filter, below.name(), to);
                } else {
                    passage.remark(operation).ifPresent(remarks::add);
                    passage.down(operation, filter, (read, part) -> put(reading, read, part));
                }
            }
        }
        reading.getOrDefault(Network.INPUT, List.of()).forEach(filter -> found.add(filter, Network.INPUT, to));
        return found;
    }

    /**
     * What a unit is used by: all channels that read it, of layers above.
     *
     * @param unit a unit, of which the whole channel is meant
     * @throws org.loupe.core.network.NetworkException when there is no such unit
     */
    public Connections outputs(Unit unit) {
        Layer layer = network.require(unit);
        Unit from = unit.at(Unit.EVERYWHERE);
        Map<String, List<Filter>> read = new LinkedHashMap<>();
        read.put(layer.output(), List.of(Filter.one(shapes.get(layer.output()).channels(), unit.channel())));
        Set<String> remarks = new LinkedHashSet<>();
        FoundConnections found = new FoundConnections();
        boolean isAbove = false;
        for (Operation operation : network.operations()) {
            if (isAbove && operation.inputs().stream().anyMatch(read::containsKey)) {
                List<Filter> filters = up(operation, read, remarks);
                Layer above = stations.before(operation.name());
                if (above != null) {
                    filters.forEach(filter -> found.add(filter, from, above.name()));
                }
                if (stations.output(operation.name()) == null) {
                    filters.forEach(filter -> put(read, operation.name(), filter));
                }
            }
            isAbove |= operation.name().equals(layer.output());
        }
        return new Connections(found.connections(), List.copyOf(remarks));
    }

    private List<Filter> up(Operation operation, Map<String, List<Filter>> read, Set<String> remarks) {
        passage.remark(operation).ifPresent(remarks::add);
        Map<String, List<Filter>> sums = new LinkedHashMap<>();
        int channels = shapes.get(operation.name()).channels();
        int from = 0;
        for (int i = 0; i < operation.inputs().size(); i++) {
            String name = operation.inputs().get(i);
            Shape input = shapes.get(name);
            for (Filter below : read.getOrDefault(name, List.of())) {
                Filter above = passage.up(operation, below, input, channels, from, i);
                if (above != null) {
                    put(sums, "", above);
                }
            }
            from += input.channels();
        }
        return sums.getOrDefault("", List.of());
    }

    private static void put(Map<String, List<Filter>> map, String name, Filter filter) {
        List<Filter> known = map.computeIfAbsent(name, key -> new ArrayList<>());
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).fits(filter)) {
                known.set(i, known.get(i).plus(filter));
                return;
            }
        }
        known.add(filter);
    }
}
