package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.graph.Assembly;
import org.loupe.formats.onnx.Call.Budget;
import org.loupe.formats.onnx.Model.Attribute;
import org.loupe.formats.onnx.Model.Graph;
import org.loupe.formats.onnx.Model.Node;
import org.loupe.formats.onnx.Model.Tensor;
import org.loupe.formats.onnx.Steps.Place;

/** Goes through the nodes of a graph in the order in which they can run, and knows what each name stands for. */
final class Converter {

    private static final long SPARE = 1 << 24;

    private final Model model;
    private final Tensors tensors;
    private final Map<String, Constant> initializers;
    private final Map<String, Value> values = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final Map<String, Integer> readers = new HashMap<>();
    private final Budget budget;
    private Assembly assembly;
    private Steps steps;

    Converter(Model model, Tensors tensors) {
        this.model = model;
        this.tensors = tensors;
        this.initializers = initializers(model.graph());
        this.budget = new Budget(SPARE + 4 * initializers.values().stream().mapToLong(Constant::count).sum());
    }

    private Map<String, Constant> initializers(Graph graph) {
        Map<String, Constant> found = new HashMap<>();
        for (Tensor tensor : graph.initializers()) {
            try {
                if (found.put(tensor.name(), tensors.constant(tensor)) != null) {
                    throw new NetworkException("two of its tensors are called " + tensor.name());
                }
            } catch (Unsupported type) {
                missing.add(tensor.name());
            }
        }
        missing.addAll(graph.sparse());
        return found;
    }

    /** Whether a name is a tensor that the file holds. */
    boolean holds(String name) {
        return initializers.containsKey(name) || missing.contains(name);
    }

    /** A tensor that the file holds, or null. */
    Constant tensor(String name) {
        return initializers.get(name);
    }

    /**
     * Adds all that the graph computes to an assembly.
     *
     * @param nodes each after those that it reads
     * @param input name of the graph's input
     * @param view  what it stands for
     */
    void convert(Assembly into, List<Node> nodes, String input, View view) {
        assembly = into;
        nodes.forEach(this::count);
        steps = new Steps(assembly, readers, budget);
        values.putAll(initializers);
        values.put(input, view);
        nodes.forEach(this::convert);
    }

    private void count(Node node) {
        node.inputs().forEach(name -> readers.merge(name, 1, Integer::sum));
        node.attributes().values().stream().filter(attribute -> attribute.graph() != null).forEach(attribute -> {
            attribute.graph().nodes().forEach(this::count);
            attribute.graph().outputs().forEach(port -> readers.merge(port.name(), 1, Integer::sum));
        });
    }

    /** What a name of the file stands for, or null where Loupe cannot compute it. */
    Value value(String name) {
        return values.get(name);
    }

    /** The name of the operation that makes an output of the graph, or the name itself where there is none. */
    String operation(String output) {
        Value value = values.get(output);
        if (value instanceof Pending pending) {
            assembly.unsupported(pending.kind(), output, List.of(pending.from().operation()), List.of(output));
        }
        return value instanceof View view && !view.operation().equals(Network.INPUT) ? view.operation() : output;
    }

    private void convert(Node node) {
        List<Value> inputs = new ArrayList<>();
        boolean lost = false;
        for (String name : node.inputs()) {
            if (!name.isEmpty() && !values.containsKey(name) && !missing.contains(name)) {
                throw new NetworkException("its node " + node.where() + " reads " + name + ", which nothing in the file makes");
            }
            lost |= missing.contains(name);
            inputs.add(values.get(name));
        }
        if (lost) {
            lose(node);
            if (Operations.isKnown(node)) {
                assembly.lost(sources(inputs), node.outputs());
            } else {
                assembly.unsupported(node.kind(), node.where(), sources(inputs), node.outputs());
            }
            return;
        }
        try {
            List<Value> made = made(node, inputs);
            for (int i = 0; i < node.outputs().size(); i++) {
                String output = node.outputs().get(i);
                if (output.isEmpty()) {
                    continue;
                }
                if (i >= made.size() || made.get(i) == null) {
                    missing.add(output);
                } else if (values.put(output, made.get(i)) != null) {
                    throw new NetworkException("two of its nodes make " + output);
                }
            }
        } catch (Unsupported unsupported) {
            lose(node);
            assembly.unsupported(unsupported.getMessage(), node.where(), sources(inputs), node.outputs());
        } catch (NetworkException wrong) {
            throw new NetworkException("its node " + node.where() + " (" + node.kind() + ") cannot be: " + wrong.getMessage());
        } catch (ArithmeticException | IndexOutOfBoundsException | NegativeArraySizeException wrong) {
            throw new NetworkException("its node " + node.where() + " (" + node.kind() + ") has sizes that do not fit together");
        }
    }

    private void lose(Node node) {
        node.outputs().stream().filter(output -> !output.isEmpty()).forEach(missing::add);
    }

    private static Collection<String> sources(List<Value> inputs) {
        List<String> sources = new ArrayList<>();
        for (Value value : inputs) {
            if (value instanceof View view) {
                sources.add(view.operation());
            } else if (value instanceof Pending pending) {
                sources.add(pending.from().operation());
            }
        }
        return sources;
    }

    private List<Value> made(Node node, List<Value> inputs) {
        if (node.outputs().isEmpty() || node.outputs().get(0).isEmpty() && !node.type().equals("Split")) {
            return List.of();
        }
        Call call = new Call(node, inputs, model.opset(), new Place(node.outputs().get(0), NodePaths.path(node)), steps, budget);
        return switch (node.kind()) {
            case "Constant" -> List.of(constant(node));
            case "ConstantOfShape" -> List.of(Folder.filled(call, value(node)));
            case "If" -> branch(call);
            default -> Operations.values(call);
        };
    }

    private Constant constant(Node node) {
        Attribute number = node.attributes().get("value_float");
        if (number != null) {
            return Constant.of(new int[0], new float[] {number.number()});
        }
        Attribute integer = node.attributes().get("value_int");
        if (integer != null) {
            return Constant.of(new int[0], new long[] {integer.integer()});
        }
        Attribute numbers = node.attributes().get("value_floats");
        if (numbers != null && numbers.numbers() != null) {
            return Constant.of(new int[] {numbers.numbers().length}, numbers.numbers());
        }
        if (node.integers("value_ints") != null) {
            return Constant.list(node.integers("value_ints"));
        }
        Attribute tensor = node.attributes().get("value");
        if (tensor == null || tensor.tensor() == null) {
            throw new Unsupported("Constant without numbers");
        }
        return tensors.constant(tensor.tensor());
    }

    private Constant value(Node node) {
        Attribute value = node.attributes().get("value");
        return value == null || value.tensor() == null ? Constant.of(new int[0], new float[] {0}) : tensors.constant(value.tensor());
    }

    private List<Value> branch(Call call) {
        if (!(call.value(0) instanceof Constant condition)) {
            throw new Unsupported("If that depends on the picture");
        }
        Attribute chosen = call.node().attributes().get(condition.number() != 0 ? "then_branch" : "else_branch");
        if (chosen == null || chosen.graph() == null) {
            throw new NetworkException("it has no branch");
        }
        Graph graph = chosen.graph();
        values.putAll(initializers(graph));
        for (Node node : NodeOrder.sorted(graph.nodes(), graph.outputs().stream().map(Model.Port::name).toList(), Set.of(), true)) {
            convert(node);
        }
        return graph.outputs().stream().map(port -> values.get(port.name())).toList();
    }
}
