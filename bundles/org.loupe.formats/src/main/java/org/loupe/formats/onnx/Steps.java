package org.loupe.formats.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.formats.graph.Assembly;
import org.loupe.formats.onnx.Call.Budget;
import org.loupe.formats.onnx.View.Atom;
import org.loupe.formats.onnx.View.Role;

/**
 * Adds operations to an assembly, and remembers what {@link Formulas} needs to know of them. What a formula replaces
 * stays behind unread, and is left out of the network.
 */
final class Steps {

    /** A scale and a shift for each channel that come from arithmetic with constants. */
    record Line(String input, float[] scale, float[] shift) {
        /** Whether all channels have one scale and one shift. */
        boolean isUniform() {
            return all(scale, scale[0]) && all(shift, shift[0]);
        }
    }

    /** A mean over some neighbouring channels of an operation's output; over all of them where the size is 0. */
    record ChannelMean(String input, int size) {
    }

    private final Assembly assembly;
    private final Map<String, Integer> readers;
    private final Budget budget;
    private final Map<String, Line> lines = new HashMap<>();
    private final Map<String, ChannelMean> means = new HashMap<>();
    private final Set<String> plain = new HashSet<>();

    /**
     * A place for an operation.
     *
     * @param name what the operation is called
     * @param path where the file says that it is
     */
    record Place(String name, String path) {
        /** A place for an operation that comes before this one. */
        Place before(String what) {
            return new Place(name + " " + what, path);
        }
    }

    /** @param readers how many nodes read each name of the file */
    Steps(Assembly assembly, Map<String, Integer> readers, Budget budget) {
        this.assembly = assembly;
        this.budget = budget;
        this.readers = readers;
    }

    /** Adds an operation and returns its name. */
    String add(Operation operation, Place place) {
        assembly.add(operation, place.path());
        return operation.name();
    }

    Shape shape(String operation) {
        return assembly.shape(operation);
    }

    /** The operation of some name, or null for the input. */
    Operation operation(String name) {
        return assembly.operation(name);
    }

    Line line(String operation) {
        return lines.get(operation);
    }

    ChannelMean mean(String operation) {
        return means.get(operation);
    }

    /** Notes that an operation has no bias, or no scale and shift, of its own. */
    void plain(String operation) {
        plain.add(operation);
    }

    View relu(Place place, View view) {
        return view.of(add(new Relu(place.name(), view.operation()), place));
    }

    View activation(Place place, View view, Nonlinearity function) {
        Formulas.Applied applied = Formulas.simpler(this, view.operation(), function);
        return view.of(add(new Activation(place.name(), applied.input(), applied.function()), place));
    }

    /** The same view, with its channels in their own order along one axis, or spread over axes in their own order. */
    View ordered(Place place, View view) {
        return orderedAs(place.before("ordered"), view);
    }

    /** The same as {@link #ordered}, at a place of its own. */
    View orderedAs(Place place, View view) {
        List<Integer> channels = new ArrayList<>(List.of(0));
        boolean ordered = true;
        int stride = view.shape().channels();
        List<List<Atom>> axes = new ArrayList<>();
        for (List<Atom> axis : view.axes()) {
            int size = 1;
            for (Atom atom : axis) {
                if (atom.role() == Role.CHANNEL) {
                    channels = combined(channels, atom);
                    stride /= atom.size();
                    ordered &= atom.stride() == stride;
                    size *= atom.size();
                }
            }
            boolean mixed = size > 1 && axis.stream().anyMatch(atom -> atom.role() != Role.CHANNEL);
            axes.add(mixed || size == 1 ? axis : List.of(new Atom(Role.CHANNEL, size, stride)));
            if (mixed && !ordered) {
                throw new Unsupported("Transpose that mixes channels with positions");
            }
        }
        if (ordered) {
            return view;
        }
        String name = add(new Selection(place.name(), view.operation(), channels), place);
        return new View(name, view.shape(), view.images(), axes);
    }

    private List<Integer> combined(List<Integer> before, Atom atom) {
        budget.take(6L * before.size() * atom.size());
        List<Integer> after = new ArrayList<>(before.size() * atom.size());
        for (int base : before) {
            for (int i = 0; i < atom.size(); i++) {
                after.add(base + i * atom.stride());
            }
        }
        return after;
    }

    /**
     * The view as image, channel, row, column.
     *
     * @param what the operation that wants it so
     * @throws Unsupported when its axes are others
     */
    View image(Place place, View view, String what) {
        if (view.rank() != 4) {
            throw new Unsupported(what + " with " + (view.rank() - 2) + " dimensions");
        }
        View ordered = ordered(place, view);
        if (!ordered.isImage()) {
            throw new Unsupported(what + " on an array whose axes are not image, channel, row, column");
        }
        return ordered;
    }

    /**
     * Each channel times a scale plus a shift. It becomes one with a scale and shift before it, unless that is read elsewhere,
     * too: then it may be the x of a formula.
     *
     * @param scale one for all channels, or one for each channel in its order
     * @param shift the same
     */
    View line(Place place, View view, float[] scale, float[] shift) {
        if (all(scale, 1) && all(shift, 0)) {
            return view;
        }
        Line before = lines.get(view.operation());
        if (before != null && readers.getOrDefault(view.operation(), 0) < 2) {
            return line(place, view.of(before.input()), composed(scale, before.scale()), composed(scale, before.shift(), shift));
        }
        int channels = view.shape().channels();
        budget.take(8L * channels);
        Operation replaced = absorbed(place, view.operation(), spread(scale, channels), spread(shift, channels));
        if (replaced == null) {
            replaced = Formulas.scaled(this, place.name(), view.operation(), scale, shift);
        }
        if (replaced == null) {
            Line line = new Line(view.operation(), spread(scale, channels), spread(shift, channels));
            lines.put(place.name(), line);
            float[] ones = new float[channels];
            Arrays.fill(ones, 1);
            replaced = new BatchNormalization(place.name(), view.operation(), Weights.vector(line.scale()),
                    Weights.vector(line.shift()), Weights.vector(new float[channels]), Weights.vector(ones), 0);
        }
        return view.of(add(replaced, place));
    }

    /** The operation with the scale and shift in its own weights, or null. */
    private Operation absorbed(Place place, String name, float[] scale, float[] shift) {
        Operation operation = operation(name);
        if (!plain.contains(name) || readers.getOrDefault(name, 0) > 1) {
            return null;
        }
        if (operation instanceof LayerNormalization norm) {
            plain(place.name());
            return new LayerNormalization(place.name(), norm.input(), Weights.vector(composed(scale, norm.scale().values())),
                    Weights.vector(composed(scale, norm.shift().values(), shift)), norm.epsilon());
        }
        if (!all(scale, 1)) {
            return null;
        }
        if (operation instanceof Convolution at) {
            return new Convolution(place.name(), at.input(), at.weights(), Weights.vector(shift), at.window(), at.groups());
        }
        if (operation instanceof Dense at) {
            return new Dense(place.name(), at.input(), at.weights(), Weights.vector(shift));
        }
        return null;
    }

    /** The mean over {@code size} neighbouring channels, zeros beyond the ends; over all channels where the size is 0. */
    String channelMean(Place place, String input, int size) {
        int channels = shape(input).channels();
        int outputs = size == 0 ? 1 : channels;
        int all = size == 0 ? channels : size;
        budget.take((long) outputs * channels);
        float[] weights = new float[outputs * channels];
        for (int output = 0; output < outputs; output++) {
            int first = size == 0 ? 0 : output - (size - 1) / 2;
            for (int channel = Math.max(0, first); channel < Math.min(channels, first + all); channel++) {
                weights[output * channels + channel] = 1f / all;
            }
        }
        means.put(place.name(), new ChannelMean(input, size));
        return add(new Convolution(place.name(), input, new Weights(new int[] {outputs, channels, 1, 1}, weights),
                Weights.vector(new float[outputs]), Window.square(1, 1, 0), 1), place);
    }

    private static float[] composed(float[] scale, float[] inner) {
        return composed(scale, inner, new float[] {0});
    }

    private static float[] composed(float[] scale, float[] inner, float[] shift) {
        int size = Math.max(inner.length, Math.max(scale.length, shift.length));
        float[] result = new float[size];
        for (int i = 0; i < size; i++) {
            result[i] = (float) ((double) scale[i % scale.length] * inner[i % inner.length] + shift[i % shift.length]);
        }
        return result;
    }

    static float[] spread(float[] values, int size) {
        if (values.length == size) {
            return values;
        }
        float[] all = new float[size];
        Arrays.fill(all, values[0]);
        return all;
    }

    static boolean all(float[] values, float value) {
        return IntStream.range(0, values.length).allMatch(i -> Math.abs(values[i] - value) <= 1e-7 * Math.max(1, Math.abs(value)));
    }
}
