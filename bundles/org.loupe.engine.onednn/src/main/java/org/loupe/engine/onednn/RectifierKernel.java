package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;

/** Rectifies, in place where nobody else reads the input. The gradient needs the output only. */
final class RectifierKernel implements Kernel {

    private static final algorithm KIND = algorithm.eltwise_relu_use_dst_for_bwd;

    private final Construction construction;
    private final String name;
    private final Array from;
    private final Array to;
    private final boolean masked;

    /**
     * @param done   whether the kernel before has already rectified its output
     * @param masked whether the kernel behind, a concatenation, stops the gradient where the output is zero
     * @param to     the same as {@code from} when in place
     */
    RectifierKernel(Construction construction, String name, boolean done, boolean masked, Array from, Array to) {
        this.construction = construction;
        this.name = name;
        this.from = from;
        this.to = to;
        this.masked = masked;
        if (!done) {
            eltwise_forward.primitive_desc plan = plan(construction, from.desc(), to.desc());
            construction.forward().add(name, plan, new eltwise_forward(plan),
                    DNNL_ARG_SRC, from.value(), DNNL_ARG_DST, to.value());
        }
    }

    @Override
    public void backward() {
        if (from != to) {
            construction.contribute(from, target -> stop(construction, name, to, target));
        } else if (!masked) {
            stop(construction, name, to, to.slope());
        }
    }

    /** Passes an array's gradient on where the array is above zero. */
    static void stop(Construction construction, String name, Array array, memory target) {
        eltwise_backward.primitive_desc plan = new eltwise_backward.primitive_desc(construction.engine(), KIND,
                target.get_desc(), array.desc(), array.desc(), 0,
                plan(construction, target.get_desc(), array.desc()), Construction.alone(), false);
        construction.backward().add(name + " back", plan, new eltwise_backward(plan),
                DNNL_ARG_DST, array.value(), DNNL_ARG_DIFF_DST, array.slope(), DNNL_ARG_DIFF_SRC, target);
    }

    private static eltwise_forward.primitive_desc plan(Construction construction, memory.desc from, memory.desc to) {
        return new eltwise_forward.primitive_desc(construction.engine(), prop_kind.forward_training, KIND, from, to, 0,
                Construction.alone(), false);
    }
}
