package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** The mean over all positions. Its gradient is added to what is there in one go, as in squeeze-and-excitation. */
final class MeanKernel implements Kernel {

    private static final algorithm KIND = algorithm.pooling_avg_include_padding;
    private static final long[] ONES = {1, 1};
    private static final long[] ZEROS = {0, 0};

    private final Construction construction;
    private final String name;
    private final Array from;
    private final Array to;

    MeanKernel(Construction construction, String name, Array from, Array to) {
        this.construction = construction;
        this.name = name;
        this.from = from;
        this.to = to;
        add(construction, construction.forward(), name, from.value(), to.value());
    }

    /**
     * Adds the calls that take means over all positions: first over columns, then over rows, because the error of one
     * long sum of numbers of 32 bits grows with its length.
     */
    static void add(Construction construction, Calls calls, String what, memory from, memory to) {
        long[] sizes = new long[4];
        from.get_desc().get_dims().get(sizes);
        memory rows = construction.zeros(construction.blocked((int) sizes[1], (int) sizes[2], 1));
        pool(construction, calls, what, from, new long[] {1, sizes[3]}, rows);
        pool(construction, calls, what, rows, new long[] {sizes[2], 1}, to);
    }

    private static void pool(Construction construction, Calls calls, String what, memory from, long[] window, memory to) {
        pooling_forward.primitive_desc plan = plan(construction, from.get_desc(), window, to.get_desc());
        calls.add(what, plan, new pooling_forward(plan), DNNL_ARG_SRC, from, DNNL_ARG_DST, to);
    }

    private static pooling_forward.primitive_desc plan(Construction construction, memory.desc from, long[] window,
            memory.desc to) {
        return new pooling_forward.primitive_desc(construction.engine(), prop_kind.forward_training, KIND, from, to, ONES,
                window, ZEROS, ZEROS, ZEROS, Construction.alone(), false);
    }

    @Override
    public void backward() {
        if (!from.reached() || !addShare()) {
            construction.contribute(from, this::spread);
        }
    }

    private void spread(memory target) {
        long[] window = {from.rows(), from.columns()};
        pooling_backward.primitive_desc plan = new pooling_backward.primitive_desc(construction.engine(), KIND,
                target.get_desc(), to.desc(), ONES, window, ZEROS, ZEROS, ZEROS,
                plan(construction, target.get_desc(), window, to.desc()), Construction.alone(), false);
        construction.backward().add(name + " back", plan, new pooling_backward(plan),
                DNNL_ARG_DIFF_DST, to.slope(), DNNL_ARG_DIFF_SRC, target);
    }

    /** Returns false, having done nothing, where oneDNN has no fast kernel. */
    private boolean addShare() {
        binary.primitive_desc plan = new binary.primitive_desc(construction.engine(), algorithm.binary_add,
                from.slope().get_desc(), to.desc(), from.slope().get_desc(), Construction.alone(), false);
        if (Construction.slow(plan)) {
            return false;
        }
        memory share = construction.zeros(construction.blocked(to.slots().width(), 1, 1));
        construction.scale(construction.backward(), name + " back", to.slope(), share, 1f / (from.rows() * from.columns()));
        construction.backward().add(name + " back", plan, new binary(plan), DNNL_ARG_SRC_0, from.slope(),
                DNNL_ARG_SRC_1, share, DNNL_ARG_DST, from.slope());
        return true;
    }
}
