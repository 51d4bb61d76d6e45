package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Shape;
import org.loupe.formats.onnx.Model.Node;
import org.loupe.formats.onnx.Steps.Place;
import org.loupe.formats.onnx.View.Atom;
import org.loupe.formats.onnx.View.Role;

/** Takes parts of arrays: slices, splits and gathers. */
final class Cutting {

    private Cutting() {
    }

    static List<Value> split(Call call) {
        View view = call.view(0);
        Node node = call.node();
        int axis = Call.axis(node.integer("axis", 0), view.rank());
        int size = view.sizes()[axis];
        int count = node.outputs().size();
        int[] parts;
        if (node.has("split") || call.has(1)) {
            parts = node.has("split") ? node.integers("split", count, 0) : call.constant(1).ints();
        } else {
            int each = (size + count - 1) / count;
            parts = IntStream.range(0, count).map(i -> Math.max(0, Math.min(each, size - i * each))).toArray();
        }
        if (parts.length != count || Arrays.stream(parts).asLongStream().sum() != size
                || Arrays.stream(parts).anyMatch(part -> part < 1)) {
            throw new NetworkException("it splits " + size + " into " + Arrays.toString(parts));
        }
        List<Value> values = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < count; i++) {
            Place place = new Place(node.outputs().get(i), call.place().path() + (count > 1 ? "_" + i : ""));
            values.add(node.outputs().get(i).isEmpty() ? null : kept(call, place, view, axis, from, 1, parts[i]));
            from += parts[i];
        }
        return values;
    }

    static Value slice(Call call) {
        View view = call.view(0);
        Node node = call.node();
        boolean old = node.has("starts");
        int[] starts = old ? clamped(node.integers("starts")) : call.constant(1).ints();
        int[] ends = old ? clamped(node.integers("ends")) : call.constant(2).ints();
        int[] axes = call.axes(3);
        axes = axes == null ? IntStream.range(0, starts.length).toArray() : axes;
        int[] steps = call.has(4) ? call.constant(4).ints() : ones(starts.length);
        if (ends.length != starts.length || axes.length != starts.length || steps.length != starts.length) {
            throw new NetworkException("its starts, ends, axes and steps are not equally many");
        }
        for (int i = 0; i < starts.length; i++) {
            int axis = Call.axis(axes[i], view.rank());
            Range range = Range.of(starts[i], ends[i], steps[i], view.sizes()[axis]);
            boolean last = i == starts.length - 1;
            view = kept(call, last ? call.place() : call.place().before("axis " + axis), view, axis, range.from(), range.step(),
                    range.count());
        }
        return view;
    }

    /** Every so manieth position of an axis. */
    record Range(int from, int step, int count) {
        static Range of(long start, long end, long step, int size) {
            if (step == 0 || step < -size - 1L) {
                throw new NetworkException("it slices with the step " + step);
            }
            boolean back = step < 0;
            long first = Math.max(back ? -1 : 0, Math.min(start < 0 ? start + size : start, back ? size - 1 : size));
            long stop = Math.max(back ? -1 : 0, Math.min(end < 0 ? end + size : end, back ? size - 1 : size));
            long count = Math.max(0, back ? (first - stop - step - 1) / -step : (stop - first + step - 1) / step);
            return new Range((int) first, (int) Math.min(step, size), (int) count);
        }
    }

    static int[] clamped(long[] numbers) {
        return numbers == null ? new int[0] : Constant.list(numbers).ints();
    }

    private static int[] ones(int count) {
        int[] ones = new int[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Some positions of one axis. */
    private static View kept(Call call, Place place, View view, int axis, int from, int step, int count) {
        int size = view.sizes()[axis];
        if (count < 1) {
            throw new Unsupported(call.node().kind() + " that leaves nothing");
        }
        if (from == 0 && step == 1 && count == size) {
            return view;
        }
        if (view.roles(axis).equals(Set.of(Role.CHANNEL))) {
            return channels(call, place, view, axis, IntStream.range(0, count).map(i -> from + i * step).toArray());
        }
        boolean rows = view.isWhole(axis, Role.ROW);
        if (!rows && !view.isWhole(axis, Role.COLUMN) || step < 1) {
            throw new Unsupported(call.node().kind() + " over images, or backwards over positions");
        }
        int rest = size - (from + (count - 1) * step) - 1;
        Crop crop = rows ? new Crop(place.name(), view.operation(), from, 0, rest, 0, step, 1)
                : new Crop(place.name(), view.operation(), 0, from, 0, rest, 1, step);
        Shape shape = call.steps().shape(call.steps().add(crop, place));
        List<List<Atom>> axes = new ArrayList<>(view.axes());
        axes.set(axis, View.whole(rows ? Role.ROW : Role.COLUMN, count));
        return new View(place.name(), shape, view.images(), axes);
    }

    /** Some positions of an axis that runs over channels, or over part of their index. */
    private static View channels(Call call, Place place, View view, int axis, int[] positions) {
        List<Integer> chosen = new ArrayList<>(List.of(0));
        List<List<Atom>> axes = new ArrayList<>();
        int stride = view.shape().channels() / view.sizes()[axis] * positions.length;
        for (int i = 0; i < view.rank(); i++) {
            int[] offsets = i == axis ? new int[0] : channelOffsets(view.axes().get(i));
            if (i == axis) {
                int[] all = channelOffsets(view.axes().get(i));
                offsets = Arrays.stream(positions).map(position -> all[position]).toArray();
            }
            call.budget().take(6L * chosen.size() * offsets.length);
            List<Integer> more = new ArrayList<>(chosen.size() * offsets.length);
            for (int base : chosen) {
                for (int offset : offsets) {
                    more.add(base + offset);
                }
            }
            chosen = more;
            boolean channels = view.roles(i).contains(Role.CHANNEL);
            if (channels && view.roles(i).size() > 1) {
                throw new Unsupported(call.node().kind() + " of an array whose axes mix channels and positions");
            }
            stride /= offsets.length;
            axes.add(!channels ? view.axes().get(i)
                    : offsets.length == 1 ? List.of() : List.of(new Atom(Role.CHANNEL, offsets.length, stride)));
        }
        String name = call.steps().add(new Selection(place.name(), view.operation(), chosen), place);
        return new View(name, call.steps().shape(name), view.images(), axes);
    }

    private static int[] channelOffsets(List<Atom> axis) {
        int[] offsets = {0};
        for (Atom atom : axis) {
            if (atom.role() == Role.CHANNEL) {
                int[] more = new int[offsets.length * atom.size()];
                for (int i = 0; i < more.length; i++) {
                    more[i] = offsets[i / atom.size()] + i % atom.size() * atom.stride();
                }
                offsets = more;
            }
        }
        return offsets;
    }

    static Value gather(Call call) {
        View view = call.view(0);
        int axis = Call.axis(call.node().integer("axis", 0), view.rank());
        Constant indices = call.constant(1);
        int size = view.sizes()[axis];
        int[] positions = Arrays.stream(indices.ints()).map(index -> Call.axis(index, size)).toArray();
        boolean ordered = IntStream.range(0, positions.length).allMatch(i -> positions[i] == i);
        View result = view;
        if (positions.length == 0) {
            throw new Unsupported("Gather that leaves nothing");
        } else if (!ordered || positions.length != size) {
            result = view.roles(axis).equals(Set.of(Role.CHANNEL)) ? channels(call, call.place(), view, axis, positions)
                    : kept(call, call.place(), view, axis, positions[0], step(positions), positions.length);
        }
        List<Integer> sizes = new ArrayList<>(Arrays.stream(result.sizes()).boxed().toList());
        sizes.remove(axis);
        sizes.addAll(axis, Arrays.stream(indices.sizes()).boxed().toList());
        return indices.rank() == 1 ? result : result.reshaped(sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int step(int[] positions) {
        int step = positions.length > 1 ? positions[1] - positions[0] : 1;
        if (IntStream.range(0, positions.length).anyMatch(i -> positions[i] != positions[0] + i * step)) {
            throw new Unsupported("Gather of scattered rows or columns");
        }
        return step;
    }
}
