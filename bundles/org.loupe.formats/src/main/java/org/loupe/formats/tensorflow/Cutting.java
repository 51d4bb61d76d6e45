package org.loupe.formats.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.arrays.Steps;
import org.loupe.formats.arrays.Tensor;
import org.loupe.formats.arrays.Unsupported;
import org.loupe.formats.arrays.Value;

/** Translates the nodes that keep some channels, rows or columns. */
final class Cutting {

    private final Translation translation;
    private final Steps steps;

    Cutting(Translation translation, Steps steps) {
        this.translation = translation;
        this.steps = steps;
    }

    void translate(Node node, List<String> reads) {
        switch (node.operation()) {
            case "Split" -> {
                Value in = translation.value(reads.get(1));
                int axis = in.axis((int) constant(reads.get(0)).only());
                int parts = node.number("num_split", 1);
                int size = in.sizes()[axis];
                if (parts < 1 || size % parts != 0) {
                    throw new NetworkException(node.name() + " splits " + size + " into " + parts + " parts");
                }
                int[] sizes = new int[parts];
                Arrays.fill(sizes, size / parts);
                split(node, in, axis, sizes);
            }
            case "SplitV" -> {
                Value in = translation.value(reads.get(0));
                int axis = in.axis((int) constant(reads.get(2)).only());
                int[] sizes = constant(reads.get(1)).integers();
                int known = Arrays.stream(sizes).filter(size -> size > 0).sum();
                int whole = in.sizes()[axis];
                split(node, in, axis, Arrays.stream(sizes).map(size -> size < 0 ? whole - known : size).toArray());
            }
            case "Slice" -> sliced(node, reads);
            case "StridedSlice" -> strided(node, reads);
            case "ReverseV2" -> {
                Value in = translation.value(reads.get(0));
                for (int axis : constant(reads.get(1)).integers()) {
                    int size = in.sizes()[in.axis(axis)];
                    in = steps.cut(node.name(), in, axis, size - 1, size, -1);
                }
                translation.put(node.name(), in);
            }
            default -> {
                Value in = translation.value(reads.get(0));
                Tensor indices = constant(reads.get(1));
                int axis = reads.size() > 2 ? (int) constant(reads.get(2)).only() : 0;
                if (indices.rank() != 1) {
                    throw new Unsupported("indices of " + indices.rank() + " dimensions");
                }
                translation.put(node.name(), steps.selected(node.name(), in, axis,
                        Arrays.stream(indices.integers()).boxed().toList()));
            }
        }
    }

    private Tensor constant(String read) {
        Tensor constant = translation.constant(read);
        if (constant == null) {
            throw new Unsupported("an argument that is no constant");
        }
        return constant;
    }

    private void split(Node node, Value in, int axis, int[] sizes) {
        int from = 0;
        for (int i = 0; i < sizes.length; i++) {
            String name = i == 0 ? node.name() : node.name() + ":" + i;
            translation.put(name, steps.cut(name, in, axis, from, sizes[i], 1));
            from += sizes[i];
        }
    }

    private void sliced(Node node, List<String> reads) {
        Value in = translation.value(reads.get(0));
        int[] begin = constant(reads.get(1)).integers();
        int[] sizes = constant(reads.get(2)).integers();
        if (begin.length != in.rank() || sizes.length != in.rank()) {
            throw new NetworkException(node.name() + " cuts another number of dimensions than there are");
        }
        int[] steps = new int[in.rank()];
        Arrays.fill(steps, 1);
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = sizes[i] == -1 ? in.sizes()[i] - begin[i] : sizes[i];
        }
        translation.put(node.name(), cut(node.name(), in, begin, sizes, steps));
    }

    private void strided(Node node, List<String> reads) {
        Value in = translation.value(reads.get(0));
        List<Tensor> inputs = new ArrayList<>();
        inputs.add(null);
        reads.subList(1, reads.size()).forEach(read -> inputs.add(constant(read)));
        Stride stride = Stride.of(node, in.sizes(), inputs);
        if (stride.gone().contains(0) || stride.sizes()[0] != 1) {
            throw new Unsupported("picking out of the pictures");
        }
        Value cut = cut(node.name(), in, stride.begin(), stride.sizes(), stride.steps());
        translation.put(node.name(), cut.reshaped(stride.shape()));
    }

    private Value cut(String name, Value in, int[] begin, int[] sizes, int[] by) {
        Value cut = in;
        int changed = -1;
        for (int axis = 0; axis < in.rank(); axis++) {
            boolean changes = begin[axis] != 0 || sizes[axis] != in.sizes()[axis] || by[axis] != 1;
            if (changes) {
                changed = axis;
            }
        }
        for (int axis = 0; axis < in.rank(); axis++) {
            cut = steps.cut(axis == changed ? name : name + "/axis" + axis, cut, axis, begin[axis], sizes[axis], by[axis]);
        }
        return cut;
    }
}
