package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loupe.formats.onnx.Model.Node;

/** Finds out where in a model a node is, from what the different exporters leave in a file. */
final class NodePaths {

    private static final String SCOPES = "pkg.torch.onnx.name_scopes";
    private static final String NAMESPACE = "namespace";

    /** The notes about nodes that are read. */
    static final Set<String> KEYS = Set.of(SCOPES, NAMESPACE);

    private static final int LONGEST = 200;
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
    private static final Pattern WEIGHTS = Pattern.compile("(.+?)[./_](weight|weights|kernel|w|W|gamma|scale)(:0)?");
    private static final Pattern NUMBERED = Pattern.compile("\\d*|.*::.*|(val|getitem|tensor|onnx|node|t|x)_?\\d+|.*[a-z]_?\\d+_?(b|w)?_0");

    private NodePaths() {
    }

    /**
     * Where a node is, the outermost part first, separated by slashes; the last part is the kind of operation. Empty
     * where the file only says what kind of operation it is.
     */
    static String path(Node node) {
        String weights = weights(node);
        if (weights != null) {
            return weights + "/" + node.type();
        }
        String scopes = scopes(node);
        if (scopes != null) {
            return scopes.isEmpty() ? "" : scopes + "/" + node.type();
        }
        String path = named(node);
        return Pattern.matches("/?" + Pattern.quote(node.type()) + "(_\\d+)?", path) ? "" : path;
    }

    private static String named(Node node) {
        String output = node.outputs().get(0);
        if (node.name().contains("/")) {
            return node.name();
        }
        if (node.name().isEmpty() && output.contains("/")) {
            return output.replaceFirst("_\\d+$", "");
        }
        return output.length() > LONGEST || NUMBERED.matcher(output).matches() ? node.name() : output;
    }

    /** What the name of a node's weights says, where a person chose it; otherwise null. */
    private static String weights(Node node) {
        boolean kernels = switch (node.type()) {
            case "Conv", "ConvTranspose", "Gemm", "MatMul", "BatchNormalization", "LayerNormalization" -> true;
            default -> false;
        };
        if (!kernels || !node.reads(1) || node.inputs().get(1).contains("::")) {
            return null;
        }
        Matcher matcher = WEIGHTS.matcher(node.inputs().get(1));
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static String scopes(Node node) {
        String scopes = node.metadata().get(SCOPES);
        if (scopes != null) {
            List<String> parts = new ArrayList<>();
            Matcher matcher = QUOTED.matcher(scopes);
            while (matcher.find()) {
                parts.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            }
            return parts.size() < 2 ? "" : parts.get(parts.size() - 2);
        }
        String namespace = node.metadata().get(NAMESPACE);
        if (namespace == null) {
            return null;
        }
        String[] parts = namespace.split("/");
        return parts.length < 2 ? "" : parts[parts.length - 2].replaceFirst(":.*", "").trim();
    }
}
