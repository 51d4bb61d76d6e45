package org.loupe.core.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.loupe.core.Unit;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Edited;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.TransposedConvolution;

/**
 * A trained image network: operations in an order in which they can run, and the layers that people speak of.
 * Immutable; says nothing about how it is run.
 */
public final class Network {

    /** Name by which operations read the network's input. */
    public static final String INPUT = "input";

    /** Letters, so that a network file can hold each text. */
    private static final int LONGEST = 20_000;

    private final String name;
    private final String about;
    private final Input input;
    private final List<Operation> operations;
    private final List<Layer> layers;
    private final List<String> classes;
    private final Map<String, Operation> byName = new HashMap<>();
    private final Map<String, Layer> layerByName = new LinkedHashMap<>();
    private final Map<String, Shape> shapes;
    private volatile String hash;

    /**
     * Makes a network and checks that it is whole.
     *
     * @param name       what the network is called
     * @param about      where it comes from and what a person must know before trusting it
     * @param operations each after those that it reads
     * @param layers     in the order in which a person reads them, from the picture upwards
     * @param classes    names of the channels of the last operation, or an empty list where they have none
     * @throws NetworkException when an operation reads what is not there, or shapes do not fit
     */
    public Network(String name, String about, Input input, List<Operation> operations, List<Layer> layers,
            List<String> classes) {
        this.name = name;
        this.about = about;
        this.input = input;
        this.operations = List.copyOf(operations);
        this.layers = List.copyOf(layers);
        this.classes = List.copyOf(classes);
        requireShort(this.operations.stream().map(Operation::name));
        requireShort(this.layers.stream().flatMap(layer -> Stream.of(layer.name(), layer.about())));
        requireShort(Stream.concat(Stream.of(name, about), this.classes.stream()));
        if (this.operations.isEmpty()) {
            throw new NetworkException("The network " + name + " has no operations");
        }
        for (Operation operation : this.operations) {
            if (operation instanceof Edited) {
                throw new NetworkException("The network " + name + " cannot hold the edit " + operation.name()
                        + "; edits belong to a pass");
            }
            if (operation.name().equals(INPUT) || byName.put(operation.name(), operation) != null) {
                throw new NetworkException("Two operations of " + name + " are called " + operation.name());
            }
        }
        this.shapes = Shapes.of(this, input.shape().rows(), input.shape().columns());
        for (Layer layer : this.layers) {
            if (!shapes.containsKey(layer.output()) || !shapes.containsKey(layer.before())) {
                throw new NetworkException("The layer " + layer.name() + " of " + name + " shows "
                        + layer.output() + ", which the network does not compute");
            }
            if (layerByName.put(layer.name(), layer) != null) {
                throw new NetworkException("Two layers of " + name + " are called " + layer.name());
            }
        }
    }

    private static void requireShort(Stream<String> texts) {
        texts.filter(text -> text.length() > LONGEST).findAny().ifPresent(text -> {
            throw new NetworkException("No text of a network has " + text.length() + " letters; this one begins “"
                    + text.substring(0, 40) + "”");
        });
    }

    /** What the network is called. */
    public String name() {
        return name;
    }

    /** Where the network comes from and what a person must know before trusting it. */
    public String about() {
        return about;
    }

    /** What the network wants to be shown. */
    public Input input() {
        return input;
    }

    /** All operations, each after those that it reads. */
    public List<Operation> operations() {
        return operations;
    }

    /** The layers that people speak of, from the picture upwards. */
    public List<Layer> layers() {
        return layers;
    }

    /** Names of the channels of the last operation; empty where they have none. */
    public List<String> classes() {
        return classes;
    }

    /** The operation of the given name; nothing for {@link #INPUT}. */
    public Optional<Operation> operation(String operation) {
        return Optional.ofNullable(byName.get(operation));
    }

    /**
     * The layer of the given name.
     *
     * @throws NetworkException naming the nearest layer when there is none of that name
     */
    public Layer layer(String layer) {
        Layer found = layerByName.get(layer);
        if (found == null) {
            throw new NetworkException("No layer " + layer + " in " + name + ". "
                    + Spelling.suggestion(layer, layerByName.keySet()));
        }
        return found;
    }

    /** The shape of a layer's activations for pictures of the network's own size. */
    public Shape shape(Layer layer) {
        return shapes.get(layer.output());
    }

    /** Name of the operation whose output a tap reads. */
    public String source(Tap tap) {
        Layer layer = layer(tap.layer());
        return tap.beforeActivation() ? layer.before() : layer.output();
    }

    /**
     * Checks that a unit is there.
     *
     * @return the layer that it belongs to
     * @throws NetworkException saying what there is instead
     */
    public Layer require(Unit unit) {
        Layer layer = layer(unit.layer());
        Shape shape = shape(layer);
        if (unit.channel() >= shape.channels()) {
            throw new NetworkException("No unit " + unit + " in " + name + ": " + layer.name() + " has the channels 0 to "
                    + (shape.channels() - 1) + ".");
        }
        unit.position(shape.rows(), shape.columns()).ifPresent(position -> {
            if (position.row() >= shape.rows() || position.column() >= shape.columns()) {
                throw new NetworkException("No unit " + unit + " in " + name + ": the map of " + layer.name() + " has "
                        + shape.rows() + " rows and " + shape.columns() + " columns.");
            }
        });
        return layer;
    }

    /**
     * The shapes of all outputs, by name, for pictures of the given size; {@link #INPUT} is among them.
     * Operations that only fit one size, such as a dense one, are left out with all that reads them when the
     * size is another.
     */
    public Map<String, Shape> shapes(int rows, int columns) {
        Shape own = input.shape();
        return rows == own.rows() && columns == own.columns() ? shapes : Shapes.of(this, rows, columns);
    }

    /** The operations that must run to know the given outputs, in the order in which they run. */
    public List<Operation> needed(Collection<String> outputs) {
        Set<String> wanted = new HashSet<>(outputs);
        List<Operation> found = new ArrayList<>();
        for (int i = operations.size() - 1; i >= 0; i--) {
            Operation operation = operations.get(i);
            if (wanted.contains(operation.name())) {
                wanted.addAll(operation.inputs());
                found.add(0, operation);
            }
        }
        return found;
    }

    /** Number of learned numbers of one operation. */
    public static long parameters(Operation operation) {
        if (operation instanceof Convolution convolution) {
            return convolution.weights().values().length + (long) convolution.bias().values().length;
        }
        if (operation instanceof TransposedConvolution transposed) {
            return transposed.weights().values().length + (long) transposed.bias().values().length;
        }
        if (operation instanceof Dense dense) {
            return dense.weights().values().length + (long) dense.bias().values().length;
        }
        if (operation instanceof LayerNormalization normalization) {
            return 2L * normalization.scale().values().length;
        }
        if (operation instanceof BatchNormalization normalization) {
            return 4L * normalization.scale().values().length;
        }
        return 0;
    }

    /** Number of learned numbers of the whole network. */
    public long parameters() {
        return operations.stream().mapToLong(Network::parameters).sum();
    }

    /** Number of learned numbers between the layers below and this one. */
    public long parameters(Layer layer) {
        return ownOperations(layer).stream().mapToLong(Network::parameters).sum();
    }

    /** Multiplications of one picture between the layers below and this one. */
    public long multiplications(Layer layer) {
        long sum = 0;
        for (Operation operation : ownOperations(layer)) {
            Shape out = shapes.get(operation.name());
            if (operation instanceof Convolution convolution) {
                sum += out.size() * (convolution.weights().values().length / out.channels());
            } else if (operation instanceof TransposedConvolution transposed) {
                Shape in = shapes.get(transposed.input());
                sum += in.size() * (transposed.weights().values().length / in.channels());
            } else if (operation instanceof Dense dense) {
                sum += dense.weights().values().length;
            }
        }
        return sum;
    }

    /** The operations that belong to a layer: what it needs that no lower layer shows. */
    public List<Operation> ownOperations(Layer layer) {
        Set<String> lower = new HashSet<>();
        for (Layer other : layers) {
            if (other == layer) {
                break;
            }
            lower.add(other.output());
            lower.add(other.before());
        }
        Set<String> wanted = new HashSet<>(Set.of(layer.output()));
        List<Operation> own = new ArrayList<>();
        for (int i = operations.size() - 1; i >= 0; i--) {
            Operation operation = operations.get(i);
            if (wanted.contains(operation.name()) && !lower.contains(operation.name())) {
                wanted.addAll(operation.inputs());
                own.add(0, operation);
            }
        }
        return own;
    }

    /** SHA-256 of everything that decides what the network computes, as hexadecimal digits. */
    public String hash() {
        String known = hash;
        if (known == null) {
            known = NetworkFile.hash(this);
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return name;
    }
}
