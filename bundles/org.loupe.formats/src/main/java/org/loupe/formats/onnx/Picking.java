package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.onnx.Model.Node;
import org.loupe.formats.onnx.Cutting.Range;

/** Puts constants together and takes parts of them. */
final class Picking {

    private Picking() {
    }

    static Constant concatenated(Call call) {
        Constant first = call.constant(0);
        int axis = Call.axis(call.node().integer("axis", 0), first.rank());
        int[] sizes = first.sizes().clone();
        List<Constant> parts = new ArrayList<>();
        sizes[axis] = 0;
        for (int i = 0; i < call.inputs().size(); i++) {
            Constant part = call.constant(i);
            int[] others = part.sizes().clone();
            if (others.length != sizes.length) {
                throw new NetworkException("it puts together arrays of different dimensions");
            }
            sizes[axis] = Math.addExact(sizes[axis], others[axis]);
            others[axis] = sizes[axis];
            if (!Arrays.equals(others, sizes)) {
                throw new NetworkException("it puts together arrays that do not fit");
            }
            parts.add(part);
        }
        int count = Constant.count(sizes);
        call.budget().take(count);
        int inner = 1;
        for (int i = axis + 1; i < sizes.length; i++) {
            inner *= sizes[i];
        }
        int[] starts = new int[parts.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + parts.get(i - 1).sizes()[axis];
        }
        int depth = sizes[axis];
        int width = inner;
        return Folder.filled(sizes, count, first.isInteger(), index -> {
            int position = index / width % depth;
            int part = Arrays.binarySearch(starts, position);
            part = part < 0 ? -part - 2 : part;
            while (parts.get(part).sizes()[axis] == 0) {
                part++;
            }
            Constant from = parts.get(part);
            return from.at((index / width / depth * from.sizes()[axis] + position - starts[part]) * width + index % width);
        });
    }

    static Constant gathered(Call call) {
        Constant constant = call.constant(0);
        Constant indices = call.constant(1);
        int axis = Call.axis(call.node().integer("axis", 0), constant.rank());
        int[] from = constant.sizes();
        int[] sizes = new int[from.length - 1 + indices.rank()];
        System.arraycopy(from, 0, sizes, 0, axis);
        System.arraycopy(indices.sizes(), 0, sizes, axis, indices.rank());
        System.arraycopy(from, axis + 1, sizes, axis + indices.rank(), from.length - axis - 1);
        int inner = 1;
        for (int i = axis + 1; i < from.length; i++) {
            inner *= from[i];
        }
        int width = inner;
        int each = indices.count();
        int[] places = Arrays.stream(indices.ints()).map(index -> Call.axis(index, from[axis])).toArray();
        return Folder.picked(constant, sizes, call.budget(),
                index -> (index / width / each * from[axis] + places[index / width % each]) * width + index % width);
    }

    static Constant sliced(Call call) {
        Node node = call.node();
        Constant constant = call.constant(0);
        boolean old = node.has("starts");
        long[] starts = old ? node.integers("starts") : call.constant(1).longs();
        long[] ends = old ? node.integers("ends") : call.constant(2).longs();
        int[] axes = call.axes(3);
        int[] sizes = constant.sizes().clone();
        int[] steps = Folder.strides(sizes);
        int from = 0;
        if (starts == null || ends == null || ends.length != starts.length || axes != null && axes.length != starts.length) {
            throw new NetworkException("its starts, ends and axes are not equally many");
        }
        for (int i = 0; i < starts.length; i++) {
            int axis = Call.axis(axes == null ? i : axes[i], sizes.length);
            Range range = Range.of(starts[i], ends[i], call.has(4) ? call.constant(4).longs()[i] : 1, sizes[axis]);
            from += range.from() * steps[axis];
            sizes[axis] = range.count();
            steps[axis] *= range.step();
        }
        return Folder.picked(constant, sizes, call.budget(), Folder.place(sizes, steps, from));
    }

    static List<Value> split(Call call) {
        Constant constant = call.constant(0);
        Node node = call.node();
        int axis = Call.axis(node.integer("axis", 0), constant.rank());
        int count = node.outputs().size();
        int size = constant.sizes()[axis];
        int each = count == 0 ? 0 : (size + count - 1) / count;
        int[] parts = node.has("split") ? node.integers("split", count, 0) : call.has(1) ? call.constant(1).ints()
                : IntStream.range(0, count).map(i -> Math.max(0, Math.min(each, size - i * each))).toArray();
        List<Value> values = new ArrayList<>();
        int[] steps = Folder.strides(constant.sizes());
        int from = 0;
        for (int i = 0; i < count; i++) {
            int[] sizes = constant.sizes().clone();
            sizes[axis] = parts[i];
            if (parts[i] < 0 || from + parts[i] > size) {
                throw new NetworkException("it splits " + size + " into " + Arrays.toString(parts));
            }
            values.add(Folder.picked(constant, sizes, call.budget(), Folder.place(sizes, steps, from * steps[axis])));
            from += parts[i];
        }
        return values;
    }
}
