package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.onnx.Model.Attribute;
import org.loupe.formats.onnx.Model.Function;
import org.loupe.formats.onnx.Model.Node;

/** Puts the nodes of a file's own operations where these are used. */
final class Functions {

    private static final int DEEPEST = 16;
    private static final int MOST_NODES = 1 << 16;

    private final Map<String, Function> functions;
    private final List<Node> nodes = new ArrayList<>();
    private int calls;

    private Functions(Map<String, Function> functions) {
        this.functions = functions;
    }

    /** The nodes of a model's graph, without those that stand for others. */
    static List<Node> inlined(Model model) {
        if (model.functions().isEmpty()) {
            return model.graph().nodes();
        }
        Functions all = new Functions(model.functions());
        model.graph().nodes().forEach(node -> all.add(node, 0));
        return all.nodes;
    }

    private void add(Node node, int depth) {
        Function function = functions.get(node.domain() + "." + node.type());
        if (++calls > MOST_NODES || depth > DEEPEST) {
            throw new NetworkException("its own operations make too many nodes");
        }
        if (function == null) {
            nodes.add(node);
            return;
        }
        Map<String, String> names = new HashMap<>();
        String prefix = node.where() + "/";
        bind(names, function.inputs(), node.inputs());
        bind(names, function.outputs(), node.outputs());
        for (Node inner : function.nodes()) {
            Map<String, Attribute> attributes = new HashMap<>();
            inner.attributes().forEach((name, attribute) -> {
                Attribute meant = attribute.reference().isEmpty() ? attribute
                        : node.attributes().getOrDefault(attribute.reference(), function.defaults().get(attribute.reference()));
                if (meant != null) {
                    attributes.put(name, meant);
                }
            });
            add(new Node(prefix + inner.name(), inner.domain(), inner.type(), renamed(names, prefix, inner.inputs()),
                    renamed(names, prefix, inner.outputs()), attributes, node.metadata()), depth + 1);
        }
    }

    private static void bind(Map<String, String> names, List<String> inside, List<String> outside) {
        for (int i = 0; i < inside.size(); i++) {
            names.put(inside.get(i), i < outside.size() ? outside.get(i) : "");
        }
    }

    private static List<String> renamed(Map<String, String> names, String prefix, List<String> inside) {
        return inside.stream().map(name -> name.isEmpty() ? "" : names.getOrDefault(name, prefix + name)).toList();
    }
}
