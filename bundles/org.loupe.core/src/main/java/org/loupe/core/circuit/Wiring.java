package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Largest;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Window;

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

    private Wiring(Network network, Stations stations) {
        this.network = network;
        this.stations = stations;
        Shape input = network.input().shape();
        this.shapes = network.shapes(input.rows(), input.columns());
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
        Found found = new Wiring(folded, only).found(unit, remarks);
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

    private Found found(Unit unit, Set<String> remarks) {
        Layer layer = network.require(unit);
        Unit to = unit.at(Unit.EVERYWHERE);
        Map<String, List<Filter>> reading = new LinkedHashMap<>();
        reading.put(layer.before(), List.of(Filter.one(shapes.get(layer.before()).channels(), unit.channel())));
        Found found = new Found();
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
                    down(operation, filter, reading, remarks);
                }
            }
        }
        reading.getOrDefault(Network.INPUT, List.of()).forEach(filter -> found.add(filter, Network.INPUT, to));
        return found;
    }

    /** Connections that are found, those between the same units along several ways as one. */
    private static final class Found {
        private final Map<Key, Filter> kernels = new LinkedHashMap<>();

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
                kernels.merge(new Key(from, to, filter.pooling(), filter.rowStep(), filter.columnStep()),
                        Steps.slice(filter, channel, 1), Filter::plus);
            }
        }

        List<Connection> connections() {
            List<Connection> found = new ArrayList<>();
            kernels.forEach((key, filter) -> found.add(connection(key, filter)));
            return found;
        }

        private static Connection connection(Key key, Filter filter) {
            return new Connection(key.from, key.to, filter.kernel(0), key.pooling);
        }

        Map<Connection, Expanded.Step> steps() {
            Map<Connection, Expanded.Step> steps = new HashMap<>();
            kernels.forEach((key, filter) -> steps.put(connection(key, filter), new Expanded.Step(key.rowStep, key.columnStep)));
            return steps;
        }
    }

    private void down(Operation operation, Filter filter, Map<String, List<Filter>> reading, Set<String> remarks) {
        remark(operation, remarks);
        String first = operation.inputs().get(0);
        Shape input = shapes.get(first);
        if (operation instanceof Convolution convolution) {
            put(reading, first, Steps.down(filter, convolution, input.channels()));
        } else if (operation instanceof Dense dense) {
            put(reading, first, Steps.down(filter, dense, input));
        } else if (operation instanceof Flatten) {
            put(reading, first, new Filter(input.channels(), input.rows(), input.columns(), 1, 1, 0, 0, filter.values(),
                    filter.pooling()));
        } else if (isPooling(operation)) {
            put(reading, first, isLowest(operation) ? filter.pooled(pooling(operation))
                    : Steps.down(filter, mean(operation, input), input.channels()));
        } else if (operation instanceof Concatenation) {
            int from = 0;
            for (String read : operation.inputs()) {
                Filter part = Steps.slice(filter, from, shapes.get(read).channels());
                from += part.channels();
                if (Arrays.stream(part.values()).anyMatch(value -> value != 0)) {
                    put(reading, read, part);
                }
            }
        } else if (adds(operation)) {
            put(reading, first, filter);
            operation.inputs().subList(1, operation.inputs().size())
                    .forEach(read -> put(reading, read, signed(operation, filter)));
        } else if (operation instanceof Selection selection) {
            double[] values = new double[input.channels() * filter.area()];
            for (int i = 0; i < filter.values().length; i++) {
                values[selection.channels().get(i / filter.area()) * filter.area() + i % filter.area()] += filter.values()[i];
            }
            put(reading, first, filter.with(input.channels(), values));
        } else if (operation instanceof Padding padding) {
            put(reading, first, new Filter(filter.channels(), filter.rows(), filter.columns(), filter.rowStep(),
                    filter.columnStep(), filter.top() - padding.top(), filter.left() - padding.left(), filter.values(),
                    filter.pooling()));
        } else if (scale(operation) != null) {
            put(reading, first, Steps.scaled(filter, scale(operation)));
        } else if (passes(operation)) {
            put(reading, first, filter);
        }
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
        Found found = new Found();
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
        remark(operation, remarks);
        Map<String, List<Filter>> sums = new LinkedHashMap<>();
        int channels = shapes.get(operation.name()).channels();
        int from = 0;
        for (int i = 0; i < operation.inputs().size(); i++) {
            String name = operation.inputs().get(i);
            Shape input = shapes.get(name);
            for (Filter below : read.getOrDefault(name, List.of())) {
                Filter above = above(operation, below, input, channels, from, i);
                if (above != null) {
                    put(sums, "", above);
                }
            }
            from += input.channels();
        }
        return sums.getOrDefault("", List.of());
    }

    /** What a filter becomes above an operation, or {@code null} where it ends. */
    private Filter above(Operation operation, Filter below, Shape input, int channels, int from, int index) {
        if (operation instanceof Convolution convolution) {
            return Steps.up(below, convolution, channels);
        }
        if (operation instanceof Dense dense) {
            return Steps.up(below, dense, input, channels);
        }
        if (operation instanceof Flatten) {
            return flattened(below, input);
        }
        if (isPooling(operation)) {
            return isLowest(operation) ? below.pooled(pooling(operation))
                    : Steps.up(below, mean(operation, input), channels);
        }
        if (operation instanceof Concatenation) {
            double[] values = new double[channels * below.area()];
            System.arraycopy(below.values(), 0, values, from * below.area(), below.values().length);
            return below.with(channels, values);
        }
        if (adds(operation)) {
            return index == 0 ? below : signed(operation, below);
        }
        if (operation instanceof Selection selection) {
            double[] values = new double[channels * below.area()];
            for (int channel = 0; channel < channels; channel++) {
                System.arraycopy(below.values(), selection.channels().get(channel) * below.area(), values,
                        channel * below.area(), below.area());
            }
            return below.with(channels, values);
        }
        if (operation instanceof Padding padding) {
            return new Filter(below.channels(), below.rows(), below.columns(), below.rowStep(), below.columnStep(),
                    below.top() - padding.top() * below.rowStep(), below.left() - padding.left() * below.columnStep(),
                    below.values(), below.pooling());
        }
        if (scale(operation) != null) {
            return Steps.scaled(below, scale(operation));
        }
        return passes(operation) ? below : null;
    }

    /** Each value of a map as a channel of its own, over the whole map. */
    private static Filter flattened(Filter below, Shape input) {
        if (below.area() != 1 || below.rowStep() != 1 || below.columnStep() != 1) {
            return null;
        }
        double[] values = new double[(int) input.size() * input.area()];
        for (int channel = 0; channel < input.channels(); channel++) {
            for (int at = 0; at < input.area(); at++) {
                values[(channel * input.area() + at) * input.area() + at] = below.values()[channel];
            }
        }
        return new Filter((int) input.size(), input.rows(), input.columns(), 1, 1, 0, 0, values, below.pooling());
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

    private boolean adds(Operation operation) {
        Shape shape = shapes.get(operation.name());
        return operation instanceof Addition || operation instanceof Arithmetic two
                && (two.sign() == Sign.PLUS || two.sign() == Sign.MINUS)
                && shape.equals(shapes.get(two.left())) && shape.equals(shapes.get(two.right()));
    }

    private static Filter signed(Operation operation, Filter filter) {
        boolean minus = operation instanceof Arithmetic two && two.sign() == Sign.MINUS;
        float[] factors = new float[filter.channels()];
        Arrays.fill(factors, minus ? -1 : 1);
        return minus ? Steps.scaled(filter, factors) : filter;
    }

    private static boolean isPooling(Operation operation) {
        return operation instanceof MaxPool || operation instanceof AveragePool || operation instanceof GlobalAverage;
    }

    /** Whether nothing lies between a pooling and a layer below it, or the picture. */
    private boolean isLowest(Operation pooling) {
        String below = pooling.inputs().get(0);
        while (stations.output(below) == null && !below.equals(Network.INPUT)) {
            Operation operation = network.operation(below).orElseThrow();
            if (!passes(operation)) {
                return false;
            }
            below = operation.inputs().get(0);
        }
        return true;
    }

    private static Window window(Operation operation, Shape input) {
        return operation instanceof MaxPool pool ? pool.window() : operation instanceof AveragePool pool ? pool.window()
                : new Window(input.rows(), input.columns(), 1, 1, 0, 0, 0, 0, 1, 1);
    }

    private static Convolution mean(Operation operation, Shape input) {
        return Steps.mean(operation.name(), operation.inputs().get(0), window(operation, input), input.channels());
    }

    private String pooling(Operation operation) {
        return operation instanceof GlobalAverage ? "mean over the map" : (operation instanceof MaxPool ? "maximum" : "mean")
                + " over " + window(operation, shapes.get(operation.inputs().get(0)));
    }

    /** What each channel is multiplied by, or {@code null} where it is not just that. */
    private static float[] scale(Operation operation) {
        if (operation instanceof LayerNormalization normalization) {
            return normalization.scale().values();
        }
        if (!(operation instanceof BatchNormalization normalization)) {
            return null;
        }
        float[] factors = normalization.scale().values().clone();
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (float) (factors[i] / Math.sqrt((double) normalization.variance().values()[i]
                    + normalization.epsilon()));
        }
        return factors;
    }

    private static boolean passes(Operation operation) {
        return operation instanceof Relu || operation instanceof Activation || operation instanceof Softmax
                || operation instanceof Largest
                || operation instanceof LocalResponseNormalization;
    }

    private void remark(Operation operation, Set<String> remarks) {
        if ((operation instanceof Convolution || operation instanceof Dense)
                && isNonlinear(operation.inputs().get(0))) {
            remarks.add("A nonlinearity inside the block is left out: weights through it are what a unit could do, not what"
                    + " it does.");
        } else if (operation instanceof LocalResponseNormalization || operation instanceof LayerNormalization) {
            remarks.add("A normalization that depends on the picture is left out: weights through it are known but for a"
                    + " factor.");
        } else if (isPooling(operation) && !isLowest(operation)) {
            remarks.add("A pooling between weights counts as the mean over its window.");
        } else if (!(operation instanceof Convolution || operation instanceof Dense || isPooling(operation)
                || operation instanceof Concatenation || adds(operation) || operation instanceof Selection
                || operation instanceof Padding || operation instanceof BatchNormalization || operation instanceof Flatten
                || passes(operation))) {
            remarks.add("What goes through " + operation.name() + " is not followed: it is no sum of weights times inputs.");
        }
    }

    /** Whether a nonlinearity lies between an output and the layers below it. */
    private boolean isNonlinear(String output) {
        Operation operation = network.operation(output).orElse(null);
        if (operation == null || stations.output(output) != null || operation instanceof Convolution
                || operation instanceof Dense) {
            return false;
        }
        return operation instanceof Relu || operation instanceof Activation || operation instanceof Largest
                || operation.inputs().stream().anyMatch(this::isNonlinear);
    }
}
