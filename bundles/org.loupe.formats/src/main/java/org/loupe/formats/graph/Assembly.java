package org.loupe.formats.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Shapes;

/**
 * Collects the operations of a file's graph in the order in which they run, and makes a network of them that a person
 * can read. What cannot be run is collected, too, so that all of it is told at once, and the network goes on up to there.
 *
 * <p>Operations are named as the file names their outputs; people see the names that {@link LayerNames} makes of paths.
 */
public final class Assembly {

    private static final int MOST_NAMED = 8;
    private static final int MOST_OPERATIONS = 1 << 14;

    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Operation> byName = new HashMap<>();
    private final Map<String, String> paths = new HashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final Map<String, List<String>> unsupported = new TreeMap<>();
    private final Set<String> ends = new HashSet<>();

    /** @param input shape of what the network sees */
    public Assembly(Shape input) {
        shapes.put(Network.INPUT, input);
    }

    /**
     * Adds an operation.
     *
     * @param operation named as the file names its output; all that it reads has been added
     * @param path      where the file says that it is, from the outermost part to the innermost, separated by
     *                  {@code /} or {@code .}; may be the same as the name, or empty where the file does not say
     * @throws NetworkException when it does not fit to what it reads, or the name is taken
     */
    public void add(Operation operation, String path) {
        if (operations.size() == MOST_OPERATIONS) {
            throw new NetworkException("There are more than " + MOST_OPERATIONS + " operations");
        }
        Shape shape = Shapes.of(operation, operation.inputs().stream().map(this::shape).toList());
        if (shapes.putIfAbsent(operation.name(), shape) != null || missing.contains(operation.name())) {
            throw new NetworkException("Two operations are called " + operation.name());
        }
        operations.add(operation);
        byName.put(operation.name(), operation);
        paths.put(operation.name(), path);
    }

    /** The operation of the given name, or null. */
    public Operation operation(String name) {
        return byName.get(name);
    }

    /** Whether an output of this name has been added; the input counts. */
    public boolean has(String output) {
        return shapes.containsKey(output);
    }

    /**
     * The shape of an output that has been added.
     *
     * @throws NetworkException when there is none of that name
     */
    public Shape shape(String output) {
        Shape shape = shapes.get(output);
        if (shape == null) {
            throw new NetworkException("The output " + output + " is read, but nothing before computes it");
        }
        return shape;
    }

    /**
     * Notes an operation that cannot be run; the network ends at what it reads, as far as that has been added.
     *
     * @param kind    what the file calls this kind of operation, with what is special about it where that is the
     *                reason, such as {@code GridSample} or {@code Conv with 3 dimensions}
     * @param where   what the file calls this one
     * @param reads   names of what it reads
     * @param outputs names of what it would have computed
     */
    public void unsupported(String kind, String where, Collection<String> reads, Collection<String> outputs) {
        unsupported.computeIfAbsent(kind, any -> new ArrayList<>()).add(where);
        lost(reads, outputs);
    }

    /**
     * Notes outputs that are not there because they need others that are not.
     *
     * @param reads   names of what they need
     * @param outputs their names
     */
    public void lost(Collection<String> reads, Collection<String> outputs) {
        reads.stream().filter(byName::containsKey).forEach(ends::add);
        missing.addAll(outputs);
    }

    /** Whether an output is missing because it cannot be run, or needs what cannot. */
    public boolean isMissing(String output) {
        return missing.contains(output);
    }

    /** What cannot be run, all of it, as {@code 3 x GridSample at a, b, c, 1 x NonMaxSuppression at d}; empty if all can. */
    public String unsupported() {
        return unsupported.entrySet().stream().map(entry -> entry.getValue().size() + " x " + entry.getKey() + " at "
                + entry.getValue().stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (entry.getValue().size() > MOST_NAMED ? " and others" : "")).collect(Collectors.joining(", "));
    }

    /**
     * Makes the network of all that leads to its outputs, or to where it cannot go on.
     *
     * @param file    what to call the file in messages
     * @param outputs the file's outputs, the main one first
     * @param classes names of the main output's channels; left out where their number is another
     * @param remarks takes sentences about what was left out
     * @throws NetworkException when nothing that has learned anything can be run
     */
    public Network network(String file, String name, String about, Input input, List<String> outputs,
            List<String> classes, List<String> remarks) {
        Set<String> wanted = new HashSet<>(outputs.stream().filter(byName::containsKey).toList());
        if (wanted.size() < outputs.size()) {
            wanted.addAll(ends);
        }
        List<Operation> needed = needed(wanted);
        boolean learned = needed.stream().anyMatch(operation -> Network.parameters(operation) > 0);
        if (!learned) {
            throw new NetworkException(file + (unsupported.isEmpty() ? " holds no network with weights that Loupe could run."
                    : " cannot run: " + unsupported() + "."));
        }
        if (!outputs.isEmpty() && byName.containsKey(outputs.get(0)) && isLeaf(outputs.get(0), needed)) {
            Operation last = byName.get(outputs.get(0));
            needed.remove(last);
            needed.add(last);
        }
        LayerNames names = new LayerNames(needed, paths);
        List<Layer> layers = names.layers();
        String last = needed.get(needed.size() - 1).name();
        if (!unsupported.isEmpty()) {
            remarks.add("Cannot run: " + unsupported() + ". The network is open up to there; its last layer is "
                    + layers.get(layers.size() - 1).name() + ".");
        }
        List<Operation> all = new ArrayList<>(needed);
        names.additions().forEach((operation, after) -> all.add(all.indexOf(byName.get(after)) + 1, operation));
        boolean named = outputs.contains(last) && classes.size() == shapes.get(last).channels();
        return new Network(name, about, input, all, layers, named ? classes : List.of());
    }

    private static boolean isLeaf(String output, List<Operation> operations) {
        return operations.stream().noneMatch(operation -> operation.inputs().contains(output));
    }

    private List<Operation> needed(Set<String> outputs) {
        Set<String> wanted = new HashSet<>(outputs);
        Map<String, Operation> found = new LinkedHashMap<>();
        List<Operation> reversed = new ArrayList<>();
        for (int i = operations.size() - 1; i >= 0; i--) {
            Operation operation = operations.get(i);
            if (wanted.contains(operation.name()) && found.put(operation.name(), operation) == null) {
                wanted.addAll(operation.inputs());
                reversed.add(operation);
            }
        }
        List<Operation> ordered = new ArrayList<>(reversed.size());
        for (int i = reversed.size() - 1; i >= 0; i--) {
            ordered.add(reversed.get(i));
        }
        return ordered;
    }
}
