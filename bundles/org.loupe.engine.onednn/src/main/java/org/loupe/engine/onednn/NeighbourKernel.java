package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.post_ops;
import org.loupe.core.network.Operation.LocalResponseNormalization;

/**
 * Local response normalization of any size, with pooling: in the plain layout, positions lie next to each other as
 * channels do elsewhere, and channels follow each other as columns do. So the mean of the neighbours' squares is a
 * mean over a window of columns. A power is taken through the logarithm.
 */
final class NeighbourKernel implements Kernel {

    private final Construction construction;
    private final LocalResponseNormalization normalization;
    private final Array from;
    private final Array to;
    private final memory.desc desc;
    private final memory read;
    private final memory sums;
    private final memory power;

    /** @param from has its channels side by side */
    NeighbourKernel(Construction construction, LocalResponseNormalization normalization, Array from, Array to) {
        this.construction = construction;
        this.normalization = normalization;
        this.from = from;
        this.to = to;
        desc = turned(construction, from);
        read = construction.zeros(desc);
        sums = construction.zeros(desc);
        power = construction.zeros(desc);
        Calls forward = construction.forward();
        construction.reorder(forward, name(), channels(from.value(), from), plain(read));
        times(forward, read, read, new post_ops(), power);
        post_ops affine = new post_ops();
        affine.append_eltwise(algorithm.eltwise_linear, normalization.alpha(), normalization.bias());
        pool(forward, below(), affine, power, sums);
        each(forward, algorithm.eltwise_log, 0, sums, power);
        each(forward, algorithm.eltwise_linear, -normalization.beta(), power, power);
        each(forward, algorithm.eltwise_exp, 0, power, power);
        memory made = construction.zeros(desc);
        times(forward, read, power, new post_ops(), made);
        construction.reorder(forward, name(), plain(made), channels(to.value(), to));
    }

    /** Whether the logarithms are there for all inputs, and oneDNN pools fast. */
    static boolean runs(Construction construction, LocalResponseNormalization normalization, Array from) {
        return normalization.bias() > 0 && normalization.alpha() >= 0
                && !Construction.slow(plan(construction, turned(construction, from), normalization.size(), 0,
                        new post_ops()));
    }

    private static memory.desc turned(Construction construction, Array array) {
        return Construction.desc(memory.format_tag.acdb, construction.images(), (long) array.rows() * array.columns(), 1,
                array.slots().channels());
    }

    @Override
    public void backward() {
        Calls backward = construction.backward();
        memory slope = construction.zeros(desc);
        memory shares = construction.zeros(desc);
        memory below = construction.zeros(desc);
        construction.reorder(backward, name(), channels(to.slope(), to), plain(slope));
        post_ops shared = new post_ops();
        shared.append_binary(algorithm.binary_mul, desc);
        shared.append_binary(algorithm.binary_div, desc);
        times(backward, slope, read, shared, shares, power, sums);
        pool(backward, normalization.size() - 1 - below(), new post_ops(), shares, below);
        post_ops scaled = new post_ops();
        scaled.append_eltwise(algorithm.eltwise_linear, -2 * normalization.alpha() * normalization.beta(), 0);
        times(backward, below, read, scaled, shares);
        post_ops sum = new post_ops();
        sum.append_binary(algorithm.binary_add, desc);
        times(backward, slope, power, sum, below, shares);
        construction.contribute(from,
                target -> construction.reorder(backward, name(), plain(below), channels(target, from)));
    }

    private String name() {
        return normalization.name();
    }

    /** How many neighbours below count. */
    private int below() {
        return (normalization.size() - 1) / 2;
    }

    private void each(Calls calls, algorithm kind, float alpha, memory in, memory into) {
        eltwise_forward.primitive_desc plan = new eltwise_forward.primitive_desc(construction.engine(),
                prop_kind.forward_inference, kind, desc, desc, alpha, 0, Construction.alone(), false);
        calls.add(name(), plan, new eltwise_forward(plan), DNNL_ARG_SRC, in, DNNL_ARG_DST, into);
    }

    /** Multiplies two arrays, and goes on with others. */
    private void times(Calls calls, memory one, memory other, post_ops operations, memory into, memory... more) {
        binary.primitive_desc plan = new binary.primitive_desc(construction.engine(), algorithm.binary_mul, desc, desc,
                desc, Construction.then(operations), false);
        List<Object> arguments = new ArrayList<>(List.of(DNNL_ARG_SRC_0, one, DNNL_ARG_SRC_1, other, DNNL_ARG_DST, into));
        for (int i = 0; i < more.length; i++) {
            arguments.add(DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (i + 1) | DNNL_ARG_SRC_1);
            arguments.add(more[i]);
        }
        calls.add(name(), plan, new binary(plan), arguments.toArray());
    }

    private void pool(Calls calls, int before, post_ops operations, memory in, memory into) {
        pooling_forward.primitive_desc plan = plan(construction, desc, normalization.size(), before, operations);
        calls.add(name(), plan, new pooling_forward(plan), DNNL_ARG_SRC, in, DNNL_ARG_DST, into);
    }

    private static pooling_forward.primitive_desc plan(Construction construction, memory.desc desc, int size, int before,
            post_ops operations) {
        return new pooling_forward.primitive_desc(construction.engine(), prop_kind.forward_inference,
                algorithm.pooling_avg_include_padding, desc, desc, new long[] {1, 1}, new long[] {1, size},
                new long[] {0, 0}, new long[] {0, before}, new long[] {0, size - 1 - before},
                Construction.then(operations), false);
    }

    private memory plain(memory memory) {
        return construction.view(construction.plain(from.slots().channels(), from.rows(), from.columns()), memory);
    }

    /** The memory of an array without what fills its last block. */
    private memory channels(memory memory, Array array) {
        return construction.view(construction.blocked(array.slots().channels(), array.rows(), array.columns()), memory);
    }
}
