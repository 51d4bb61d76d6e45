package org.loupe.core.structure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Shape;

/**
 * A network as boxes and lines: the picture, each layer with the operations that lead to it, what comes behind the last
 * layer, and blocks as one box each where they are folded.
 *
 * @param boxes from the picture upwards, each after those that it reads
 * @param lines from a box to one that reads it
 */
public record Structure(List<Box> boxes, List<Line> lines) {

    /** Identifier of the box that stands for the picture. */
    public static final String INPUT = "input:";

    /**
     * One box.
     *
     * @param id     unique in the structure, the same whatever else is folded
     * @param title  what a person calls it
     * @param detail kinds of its operations, such as “Convolution 3×3, Relu”
     * @param shape  of what comes out
     * @param layer  the layer that it is; nothing for the picture, a folded block, or operations behind the last layer
     * @param block  the block that it is or that it belongs to, or an empty text
     * @param folded whether it stands for a whole block
     */
    public record Box(String id, String title, String detail, Shape shape, Optional<Layer> layer, String block,
            boolean folded) {
    }

    /** A line from the box of index {@code from} to that of index {@code to}. */
    public record Line(int from, int to) {
    }

    public Structure {
        boxes = List.copyOf(boxes);
        lines = List.copyOf(lines);
    }

    /**
     * The structure of a network.
     *
     * @param isFolded whether the block of a name is shown as one box
     */
    public static Structure of(Network network, Predicate<String> isFolded) {
        Blocks blocks = Blocks.of(network);
        Map<String, Layer> owners = owners(network);
        Map<String, List<Operation>> inside = new LinkedHashMap<>();
        Map<String, String> boxOf = new LinkedHashMap<>(Map.of(Network.INPUT, INPUT));
        Map<String, Layer> layerOf = new LinkedHashMap<>();
        for (Operation operation : network.operations()) {
            Layer owner = owners.get(operation.name());
            String block = owner == null ? "" : blocks.block(owner).orElse("");
            String id = owner == null ? "operation:" + operation.name()
                    : !block.isEmpty() && isFolded.test(block) ? "block:" + block : "layer:" + owner.name();
            inside.computeIfAbsent(id, one -> new ArrayList<>()).add(operation);
            boxOf.put(operation.name(), id);
            if (owner != null) {
                layerOf.put(id, owner);
            }
        }
        Shape input = network.input().shape();
        Map<String, Shape> shapes = network.shapes(input.rows(), input.columns());
        List<Box> boxes = new ArrayList<>();
        Map<String, Integer> index = new LinkedHashMap<>();
        boxes.add(new Box(INPUT, "picture", "", input, Optional.empty(), "", false));
        index.put(INPUT, 0);
        for (String id : sorted(inside, boxOf)) {
            index.put(id, boxes.size());
            boxes.add(box(id, inside.get(id), Optional.ofNullable(layerOf.get(id)), blocks, shapes));
        }
        return new Structure(boxes, lines(network, boxOf, index));
    }

    private static Box box(String id, List<Operation> operations, Optional<Layer> layer, Blocks blocks,
            Map<String, Shape> shapes) {
        Operation last = operations.get(operations.size() - 1);
        String block = layer.flatMap(blocks::block).orElse("");
        if (id.startsWith("block:")) {
            int count = blocks.layers(block).size();
            return new Box(id, block, count + " layers", shapes.get(last.name()), Optional.empty(), block, true);
        }
        String title = layer.map(Layer::name).orElse(last.name());
        Shape shape = shapes.get(layer.map(Layer::output).orElse(last.name()));
        return new Box(id, title, Kinds.of(operations), shape, layer, block, false);
    }

    private static List<Line> lines(Network network, Map<String, String> boxOf, Map<String, Integer> index) {
        Set<Line> lines = new LinkedHashSet<>();
        for (Operation operation : network.operations()) {
            int to = index.get(boxOf.get(operation.name()));
            for (String read : operation.inputs()) {
                int from = index.get(boxOf.get(read));
                if (from != to) {
                    lines.add(new Line(from, to));
                }
            }
        }
        return new ArrayList<>(lines);
    }

    /** The layer to which each operation leads: the first one, from the picture upwards, that needs it. */
    private static Map<String, Layer> owners(Network network) {
        Map<String, Layer> owners = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            List<String> todo = new ArrayList<>(List.of(layer.output(), layer.before()));
            while (!todo.isEmpty()) {
                String name = todo.remove(todo.size() - 1);
                if (!name.equals(Network.INPUT) && owners.putIfAbsent(name, layer) == null) {
                    network.operation(name).ifPresent(operation -> todo.addAll(operation.inputs()));
                }
            }
        }
        return owners;
    }

    /** The identifiers of boxes, each after those that it reads, otherwise in the order of their first operations. */
    private static List<String> sorted(Map<String, List<Operation>> inside, Map<String, String> boxOf) {
        Set<String> sorted = new LinkedHashSet<>();
        inside.keySet().forEach(id -> visit(id, inside, boxOf, sorted, new LinkedHashSet<>()));
        return new ArrayList<>(sorted);
    }

    private static void visit(String id, Map<String, List<Operation>> inside, Map<String, String> boxOf,
            Set<String> sorted, Set<String> above) {
        if (sorted.contains(id) || !above.add(id)) {
            return;
        }
        for (Operation operation : inside.get(id)) {
            for (String read : operation.inputs()) {
                String below = boxOf.get(read);
                if (!below.equals(INPUT) && !below.equals(id)) {
                    visit(below, inside, boxOf, sorted, above);
                }
            }
        }
        sorted.add(id);
    }

    /** The box that shows a layer: its own, or the block that it is folded into. */
    public Optional<Box> box(Layer layer, Blocks blocks) {
        String block = blocks.block(layer).orElse("");
        return boxes.stream().filter(box -> box.layer().filter(layer::equals).isPresent()
                || box.folded() && box.block().equals(block)).findFirst();
    }
}
