package org.loupe.engine.onednn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.engine.Pass;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.objective.Objective;

/**
 * A pass without what no objective reaches: of a concatenation that a tap reads, the branches that no wanted channel is
 * in, and of a convolution, the blocks of output channels. Forward they need not be computed, and backward nothing comes
 * from them. What anything else reads stays whole.
 */
final class Reach {

    /** Channels that are computed together; a smaller share of a convolution is hardly faster. */
    private static final int BLOCK = 16;

    /** An output of which only some channels are there, in their order. */
    private record Narrow(String output, List<Integer> channels) {
    }

    private final Pass pass;
    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<String, Integer> readers = new HashMap<>();
    private final Map<String, Operation> added = new LinkedHashMap<>();
    private final Map<String, Shape> shapes;
    private final Map<Tap, Narrow> narrow = new HashMap<>();
    private final Pass reduced;

    private Reach(Pass pass, Map<Tap, Set<Integer>> wanted) {
        this.pass = pass;
        this.shapes = new HashMap<>(pass.shapes());
        for (Operation operation : pass.operations()) {
            operations.put(operation.name(), operation);
            operation.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
        }
        pass.sources().values().forEach(source -> readers.merge(source, 1, Integer::sum));
        Map<Tap, String> sources = new HashMap<>(pass.sources());
        wanted.forEach((tap, channels) -> {
            Narrow found = narrowed(pass.sources().get(tap), channels);
            if (found.channels.size() < pass.shapes().get(pass.sources().get(tap)).channels()) {
                narrow.put(tap, found);
                sources.put(tap, found.output);
            }
        });
        List<Operation> all = new ArrayList<>(pass.operations());
        all.addAll(added.values());
        reduced = narrow.isEmpty() ? pass
                : new Pass(Simplification.needed(all, sources.values()), shapes, sources, pass.edits());
    }

    /** What of a pass the wanted channels need. */
    static Reach of(Pass pass, Map<Tap, Set<Integer>> wanted) {
        return new Reach(pass, wanted);
    }

    /** The channels that objectives depend on, for the taps of which they do not depend on all. */
    static Map<Tap, Set<Integer>> wanted(Set<Tap> taps, List<Objective> objectives) {
        Map<Tap, Set<Integer>> wanted = new HashMap<>();
        for (Tap tap : taps) {
            channels(tap, objectives).ifPresent(some -> wanted.put(tap, some));
        }
        return wanted;
    }

    private static Optional<Set<Integer>> channels(Tap tap, List<Objective> objectives) {
        Set<Integer> all = new TreeSet<>();
        for (Objective objective : objectives) {
            if (objective.taps().contains(tap)) {
                Optional<Set<Integer>> some = objective.channels(tap);
                if (some.isEmpty()) {
                    return some;
                }
                all.addAll(some.get());
            }
        }
        return Optional.of(all);
    }

    /** The pass that is left. */
    Pass pass() {
        return reduced;
    }

    /** Readings as the whole pass has them; what no objective looks at is 0. */
    Readings whole(Readings read) {
        if (narrow.isEmpty()) {
            return read;
        }
        Map<Tap, Batch> whole = new HashMap<>(read.batches());
        narrow.forEach((tap, some) -> {
            Batch from = read.at(tap);
            Shape shape = pass.shapes().get(pass.sources().get(tap));
            Batch to = Batch.zeros(from.images(), shape.channels(), from.rows(), from.columns());
            copy(some, from, to, true);
            whole.put(tap, to);
        });
        return new Readings(whole);
    }

    /** Of readings of the whole pass those that the pass that is left has. */
    Readings part(Readings whole) {
        if (narrow.isEmpty()) {
            return whole;
        }
        Map<Tap, Batch> part = new HashMap<>(whole.batches());
        narrow.forEach((tap, some) -> {
            Batch all = whole.at(tap);
            Batch to = Batch.zeros(all.images(), some.channels.size(), all.rows(), all.columns());
            copy(some, to, all, false);
            part.put(tap, to);
        });
        return new Readings(part);
    }

    private static void copy(Narrow some, Batch narrow, Batch whole, boolean widen) {
        for (int image = 0; image < whole.images(); image++) {
            for (int i = 0; i < some.channels.size(); i++) {
                int inWhole = whole.offset(image, some.channels.get(i));
                int inNarrow = narrow.offset(image, i);
                if (widen) {
                    System.arraycopy(narrow.values(), inNarrow, whole.values(), inWhole, whole.area());
                } else {
                    System.arraycopy(whole.values(), inWhole, narrow.values(), inNarrow, whole.area());
                }
            }
        }
    }

    /** The output with the wanted channels, and with as few others as may be. */
    private Narrow narrowed(String output, Set<Integer> wanted) {
        Operation operation = operations.get(output);
        if (operation == null || readers.get(output) > 1 || wanted.size() == pass.shapes().get(output).channels()) {
            return whole(output);
        }
        if (operation instanceof Concatenation concatenation) {
            return concatenation(concatenation, wanted);
        }
        if (operation instanceof Convolution convolution && convolution.groups() == 1) {
            return sliced(output, blocks(output, wanted), (name, channels) -> new Convolution(name, convolution.input(),
                    rows(convolution.weights(), channels), rows(convolution.bias(), channels), convolution.window(), 1));
        }
        if (operation instanceof Dense dense) {
            return sliced(output, blocks(output, wanted), (name, channels) -> new Dense(name, dense.input(),
                    rows(dense.weights(), channels), rows(dense.bias(), channels)));
        }
        if (operation instanceof Relu || operation instanceof Activation || operation instanceof MaxPool
                || operation instanceof AveragePool || operation instanceof GlobalAverage
                || operation instanceof BatchNormalization) {
            Narrow input = narrowed(operation.inputs().get(0), wanted);
            if (input.output.equals(operation.inputs().get(0))) {
                return whole(output);
            }
            return add(named(output, input.channels, operation, input.output), output, input.channels);
        }
        return whole(output);
    }

    private Narrow whole(String output) {
        return new Narrow(output, IntStream.range(0, pass.shapes().get(output).channels()).boxed().toList());
    }

    private Narrow concatenation(Concatenation concatenation, Set<Integer> wanted) {
        List<String> parts = new ArrayList<>();
        List<Integer> channels = new ArrayList<>();
        int first = 0;
        for (String part : concatenation.inputs()) {
            int start = first;
            int end = start + pass.shapes().get(part).channels();
            Set<Integer> own = wanted.stream().filter(channel -> channel >= start && channel < end)
                    .map(channel -> channel - start).collect(Collectors.toCollection(TreeSet::new));
            if (!own.isEmpty()) {
                Narrow found = narrowed(part, own);
                parts.add(found.output);
                found.channels.forEach(channel -> channels.add(start + channel));
            }
            first = end;
        }
        if (parts.equals(concatenation.inputs())) {
            return whole(concatenation.name());
        }
        return parts.size() == 1 ? new Narrow(parts.get(0), channels)
                : add(new Concatenation(name(concatenation.name(), channels), parts), concatenation.name(), channels);
    }

    private interface Slicing {
        Operation of(String name, List<Integer> channels);
    }

    private Narrow sliced(String output, List<Integer> channels, Slicing slicing) {
        return channels.size() == pass.shapes().get(output).channels() ? whole(output)
                : add(slicing.of(name(output, channels), channels), output, channels);
    }

    /** The channels of all blocks in which a wanted one lies. */
    private List<Integer> blocks(String output, Set<Integer> wanted) {
        int channels = pass.shapes().get(output).channels();
        Set<Integer> found = new TreeSet<>();
        for (int channel : wanted) {
            int start = channel / BLOCK * BLOCK;
            IntStream.range(start, Math.min(channels, start + BLOCK)).forEach(found::add);
        }
        return List.copyOf(found);
    }

    private static Operation named(String output, List<Integer> channels, Operation like, String input) {
        String name = name(output, channels);
        if (like instanceof Relu) {
            return new Relu(name, input);
        } else if (like instanceof Activation activation) {
            return new Activation(name, input, activation.function());
        } else if (like instanceof MaxPool pool) {
            return new MaxPool(name, input, pool.window());
        } else if (like instanceof AveragePool pool) {
            return new AveragePool(name, input, pool.window(), pool.countsPadding());
        } else if (like instanceof BatchNormalization normalization) {
            return new BatchNormalization(name, input, rows(normalization.scale(), channels),
                    rows(normalization.shift(), channels), rows(normalization.mean(), channels),
                    rows(normalization.variance(), channels), normalization.epsilon());
        }
        return new GlobalAverage(name, input);
    }

    /** Such as {@code mixed4a_3x3 of 32,33,34}: other channels, other weights, another plan. */
    private static String name(String output, List<Integer> channels) {
        return output + " of " + channels.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private Narrow add(Operation operation, String instead, List<Integer> channels) {
        Shape shape = pass.shapes().get(instead);
        added.put(operation.name(), operation);
        shapes.put(operation.name(), new Shape(channels.size(), shape.rows(), shape.columns()));
        return new Narrow(operation.name(), channels);
    }

    /** Some of the first dimension's entries. */
    private static Weights rows(Weights weights, List<Integer> rows) {
        int[] shape = weights.shape().clone();
        int size = weights.values().length / shape[0];
        float[] values = new float[rows.size() * size];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(weights.values(), rows.get(i) * size, values, i * size, size);
        }
        shape[0] = rows.size();
        return new Weights(shape, values);
    }
}
