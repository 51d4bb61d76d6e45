package org.loupe.formats.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Operation.TransposedConvolution;

/**
 * Finds the layers that people speak of in a list of operations, and names for them.
 *
 * <p>A layer is a convolution, a dense operation, a sum, a concatenation and the like, with the batch normalization and
 * the nonlinearity behind it. It gets the part of the file's names that these have in common where no other layer has
 * a better claim to it, otherwise the name of its first operation. A block's name goes to the sum or concatenation at
 * the block's end. Where a concatenation joins what nonlinearities make, one of what goes into them is added, so that
 * it, too, can be read before its nonlinearity; it costs nothing unless it is.
 */
final class LayerNames {

    /** Last parts of a path that only say what kind of operation is there. */
    private static final Set<String> GENERIC = Set.of("conv", "conv2d", "convolution", "depthwise", "relu", "relu6", "clip",
            "maxpool", "max_pool", "max_pool2d", "averagepool", "avgpool2d", "avg_pool2d", "globalaveragepool", "mean",
            "reducemean", "add", "add_1", "addv2", "iadd", "add_", "concat", "concatv2", "concatenate", "concatenation", "cat", "gemm",
            "matmul", "dense", "linear", "addmm", "batchnormalization", "batchnorm", "batch_norm", "fusedbatchnormv3", "fusedbatchnorm", "biasadd",
            "output", "softmax", "sigmoid", "mul", "hardswish", "hard_swish", "hardsigmoid", "swish", "silu", "gelu", "tanh",
            "leakyrelu", "elu", "lrn", "layernormalization", "layer_norm", "act", "activation", "depthwiseconv2dnative",
            "conv2dbackpropinput", "convtranspose");

    private final List<Operation> operations;
    private final Map<String, String> paths;
    private final Map<String, List<Operation>> readers = new HashMap<>();
    private final List<Chain> chains = new ArrayList<>();
    private final Map<Operation, String> additions = new LinkedHashMap<>();

    /** Operations that make one layer, the first and the last of them. */
    private record Chain(Operation first, Operation before, Operation last, List<String> candidates, boolean block) {
    }

    LayerNames(List<Operation> operations, Map<String, String> paths) {
        this.operations = operations;
        this.paths = paths;
        for (Operation operation : operations) {
            operation.inputs().forEach(
                    input -> readers.computeIfAbsent(input, any -> new ArrayList<>()).add(operation));
        }
        Set<String> taken = new HashSet<>();
        for (Operation operation : operations) {
            if (!taken.contains(operation.name()) && makesLayer(operation)) {
                Chain chain = chain(operation);
                chains.add(chain);
                taken.addAll(List.of(chain.first().name(), chain.before().name(), chain.last().name()));
            }
        }
    }

    private boolean makesLayer(Operation operation) {
        return hasKernels(operation) || operation instanceof BatchNormalization || operation instanceof Addition
                || operation instanceof Concatenation || operation instanceof Arithmetic
                || operation instanceof MaxPool || operation instanceof AveragePool || operation instanceof GlobalAverage
                || operation instanceof LocalResponseNormalization || operation instanceof LayerNormalization
                || isNonlinear(operation) || operation instanceof Softmax
                || operation == operations.get(operations.size() - 1);
    }

    private static boolean hasKernels(Operation operation) {
        return operation instanceof Convolution || operation instanceof Dense
                || operation instanceof TransposedConvolution;
    }

    private static boolean isNonlinear(Operation operation) {
        return operation instanceof Relu || operation instanceof Activation;
    }

    private Chain chain(Operation first) {
        Operation before = first;
        List<Operation> next = readers(first);
        if (hasKernels(first) && next.size() == 1 && next.get(0) instanceof BatchNormalization normalization) {
            before = normalization;
        }
        boolean pools = first instanceof MaxPool || first instanceof AveragePool || first instanceof GlobalAverage;
        Operation last = pools || isNonlinear(first) ? before
                : readers(before).stream().filter(LayerNames::isNonlinear).findFirst().orElse(before);
        boolean block = first instanceof Addition || first instanceof Concatenation;
        Set<String> names = new LinkedHashSet<>();
        String own = path(first);
        if (block) {
            names.add(trimmed(path(last)));
            names.add(trimmed(own));
        } else if (first != last) {
            names.add(trimmed(common(List.of(own, path(before), path(last)))));
        }
        names.add(trimmed(own));
        names.add(clean(own));
        names.add(clean(path(last)));
        names.add(clean(last.name()));
        names.remove("");
        return new Chain(first, before, last, List.copyOf(names), block);
    }

    private List<Operation> readers(Operation operation) {
        return readers.getOrDefault(operation.name(), List.of());
    }

    private String path(Operation operation) {
        return paths.getOrDefault(operation.name(), operation.name());
    }

    /** The layers, in the order of their outputs. */
    List<Layer> layers() {
        Map<Chain, String> names = names();
        Map<String, String> before = new HashMap<>();
        chains.forEach(chain -> before.put(chain.last().name(), chain.before().name()));
        List<Layer> layers = new ArrayList<>();
        List<Chain> ordered = chains.stream().sorted((one, other) -> Integer.compare(operations.indexOf(one.last()),
                operations.indexOf(other.last()))).toList();
        for (Chain chain : ordered) {
            String read = chain.before().name();
            if (chain.last() instanceof Concatenation joined && joinsNonlinearities(joined, before)) {
                read = joined.name() + " before";
                additions.put(new Concatenation(read, joined.inputs().stream().map(before::get).toList()), joined.name());
            }
            layers.add(new Layer(names.get(chain), chain.last().name(), read, ""));
        }
        return layers;
    }

    private static boolean joinsNonlinearities(Concatenation joined, Map<String, String> before) {
        return joined.inputs().stream().allMatch(part -> before.containsKey(part) && !before.get(part).equals(part));
    }

    /** Operations to be added for the layers, each with the name of the one that it comes after. Made by {@link #layers}. */
    Map<Operation, String> additions() {
        return additions;
    }

    private Map<Chain, String> names() {
        Map<Chain, String> names = new LinkedHashMap<>();
        Set<String> used = new HashSet<>();
        int most = chains.stream().mapToInt(chain -> chain.candidates().size()).max().orElse(0);
        for (boolean block : new boolean[] {true, false}) {
            for (int rank = 0; rank < most; rank++) {
                settle(rank, block, names, used);
            }
        }
        for (Chain chain : chains) {
            String name = chain.candidates().isEmpty() ? "layer" : chain.candidates().get(0);
            for (int number = 2; !names.containsKey(chain); number++) {
                String numbered = name + "_" + number;
                if (used.add(numbered)) {
                    names.put(chain, numbered);
                }
            }
        }
        return names;
    }

    /** Gives each layer without a name its candidate of the given rank, where that is nobody else's. */
    private void settle(int rank, boolean block, Map<Chain, String> names, Set<String> used) {
        List<Chain> open = chains.stream().filter(chain -> chain.block() == block && !names.containsKey(chain)
                && rank < chain.candidates().size()).toList();
        Map<String, Long> claims = open.stream()
                .collect(Collectors.groupingBy(chain -> chain.candidates().get(rank), Collectors.counting()));
        for (Chain chain : open) {
            String name = chain.candidates().get(rank);
            if (claims.get(name) == 1 && used.add(name)) {
                names.put(chain, name);
            }
        }
    }

    /** The path without what only says which kind of operation is there, and cleaned. */
    static String trimmed(String path) {
        List<String> parts = parts(path);
        while (parts.size() > 1 && isGeneric(parts.get(parts.size() - 1))) {
            parts.remove(parts.size() - 1);
        }
        return joined(parts).replaceFirst("(?i)[_.]?pre_?relu$", "");
    }

    private static boolean isGeneric(String part) {
        String kind = part.toLowerCase(Locale.ROOT);
        return GENERIC.contains(kind) || GENERIC.contains(kind.replaceFirst("_\\d+$", ""));
    }

    /** The whole path in the characters that a layer's name may have. */
    static String clean(String path) {
        return joined(parts(path));
    }

    private static List<String> parts(String path) {
        return Arrays.stream(path.replaceFirst(":\\d+$", "").split("/")).filter(part -> !part.isBlank())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** PyTorch's exporter writes {@code layer1/layer1.0/conv1}: parts that repeat all that precedes them replace it. */
    private static String joined(List<String> parts) {
        String whole = "";
        for (String part : parts) {
            whole = whole.isEmpty() || part.startsWith(whole + ".") ? part : whole + "." + part;
        }
        return whole.replaceAll("[\\s:@+*,{}=]+", "_").replaceFirst("^[._]+", "").replaceFirst("[._]+$", "");
    }

    /** The longest beginning that paths share, up to the end of a part or a word. */
    private static String common(List<String> paths) {
        String first = paths.get(0);
        int length = first.length();
        for (String path : paths) {
            int same = 0;
            while (same < Math.min(length, path.length()) && path.charAt(same) == first.charAt(same)) {
                same++;
            }
            length = same;
        }
        int end = length;
        for (String path : paths) {
            if (length < path.length() && isWord(path.charAt(length)) && length > 0 && isWord(first.charAt(length - 1))) {
                end = Math.min(end, lastBreak(first, length));
            }
        }
        return first.substring(0, end);
    }

    private static boolean isWord(char character) {
        return Character.isLetterOrDigit(character);
    }

    private static int lastBreak(String text, int before) {
        int end = before;
        while (end > 0 && isWord(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }
}
