package org.loupe.formats.tensorflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Shape;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.arrays.Steps;
import org.loupe.formats.arrays.Tensor;
import org.loupe.formats.arrays.Unsupported;
import org.loupe.formats.arrays.Value;
import org.loupe.formats.graph.Assembly;

/** Turns the nodes of a graph into operations. What depends on constants alone is computed, and not there any more. */
final class Translation {

    private static final Set<String> SILENT = Set.of("Const", "Placeholder", "PlaceholderWithDefault", "Identity", "NoOp");

    private static final Set<String> FILES = Set.of("DecodeJpeg", "DecodePng", "DecodeImage", "DecodeBmp");

    private final Graph graph;
    private final Assembly assembly;
    private final ConstantFolding folding;
    private final Translator translator;
    private final Map<String, Tensor> constants = new HashMap<>();
    private final Map<String, Value> values = new HashMap<>();
    private final Set<String> dead = new HashSet<>();
    private final Map<String, Integer> depths = new HashMap<>();
    private final List<String> remarks = new ArrayList<>();

    /**
     * @param input what the network sees
     * @param node  the node that is the network's input
     */
    Translation(Graph graph, Assembly assembly, Budget budget, Shape input, Node node) {
        this.graph = graph;
        this.assembly = assembly;
        this.folding = new ConstantFolding(budget);
        boolean channelsLast = !isChannelsFirst(graph);
        Value pictures = Value.map(Network.INPUT, input, channelsLast);
        values.put(node.name(), readsFile(node) ? pictures.without(0) : pictures);
        this.translator = new Translator(this, new Steps(assembly, budget, scope(graph)), budget);
    }

    /** Whether a node makes an array of the bytes of a picture file; it has no dimension for several pictures. */
    static boolean readsFile(Node node) {
        return FILES.contains(node.operation());
    }

    static boolean isChannelsFirst(Graph graph) {
        return graph.ordered().stream().filter(node -> node.operation().equals("Conv2D")).findFirst()
                .filter(node -> !node.channelsLast()).isPresent();
    }

    /** How the names of all nodes that compute something begin, up to a slash. */
    private static String scope(Graph graph) {
        List<String> names = graph.ordered().stream().filter(node -> !SILENT.contains(node.operation())).map(Node::name).toList();
        String scope = names.isEmpty() ? "" : names.get(0);
        for (String name : names) {
            while (!name.startsWith(scope)) {
                scope = scope.substring(0, scope.length() - 1);
            }
        }
        return scope.substring(0, scope.lastIndexOf('/') + 1);
    }

    /** Goes through all nodes. */
    void run() {
        List<Node> rest = new ArrayList<>();
        for (Node node : graph.ordered()) {
            if (node.operation().equals("Const")) {
                Tensor tensor = node.attribute("value").tensor();
                if (tensor != null) {
                    constants.put(node.name(), tensor);
                }
            } else if (!node.reads().isEmpty() && node.reads().stream().allMatch(constants::containsKey)) {
                fold(node, rest);
            } else {
                rest.add(node);
            }
        }
        for (Node node : rest) {
            if (!values.containsKey(node.name()) && !node.operation().equals("NoOp")) {
                translate(node);
            }
        }
    }

    private void fold(Node node, List<Node> rest) {
        Tensor folded = folding.folded(node, node.reads().stream().map(constants::get).toList());
        if (folded == null) {
            rest.add(node);
        } else {
            constants.put(node.name(), folded);
        }
    }

    private void translate(Node node) {
        List<String> reads = node.reads();
        int depth = reads.stream().mapToInt(read -> depths.getOrDefault(Node.node(read), 0)).max().orElse(0);
        depths.put(node.name(), depth + 1);
        try {
            if (node.operation().equals("Switch") || node.operation().equals("Merge")) {
                route(node, reads);
            } else if (reads.stream().anyMatch(dead::contains)) {
                dead.add(node.name());
            } else if (reads.stream().anyMatch(assembly::isMissing)) {
                assembly.lost(outputs(reads), List.of(node.name()));
            } else if (node.operation().equals("Placeholder") || node.operation().equals("PlaceholderWithDefault")) {
                placeholder(node);
            } else if (!reads.isEmpty() && reads.stream().allMatch(constants::containsKey)) {
                Tensor folded = folding.folded(node, reads.stream().map(constants::get).toList());
                if (folded == null) {
                    throw new Unsupported(node.operation());
                }
                constants.put(node.name(), folded);
            } else {
                translator.translate(node, reads);
            }
        } catch (Unsupported unsupported) {
            String kind = unsupported.getMessage();
            assembly.unsupported(kind.equals(node.operation()) ? kind : node.operation() + " (" + kind + ")", node.name(),
                    outputs(reads), List.of(node.name()));
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException broken) {
            throw new NetworkException("Its node " + node.name() + " (" + node.operation() + ") makes no sense: "
                    + broken.getMessage());
        }
    }

    private List<String> outputs(List<String> reads) {
        return reads.stream().filter(values::containsKey).map(read -> values.get(read).output()).toList();
    }

    /** A placeholder that is no picture says whether the network is being trained; it is not. */
    private void placeholder(Node node) {
        if (node.reads().isEmpty() && node.number("dtype", 1) == 10) {
            constants.put(node.name(), Tensor.scalar(0));
            remarks.add("It asks whether it is being trained (" + node.name() + "); it is told that it is not.");
        } else if (node.reads().isEmpty()) {
            throw new Unsupported("a further Placeholder");
        } else {
            put(node.name(), value(node.reads().get(0)));
        }
    }

    /** A switch with a constant condition lets one of its outputs live; a merge takes what lives. */
    private void route(Node node, List<String> reads) {
        if (node.operation().equals("Merge")) {
            String living = reads.stream().filter(read -> !dead.contains(read)).findFirst().orElse(null);
            if (living == null) {
                dead.add(node.name());
            } else {
                alias(living, node.name());
            }
            return;
        }
        Tensor condition = constants.get(reads.get(1));
        if (condition == null) {
            throw new Unsupported("Switch with a condition that depends on the picture");
        }
        boolean holds = condition.only() != 0;
        dead.add(holds ? node.name() : node.name() + ":1");
        alias(reads.get(0), holds ? node.name() + ":1" : node.name());
    }

    /** Another name for an output. */
    void alias(String read, String name) {
        if (constants.containsKey(read)) {
            constants.put(name, constants.get(read));
        } else if (dead.contains(read)) {
            dead.add(name);
        } else if (assembly.isMissing(read)) {
            assembly.lost(List.of(), List.of(name));
        } else {
            put(name, value(read));
        }
    }

    Graph graph() {
        return graph;
    }

    /** The constant of the given name, or null. */
    Tensor constant(String read) {
        return constants.get(read);
    }

    boolean isConstant(String read) {
        return constants.containsKey(read);
    }

    /** @throws Unsupported when it is a constant */
    Value value(String read) {
        Value value = values.get(read);
        if (value == null) {
            throw new Unsupported(constants.containsKey(read) ? "a constant where the picture's values are expected"
                    : "an output that is not computed, " + read);
        }
        return value;
    }

    void put(String name, Value value) {
        values.put(name, value);
    }

    void put(String name, Tensor constant) {
        constants.put(name, constant);
    }

    /** What was guessed. */
    List<String> remarks() {
        return remarks;
    }

    /** Names of the operations that nothing reads, that at the end of the longest way first. */
    List<String> outputs() {
        Set<String> read = new HashSet<>();
        graph.ordered().forEach(node -> node.reads().forEach(name -> read.add(Node.node(name))));
        Stream<Node> leaves = graph.ordered().stream()
                .filter(node -> !read.contains(node.name()) && depths.containsKey(node.name()))
                .filter(node -> values.containsKey(node.name()) || assembly.isMissing(node.name()));
        List<Node> deepest = new ArrayList<>(leaves.toList());
        deepest.sort((one, other) -> depths.get(other.name()) - depths.get(one.name()));
        return deepest.stream().map(node -> values.containsKey(node.name()) ? values.get(node.name()).output() : node.name())
                .distinct().toList();
    }
}
