package org.loupe.formats.keras;

import com.google.gson.JsonElement;
import java.util.Arrays;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Weights;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.arrays.Steps;
import org.loupe.formats.arrays.Tensor;
import org.loupe.formats.arrays.Unsupported;
import org.loupe.formats.arrays.Value;
import org.loupe.formats.keras.Layers.Call;

/** Translates the layers that scale and shift channels. */
final class Scales {

    private final Steps steps;
    private final Budget budget;
    private final WeightStore store;

    Scales(Steps steps, Budget budget, WeightStore store) {
        this.steps = steps;
        this.budget = budget;
        this.store = store;
    }

    /** The only dimension that a setting names, which may be in a list; the last one where it is not there. */
    static int axis(Configuration layer, String key) {
        JsonElement axis = layer.get(key);
        if (axis == null) {
            return -1;
        }
        if (axis.isJsonArray() && axis.getAsJsonArray().size() != 1) {
            throw new Unsupported("over several dimensions");
        }
        return axis.isJsonArray() ? axis.getAsJsonArray().get(0).getAsInt() : axis.getAsInt();
    }

    private float[] filled(int size, float value) {
        budget.take(size);
        float[] filled = new float[size];
        Arrays.fill(filled, value);
        return filled;
    }

    Value normalization(Call call) {
        Configuration layer = call.layer();
        boolean scales = layer.flag("scale", true);
        boolean shifts = layer.flag("center", true);
        int index = (scales ? 1 : 0) + (shifts ? 1 : 0);
        float[] mean = store.weights(call.place(), index, "moving_mean").values();
        float[] variance = store.weights(call.place(), index + 1, "moving_variance").values();
        float[] scale = scales ? store.weights(call.place(), 0, "gamma").values() : filled(mean.length, 1);
        float[] shift = shifts ? store.weights(call.place(), scales ? 1 : 0, "beta").values() : filled(mean.length, 0);
        return steps.normalized(call.name(), call.in(), axis(layer, "axis"), scale, shift, mean, variance,
                layer.real("epsilon", 1e-3f));
    }

    Value overChannels(Call call) {
        Configuration layer = call.layer();
        int axis = axis(layer, "axis");
        Value in = steps.asChannels(call.name() + "/in", call.in(), axis);
        if (!in.isChannels(axis) || layer.flag("rms_scaling", false)) {
            throw new Unsupported("over something else than channels");
        }
        int channels = in.shape().channels();
        boolean scales = layer.flag("scale", true);
        float[] scale = scales ? store.weights(call.place(), 0, "gamma").values() : filled(channels, 1);
        float[] shift = layer.flag("center", true) ? store.weights(call.place(), scales ? 1 : 0, "beta").values()
                : filled(channels, 0);
        return in.of(steps.add(new LayerNormalization(call.name(), in.output(), Weights.vector(scale), Weights.vector(shift),
                layer.real("epsilon", 1e-3f))));
    }

    /** The layer that learned the mean and variance of its pictures beforehand. */
    Value standardization(Call call) {
        Configuration layer = call.layer();
        if (layer.flag("invert", false)) {
            throw new Unsupported("inverted");
        }
        float[] mean = statistics(call, "mean", 0);
        float[] variance = statistics(call, "variance", 1);
        int channels = call.in().sizes()[call.in().axis(axis(layer, "axis"))];
        float[] scale = filled(channels, 0);
        float[] shift = filled(channels, 0);
        if (mean.length != 1 && mean.length != channels || variance.length != mean.length) {
            throw new Unsupported("with statistics for each position");
        }
        for (int i = 0; i < channels; i++) {
            int at = mean.length == 1 ? 0 : i;
            scale[i] = (float) (1 / Math.max(Math.sqrt(variance[at]), 1e-7));
            shift[i] = -mean[at] * scale[i];
        }
        return steps.affine(call.name(), call.in(), Tensor.vector(scale), Tensor.vector(shift));
    }

    private float[] statistics(Call call, String key, int index) {
        JsonElement given = call.layer().get(key);
        if (given == null) {
            return store.weights(call.place(), index, key).values();
        }
        if (given.isJsonObject()) {
            throw new Unsupported("with statistics in a form of their own");
        }
        return call.layer().numbers(key);
    }

    Value rescaling(Call call) {
        float[] scale = call.layer().numbers("scale");
        float[] offset = call.layer().numbers("offset");
        return steps.affine(call.name(), call.in(), scale.length == 0 ? Tensor.scalar(1) : constant(scale),
                offset.length == 0 ? Tensor.scalar(0) : constant(offset));
    }

    private static Tensor constant(float[] numbers) {
        return numbers.length == 1 ? Tensor.scalar(numbers[0]) : Tensor.vector(numbers);
    }
}
