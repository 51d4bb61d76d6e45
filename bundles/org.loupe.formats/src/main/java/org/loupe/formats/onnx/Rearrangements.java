package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Shape;
import org.loupe.formats.onnx.Model.Node;
import org.loupe.formats.onnx.Pending.PaddedChannels;
import org.loupe.formats.onnx.Steps.Place;
import org.loupe.formats.onnx.View.Atom;
import org.loupe.formats.onnx.View.Role;

/** What moves values without computing with them. Most of it only changes what the axes of a view are. */
final class Rearrangements {

    private Rearrangements() {
    }

    static Value reshape(Call call) {
        Value value = call.value(0);
        int[] wanted = call.node().has("shape") ? call.node().integers("shape", call.node().integers("shape").length, 0)
                : call.constant(1).ints();
        int[] sizes = sizes(value.sizes(), wanted, call.node().integer("allowzero", 0) != 0);
        if (value instanceof Constant constant) {
            return constant.reshaped(sizes);
        }
        View view = call.view(0).reshaped(sizes);
        boolean shuffles = view.rank() == 4 && view.roles(1).equals(Set.of(Role.CHANNEL)) && view.isWhole(2, Role.ROW)
                && view.isWhole(3, Role.COLUMN) && view.channelAxis(1) == 1;
        return shuffles ? call.steps().orderedAs(call.place(), view) : view;
    }

    /** The sizes that a reshaping asks for: 0 stands for the size that there is, -1 for what is left. */
    private static int[] sizes(int[] from, int[] wanted, boolean zeros) {
        int[] sizes = wanted.clone();
        int open = -1;
        long known = 1;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == 0 && !zeros) {
                if (i >= from.length) {
                    throw new NetworkException("it keeps the axis " + i + " of an array with " + from.length + " dimensions");
                }
                sizes[i] = from[i];
            }
            if (sizes[i] == -1 && open < 0) {
                open = i;
            } else if (sizes[i] < 0) {
                throw new NetworkException("it asks for the shape " + Arrays.toString(wanted));
            } else {
                known = Math.multiplyExact(known, sizes[i]);
            }
        }
        if (open >= 0) {
            long all = 1;
            for (int size : from) {
                all = Math.multiplyExact(all, size);
            }
            sizes[open] = known == 0 ? 0 : Math.toIntExact(all / known);
        }
        return sizes;
    }

    static Value flatten(Call call) {
        Value value = call.value(0);
        long axis = call.node().integer("axis", 1);
        int split = axis == value.rank() ? value.rank() : Call.axis(axis, value.rank());
        int[] sizes = {1, 1};
        for (int i = 0; i < value.rank(); i++) {
            sizes[i < split ? 0 : 1] = Math.multiplyExact(sizes[i < split ? 0 : 1], value.sizes()[i]);
        }
        return value instanceof Constant constant ? constant.reshaped(sizes) : call.view(0).reshaped(sizes);
    }

    static Value transpose(Call call) {
        int rank = call.value(0).rank();
        int[] order = call.node().has("perm") ? call.node().integers("perm", rank, 0)
                : IntStream.range(0, rank).map(i -> rank - 1 - i).toArray();
        if (!Arrays.equals(Arrays.stream(order).sorted().toArray(), IntStream.range(0, rank).toArray())) {
            throw new NetworkException("it cannot bring the axes into the order " + Arrays.toString(order));
        }
        if (call.value(0) instanceof Constant constant) {
            return Folder.transposed(constant, order, call.budget());
        }
        return call.view(0).transposed(order);
    }

    static Value squeeze(Call call) {
        Value value = call.value(0);
        int[] given = call.axes(1);
        int[] axes = given != null ? Call.sorted(given, value.rank())
                : IntStream.range(0, value.rank()).filter(i -> value.sizes()[i] == 1).toArray();
        Set<Integer> left = Arrays.stream(axes).boxed().collect(Collectors.toSet());
        if (value instanceof Constant constant) {
            return constant.reshaped(IntStream.range(0, value.rank()).filter(i -> !left.contains(i)).map(i -> value.sizes()[i]).toArray());
        }
        if (value instanceof PaddedChannels) {
            throw new Unsupported("Pad over channels");
        }
        return call.view(0).without(left);
    }

    static Value unsqueeze(Call call) {
        Value value = call.value(0);
        int[] given = call.axes(1);
        if (given == null) {
            throw new NetworkException("it has no axes");
        }
        int rank = value.rank() + given.length;
        Set<Integer> added = Arrays.stream(given).map(axis -> Call.axis(axis, rank)).boxed().collect(Collectors.toCollection(HashSet::new));
        if (added.size() < given.length || rank > 16) {
            throw new NetworkException("it adds the axes " + Arrays.toString(given));
        }
        List<List<Atom>> axes = new ArrayList<>();
        int[] sizes = new int[rank];
        int next = 0;
        for (int axis = 0; axis < rank; axis++) {
            boolean more = added.contains(axis);
            axes.add(more || !(value instanceof View view) ? List.of() : view.axes().get(next));
            sizes[axis] = more ? 1 : value.sizes()[next++];
        }
        return value instanceof Constant constant ? constant.reshaped(sizes) : call.view(0).with(axes);
    }

    static Value concatenation(Call call) {
        Place place = call.place();
        List<View> views = new ArrayList<>();
        for (int i = 0; i < call.inputs().size(); i++) {
            if (call.value(i) instanceof Constant constant && constant.count() == 0) {
                continue;
            }
            views.add(call.steps().ordered(place.before("part " + i), call.view(i)));
        }
        View first = views.get(0);
        int axis = Call.axis(call.node().integer("axis", 1), first.rank());
        List<List<Atom>> axes = new ArrayList<>(first.axes());
        axes.set(axis, List.of());
        int channels = 0;
        for (View view : views) {
            List<List<Atom>> others = new ArrayList<>(view.axes());
            if (view.rank() != first.rank() || view.channelAxis(axis) != axis) {
                throw new Unsupported("Concat over something else than channels");
            }
            others.set(axis, List.of());
            if (!others.equals(axes)) {
                throw new Unsupported("Concat of arrays whose axes do not match");
            }
            channels += view.shape().channels();
        }
        if (views.size() == 1) {
            return first;
        }
        View whole = Colours.together(call.steps(), place, views);
        if (whole != null) {
            return whole;
        }
        String name = call.steps().add(new Concatenation(place.name(), views.stream().map(View::operation).toList()), place);
        axes.set(axis, View.whole(Role.CHANNEL, channels));
        return new View(name, call.steps().shape(name), first.images(), axes);
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

    private static int[] clamped(long[] numbers) {
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

    static Value padding(Call call) {
        Node node = call.node();
        View view = call.view(0);
        int rank = view.rank();
        int[] pads = new int[2 * rank];
        int[] given = node.has("pads") ? clamped(node.integers("pads")) : call.has(1) ? call.constant(1).ints() : clamped(node.integers("paddings"));
        int[] axes = call.has(3) ? Arrays.stream(call.constant(3).ints()).map(axis -> Call.axis(axis, rank)).toArray()
                : IntStream.range(0, rank).toArray();
        if (given.length != 2 * axes.length) {
            throw new NetworkException("its pads are " + given.length + " numbers for " + axes.length + " axes");
        }
        for (int i = 0; i < axes.length; i++) {
            pads[axes[i]] = given[i];
            pads[rank + axes[i]] = given[axes.length + i];
        }
        float value = call.has(2) ? (float) call.constant(2).number() : node.number("value", 0);
        String mode = node.text("mode", "constant");
        return padded(call, view, pads, mode.isEmpty() ? "constant" : mode, value);
    }

    private static Value padded(Call call, View view, int[] pads, String mode, float value) {
        int rank = view.rank();
        int[] margins = new int[4];
        List<List<Atom>> axes = new ArrayList<>(view.axes());
        for (int axis = 0; axis < rank; axis++) {
            int before = pads[axis];
            int after = pads[rank + axis];
            if (before == 0 && after == 0) {
                continue;
            }
            boolean rows = view.isWhole(axis, Role.ROW) && !view.axes().get(axis).isEmpty();
            boolean columns = view.isWhole(axis, Role.COLUMN) && !view.axes().get(axis).isEmpty();
            if (view.isImage()) {
                rows = axis == 2;
                columns = axis == 3;
            }
            if (view.isWhole(axis, Role.CHANNEL) && !rows && !columns && mode.equals("constant") && value == 0 && before >= 0
                    && after >= 0 && before <= 1 << 10 && after <= 1 << 10) {
                return new PaddedChannels(view, axis, before, after);
            }
            if (!rows && !columns) {
                throw new Unsupported("Pad over something else than rows and columns");
            }
            margins[rows ? 0 : 1] = before;
            margins[rows ? 2 : 3] = after;
            int size = Math.addExact(view.sizes()[axis], Math.addExact(before, after));
            if (size < 1) {
                throw new NetworkException("it leaves nothing");
            }
            axes.set(axis, View.whole(rows ? Role.ROW : Role.COLUMN, size));
        }
        if (Arrays.stream(margins).allMatch(margin -> margin == 0)) {
            return view;
        }
        Fill fill = switch (mode) {
            case "constant" -> Fill.CONSTANT;
            case "reflect" -> Fill.REFLECTION;
            case "edge" -> Fill.EDGE;
            default -> throw new Unsupported("Pad in the mode " + mode);
        };
        String input = view.operation();
        Place place = call.place();
        if (Arrays.stream(margins).anyMatch(margin -> margin < 0)) {
            Place cropped = Arrays.stream(margins).anyMatch(margin -> margin > 0) ? place.before("cropped") : place;
            input = call.steps().add(new Crop(cropped.name(), input, Math.max(0, -margins[0]), Math.max(0, -margins[1]),
                    Math.max(0, -margins[2]), Math.max(0, -margins[3]), 1, 1), cropped);
        }
        if (Arrays.stream(margins).anyMatch(margin -> margin > 0)) {
            input = call.steps().add(new Padding(place.name(), input, Math.max(0, margins[0]), Math.max(0, margins[1]),
                    Math.max(0, margins[2]), Math.max(0, margins[3]), fill, value), place);
        }
        return new View(input, call.steps().shape(input), view.images(), axes);
    }

    static Value resize(Call call) {
        Node node = call.node();
        View view = call.image(0);
        boolean old = node.type().equals("Upsample") || call.opset() < 11;
        double[] scales = scales(call, view, old);
        if (scales[0] != 1 || scales[1] != 1) {
            throw new Unsupported("Resize over images or channels");
        }
        String mode = node.text("mode", "nearest").toLowerCase(Locale.ROOT);
        String where = old ? "asymmetric" : node.text("coordinate_transformation_mode", "half_pixel");
        String nearest = old ? "floor" : node.text("nearest_mode", "round_prefer_floor");
        boolean single = Resize.scaled(view.shape().rows(), scales[2]) > 1 && Resize.scaled(view.shape().columns(), scales[3]) > 1;
        Alignment alignment = switch (where) {
            case "half_pixel" -> Alignment.HALF_PIXEL;
            case "pytorch_half_pixel" -> single ? Alignment.HALF_PIXEL : null;
            case "asymmetric" -> Alignment.ORIGIN;
            case "align_corners" -> Alignment.CORNERS;
            default -> null;
        };
        Interpolation interpolation = switch (mode) {
            case "linear", "bilinear" -> Interpolation.LINEAR;
            case "nearest" -> nearest.equals("floor") ? Interpolation.FLOOR
                    : nearest.equals("round_prefer_floor") ? Interpolation.NEAREST : null;
            default -> null;
        };
        boolean antialias = node.integer("antialias", 0) != 0 && (scales[2] < 1 || scales[3] < 1);
        if (alignment == null || interpolation == null || antialias) {
            throw new Unsupported("Resize in the mode " + mode + (mode.equals("nearest") ? " (" + nearest + ")" : "") + " with "
                    + where + (antialias ? " and antialiasing" : ""));
        }
        String name = call.steps().add(new Resize(call.place().name(), view.operation(), scales[2], scales[3], interpolation,
                alignment), call.place());
        return View.image(name, call.steps().shape(name), view.images());
    }

    private static double[] scales(Call call, View view, boolean old) {
        Node node = call.node();
        int[] sizes = view.sizes();
        double[] scales = new double[4];
        int input = old ? 1 : 2;
        int[] axes = node.has("axes") ? Call.sorted(call.axes(-1), 4) : new int[] {0, 1, 2, 3};
        Arrays.fill(scales, 1);
        if (node.has("scales")) {
            float[] given = node.attributes().get("scales").numbers();
            for (int i = 0; given != null && i < Math.min(4, given.length); i++) {
                scales[i] = given[i];
            }
        } else if (call.has(input) && call.constant(input).count() > 0) {
            Constant given = call.constant(input);
            for (int i = 0; i < axes.length; i++) {
                scales[axes[i]] = given.at(i);
            }
        } else if (call.has(3) && node.text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
            int[] wanted = call.constant(3).ints();
            for (int i = 0; i < axes.length; i++) {
                scales[axes[i]] = (double) wanted[i] / sizes[axes[i]];
            }
        } else {
            throw new Unsupported("Resize with sizes that the file does not say");
        }
        return scales;
    }
}
