package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.lrn_backward;
import org.bytedeco.dnnl.lrn_forward;
import org.bytedeco.dnnl.memory;
import org.loupe.core.network.Operation.LocalResponseNormalization;

/** Local response normalization over channels that fill whole blocks. What was computed on the way is remembered. */
final class ResponseNormalizationKernel implements Kernel {

    private static final algorithm KIND = algorithm.lrn_across_channels;

    private final Construction construction;
    private final LocalResponseNormalization normalization;
    private final Array from;
    private final Array to;
    private final lrn_forward.primitive_desc plan;
    private final memory remembered;

    ResponseNormalizationKernel(Construction construction, LocalResponseNormalization normalization, Array from,
            Array to) {
        this.construction = construction;
        this.normalization = normalization;
        this.from = from;
        this.to = to;
        plan = plan(construction, normalization, from.desc());
        remembered = construction.zeros(plan.workspace_desc());
        construction.forward().add(normalization.name(), plan, new lrn_forward(plan), DNNL_ARG_SRC, from.value(),
                DNNL_ARG_DST, to.value(), DNNL_ARG_WORKSPACE, remembered);
    }

    /** Whether oneDNN does this, and fast. */
    static boolean runs(Construction construction, LocalResponseNormalization normalization, Array from) {
        return normalization.size() % 2 == 1 && from.slots().contiguous() && !from.slots().gaps()
                && !Construction.slow(plan(construction, normalization, from.desc()));
    }

    private static lrn_forward.primitive_desc plan(Construction construction, LocalResponseNormalization normalization,
            memory.desc desc) {
        return new lrn_forward.primitive_desc(construction.engine(), prop_kind.forward_training, KIND, desc, desc,
                normalization.size(), normalization.alpha(), normalization.beta(), normalization.bias(),
                Construction.alone(), false);
    }

    @Override
    public void backward() {
        construction.contribute(from, target -> {
            lrn_backward.primitive_desc back = new lrn_backward.primitive_desc(construction.engine(), KIND,
                    target.get_desc(), to.desc(), from.desc(), normalization.size(), normalization.alpha(),
                    normalization.beta(), normalization.bias(), plan, Construction.alone(), false);
            construction.backward().add(normalization.name() + " back", back, new lrn_backward(back),
                    DNNL_ARG_SRC, from.value(), DNNL_ARG_DIFF_DST, to.slope(), DNNL_ARG_DIFF_SRC, target,
                    DNNL_ARG_WORKSPACE, remembered);
        });
    }
}
