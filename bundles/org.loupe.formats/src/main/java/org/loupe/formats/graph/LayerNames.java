package org.loupe.formats.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Operation.TransposedConvolution;

/**
 * Finds the layers that people speak of in a list of operations, and names for them.
 *
 * <p>A layer is a convolution, a dense operation, a sum, a concatenation and the like, with the batch normalization and
 * the nonlinearity behind it. It gets the part of the file's names that these have in common where nothing else is
 * below that part, otherwise the name of its first operation. A block's name goes to the sum or concatenation at
 * the block's end. Where a concatenation joins what nonlinearities make, one of what goes into them is added, so that
 * it, too, can be read before its nonlinearity; it costs nothing unless it is.
 */
final class LayerNames {

    private final List<Operation> operations;
    private final LayerPaths paths;
    private final Map<String, List<Operation>> readers = new HashMap<>();
    private final List<Chain> chains = new ArrayList<>();
    private final Map<Operation, String> additions = new LinkedHashMap<>();

    /** Operations that make one layer: the first, the one before the nonlinearity, and the last. */
    private record Chain(Operation first, Operation before, Operation last, List<String> candidates, boolean block) {
    }

    LayerNames(List<Operation> operations, Map<String, String> paths) {
        this.operations = operations;
        this.paths = new LayerPaths(operations.stream().map(Operation::name).toList(), paths);
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
                || isNonlinear(operation) || operation instanceof Softmax || isShuffle(operation)
                || operation == operations.get(operations.size() - 1);
    }

    /** Whether an operation brings all channels into another order, as ShuffleNet does at the end of a block. */
    private static boolean isShuffle(Operation operation) {
        if (!(operation instanceof Selection selection)) {
            return false;
        }
        List<Integer> sorted = selection.channels().stream().sorted().toList();
        return !sorted.equals(selection.channels()) && sorted.equals(IntStream.range(0, sorted.size()).boxed().toList());
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
        boolean block = first instanceof Addition || first instanceof Concatenation || first instanceof Arithmetic;
        return new Chain(first, before, last, candidates(first.name(), before.name(), last.name(), block), block);
    }

    /** Names that a chain may have, the best first. */
    private List<String> candidates(String first, String before, String last, boolean block) {
        List<String> members = List.of(first, before, last);
        Set<String> names = new LinkedHashSet<>();
        if (block) {
            addLast(names, paths.trimmed(last), last);
        } else if (!first.equals(last)) {
            String common = paths.common(members);
            if (paths.isOnly(common, members)) {
                names.add(common);
            }
        }
        String own = paths.trimmed(first);
        if (!block) {
            own = paths.withoutNumber(own, members);
        }
        addLast(names, own, last);
        if (paths.isNamed(first)) {
            names.add(paths.whole(first));
        }
        names.remove("");
        return List.copyOf(names);
    }

    /** A module's name goes to what is computed last in it. */
    private void addLast(Set<String> names, String name, String last) {
        if (paths.isLast(name, last)) {
            names.add(name);
        }
    }

    private List<Operation> readers(Operation operation) {
        return readers.getOrDefault(operation.name(), List.of());
    }

    /** The layers, in the order of their outputs. */
    List<Layer> layers() {
        Map<Chain, String> names = names();
        Map<String, String> before = new HashMap<>();
        chains.forEach(chain -> before.put(chain.last().name(), chain.before().name()));
        List<Layer> layers = new ArrayList<>();
        List<Chain> ordered = chains.stream().sorted(Comparator.comparingInt(chain -> paths.position(chain.last().name()))).toList();
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
        nameConcatenations(names, used);
        for (Chain chain : chains) {
            String name = chain.candidates().isEmpty() ? word(chain.first()) : chain.candidates().get(0);
            boolean free = chain.candidates().isEmpty() && !names.containsKey(chain) && used.add(name);
            if (free) {
                names.put(chain, name);
            }
            for (int number = 2; !names.containsKey(chain); number++) {
                String numbered = name + "_" + number;
                if (used.add(numbered)) {
                    names.put(chain, numbered);
                }
            }
        }
        return names;
    }

    /** Concatenations of which the file says nothing are called what the names of their parts have in common. */
    private void nameConcatenations(Map<Chain, String> names, Set<String> used) {
        Map<String, String> byOutput = new HashMap<>();
        names.forEach((chain, name) -> byOutput.put(chain.last().name(), name));
        for (Chain chain : chains) {
            if (!names.containsKey(chain) && chain.candidates().isEmpty() && chain.first() instanceof Concatenation joined
                    && joined.inputs().stream().allMatch(byOutput::containsKey)) {
                String common = LayerPaths.shared(joined.inputs().stream().map(byOutput::get).toList());
                if (!common.isEmpty() && used.add(common)) {
                    names.put(chain, common);
                    byOutput.put(chain.last().name(), common);
                }
            }
        }
    }

    /** What to call an operation of which the file says nothing but its kind. */
    private static String word(Operation operation) {
        return operation instanceof MaxPool ? "maxpool"
                : operation instanceof AveragePool || operation instanceof GlobalAverage ? "avgpool"
                : operation instanceof LocalResponseNormalization || operation instanceof LayerNormalization
                        || operation instanceof BatchNormalization ? "norm"
                : operation instanceof Convolution ? "conv"
                : operation instanceof TransposedConvolution ? "deconv"
                : operation instanceof Dense ? "dense"
                : operation instanceof Relu ? "relu"
                : operation instanceof Activation ? "activation"
                : operation instanceof Addition ? "add"
                : operation instanceof Concatenation ? "concat"
                : operation instanceof Softmax ? "softmax" : "layer";
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
}
