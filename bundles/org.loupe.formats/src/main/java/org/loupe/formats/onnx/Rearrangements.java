package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.Concatenation;
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
        int[] wanted = call.node().has("shape") ? Cutting.clamped(call.node().integers("shape")) : call.constant(1).ints();
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
}
