package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.layer_normalization_backward;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.loupe.core.network.Operation.LayerNormalization;

/**
 * Layer normalization over channels that lie side by side. For this all channels of a position lie next to each
 * other, which is how oneDNN wants it.
 */
final class LayerNormalizationKernel implements Kernel {

    private static final int AFFINE = normalization_flags.use_scale.value | normalization_flags.use_shift.value;

    private final Construction construction;
    private final LayerNormalization normalization;
    private final Array from;
    private final Array to;
    private final memory.desc rows;
    private final memory read;
    private final memory made;
    private final memory mean;
    private final memory variance;
    private final memory scale;

    LayerNormalizationKernel(Construction construction, LayerNormalization normalization, Array from, Array to) {
        this.construction = construction;
        this.normalization = normalization;
        this.from = from;
        this.to = to;
        int channels = from.slots().channels();
        long positions = (long) construction.images() * from.rows() * from.columns();
        rows = Construction.desc(memory.format_tag.ab, positions, channels);
        memory.desc each = Construction.desc(memory.format_tag.a, channels);
        memory.desc statistics = Construction.desc(memory.format_tag.a, positions);
        read = construction.zeros(beside(from));
        made = construction.zeros(beside(from));
        mean = construction.zeros(statistics);
        variance = construction.zeros(statistics);
        scale = construction.weights().get(normalization.name() + " scale", each, each,
                () -> normalization.scale().values());
        memory shift = construction.weights().get(normalization.name() + " shift", each, each,
                () -> normalization.shift().values());
        layer_normalization_forward.primitive_desc plan = plan(AFFINE);
        construction.reorder(construction.forward(), normalization.name(), channels(from.value(), from), read);
        construction.forward().add(normalization.name(), plan, new layer_normalization_forward(plan),
                DNNL_ARG_SRC, construction.view(rows, read), DNNL_ARG_DST, construction.view(rows, made),
                DNNL_ARG_MEAN, mean, DNNL_ARG_VARIANCE, variance, DNNL_ARG_SCALE, scale, DNNL_ARG_SHIFT, shift);
        construction.reorder(construction.forward(), normalization.name(), made, channels(to.value(), to));
    }

    private layer_normalization_forward.primitive_desc plan(int flags) {
        return new layer_normalization_forward.primitive_desc(construction.engine(), prop_kind.forward_training.value,
                rows, rows, mean.get_desc(), normalization.epsilon(), flags, Construction.alone(), false);
    }

    /** oneDNN's fast backward kernel knows no scale when the scale's own gradient is not wanted. */
    @Override
    public void backward() {
        String what = normalization.name() + " back";
        memory above = construction.zeros(beside(to));
        memory below = construction.zeros(beside(from));
        construction.reorder(construction.backward(), what, channels(to.slope(), to), above);
        memory.desc each = Construction.desc(memory.format_tag.ab, 1, from.slots().channels());
        binary.primitive_desc times = new binary.primitive_desc(construction.engine(), algorithm.binary_mul, rows, each,
                rows, Construction.alone(), false);
        construction.backward().add(what, times, new binary(times), DNNL_ARG_SRC_0, construction.view(rows, above),
                DNNL_ARG_SRC_1, construction.view(each, scale), DNNL_ARG_DST, construction.view(rows, above));
        layer_normalization_backward.primitive_desc back = new layer_normalization_backward.primitive_desc(
                construction.engine(), prop_kind.backward_data.value, rows, rows, rows, mean.get_desc(),
                normalization.epsilon(), 0, plan(0), Construction.alone(), false);
        construction.backward().add(what, back, new layer_normalization_backward(back),
                DNNL_ARG_SRC, construction.view(rows, read), DNNL_ARG_DIFF_DST, construction.view(rows, above),
                DNNL_ARG_DIFF_SRC, construction.view(rows, below), DNNL_ARG_MEAN, mean, DNNL_ARG_VARIANCE, variance);
        construction.contribute(from, target -> construction.reorder(construction.backward(), what, below,
                channels(target, from)));
    }

    /** All channels of a position beside each other. */
    private memory.desc beside(Array array) {
        return Construction.desc(memory.format_tag.acdb, construction.images(), array.slots().channels(), array.rows(),
                array.columns());
    }

    /** The memory of an array without what fills its last block. */
    private memory channels(memory memory, Array array) {
        return construction.view(construction.blocked(array.slots().channels(), array.rows(), array.columns()), memory);
    }
}
