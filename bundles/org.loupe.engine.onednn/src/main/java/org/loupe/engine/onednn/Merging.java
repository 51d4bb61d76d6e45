package org.loupe.engine.onednn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.engine.Pass;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/**
 * Lets 1x1 convolutions that read the same output run as one, with the normalization and the rectifier behind each of
 * them. What one of them made is a selection of what the whole makes; where such selections are blocks of channels, they
 * are read where they lie.
 *
 * <p>A convolution that makes few channels takes as long to read its input as to multiply it; beside another one it
 * reads nothing more. Those that a concatenation reads stay alone, for they are written where they belong.
 */
final class Merging {

    private static final Window POINT = Window.square(1, 1, 0);

    /** A convolution and what alone reads it, in order. */
    private record Chain(List<Operation> links) {
        Convolution first() {
            return (Convolution) links.get(0);
        }

        String end() {
            return links.get(links.size() - 1).name();
        }

        int channels() {
            return first().bias().values().length;
        }

        /** Chains of one kind can be one. */
        List<Object> kind() {
            List<Object> kind = new ArrayList<>(List.of(first().input()));
            for (Operation link : links.subList(1, links.size())) {
                kind.add(link instanceof BatchNormalization normalization ? normalization.epsilon() : link.getClass());
            }
            return kind;
        }
    }

    private final Pass pass;
    private final int block;
    private final Map<String, List<Operation>> readers;
    private final Set<String> tapped;
    private final Map<String, Shape> shapes;

    private Merging(Pass pass, int block) {
        this.pass = pass;
        this.block = block;
        this.tapped = Set.copyOf(pass.sources().values());
        this.shapes = new HashMap<>(pass.shapes());
        this.readers = readers(pass.operations());
    }

    /**
     * The pass with such convolutions put together.
     *
     * @param block how many channels lie next to each other
     */
    static Pass of(Pass pass, int block) {
        return new Merging(pass, block).merged();
    }

    /** For each output, the operations that read it, in order. */
    static Map<String, List<Operation>> readers(List<Operation> operations) {
        Map<String, List<Operation>> readers = new HashMap<>();
        for (Operation operation : operations) {
            operation.inputs().forEach(input -> readers.computeIfAbsent(input, none -> new ArrayList<>()).add(operation));
        }
        return readers;
    }

    private Pass merged() {
        Map<List<Object>, List<Chain>> alike = new LinkedHashMap<>();
        for (Operation operation : pass.operations()) {
            if (operation instanceof Convolution convolution && isPoint(convolution)) {
                Chain chain = chain(convolution);
                if (!tapped.contains(chain.end()) && readers.getOrDefault(chain.end(), List.of()).stream()
                        .noneMatch(Concatenation.class::isInstance)) {
                    alike.computeIfAbsent(chain.kind(), none -> new ArrayList<>()).add(chain);
                }
            }
        }
        Map<String, List<Operation>> instead = new HashMap<>();
        alike.values().forEach(chains -> merge(aligned(chains), instead));
        List<Operation> operations = pass.operations().stream()
                .flatMap(operation -> instead.getOrDefault(operation.name(), List.of(operation)).stream()).toList();
        return new Pass(operations, shapes, pass.sources(), pass.edits());
    }

    private static boolean isPoint(Convolution convolution) {
        return convolution.groups() == 1 && convolution.window().equals(POINT)
                && !convolution.input().equals(Network.INPUT);
    }

    /** A convolution with the normalization and the rectifier behind it that nobody looks in front of. */
    private Chain chain(Convolution convolution) {
        List<Operation> links = new ArrayList<>(List.of(convolution));
        follow(links, BatchNormalization.class);
        follow(links, Relu.class);
        return new Chain(links);
    }

    private void follow(List<Operation> links, Class<? extends Operation> kind) {
        String end = links.get(links.size() - 1).name();
        List<Operation> reading = readers.getOrDefault(end, List.of());
        if (reading.size() == 1 && kind.isInstance(reading.get(0)) && !tapped.contains(end)) {
            links.add(reading.get(0));
        }
    }

    /** In an order in which each begins with a block, without those for which there is none. */
    private List<Chain> aligned(List<Chain> chains) {
        List<Chain> aligned = new ArrayList<>(
                chains.stream().filter(chain -> chain.channels() % block == 0).toList());
        chains.stream().filter(chain -> chain.channels() % block != 0).findFirst().ifPresent(aligned::add);
        return aligned;
    }

    /** Puts chains together; {@code instead} says what stands in the place of each operation. */
    private void merge(List<Chain> chains, Map<String, List<Operation>> instead) {
        if (chains.size() < 2) {
            return;
        }
        List<Operation> whole = new ArrayList<>();
        int links = chains.get(0).links().size();
        for (int link = 0; link < links; link++) {
            int index = link;
            whole.add(together(chains.stream().map(chain -> chain.links().get(index)).toList(), whole));
        }
        String end = whole.get(links - 1).name();
        int start = 0;
        List<Operation> parts = new ArrayList<>();
        for (Chain chain : chains) {
            parts.add(new Selection(chain.end(), end, IntStream.range(start, start + chain.channels()).boxed().toList()));
            chain.links().forEach(link -> instead.put(link.name(), List.of()));
            start += chain.channels();
        }
        whole.addAll(parts);
        instead.put(earliest(chains), whole);
    }

    private String earliest(List<Chain> chains) {
        Set<String> first = chains.stream().map(chain -> chain.first().name()).collect(Collectors.toSet());
        return pass.operations().stream().map(Operation::name).filter(first::contains).findFirst().orElseThrow();
    }

    /** One operation that does what several of a kind do. */
    private Operation together(List<Operation> parts, List<Operation> before) {
        String name = parts.stream().map(Operation::name).collect(Collectors.joining(" + "));
        int channels = parts.stream().mapToInt(part -> shapes.get(part.name()).channels()).sum();
        Shape like = shapes.get(parts.get(0).name());
        shapes.put(name, new Shape(channels, like.rows(), like.columns()));
        String input = before.isEmpty() ? parts.get(0).inputs().get(0) : before.get(before.size() - 1).name();
        if (parts.get(0) instanceof Convolution) {
            List<Convolution> all = parts.stream().map(Convolution.class::cast).toList();
            return new Convolution(name, input, joined(all, Convolution::weights), joined(all, Convolution::bias), POINT, 1);
        }
        if (parts.get(0) instanceof BatchNormalization first) {
            List<BatchNormalization> all = parts.stream().map(BatchNormalization.class::cast).toList();
            return new BatchNormalization(name, input, joined(all, BatchNormalization::scale),
                    joined(all, BatchNormalization::shift), joined(all, BatchNormalization::mean),
                    joined(all, BatchNormalization::variance), first.epsilon());
        }
        return new Relu(name, input);
    }

    /** Weights one behind the other along their first dimension. */
    private static <T> Weights joined(List<T> operations, Function<T, Weights> which) {
        List<Weights> parts = operations.stream().map(which).toList();
        int[] shape = parts.get(0).shape().clone();
        shape[0] = parts.stream().mapToInt(part -> part.shape()[0]).sum();
        float[] values = new float[parts.stream().mapToInt(part -> part.values().length).sum()];
        int at = 0;
        for (Weights part : parts) {
            System.arraycopy(part.values(), 0, values, at, part.values().length);
            at += part.values().length;
        }
        return new Weights(shape, values);
    }
}
