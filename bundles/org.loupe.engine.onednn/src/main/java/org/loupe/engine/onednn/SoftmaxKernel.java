package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;

/** Probabilities over channels that lie side by side; in the plain layout, because what fills a block must not count. */
final class SoftmaxKernel implements Kernel {

    private static final int CHANNEL_AXIS = 1;

    private final Construction construction;
    private final String name;
    private final Array from;
    private final Array to;
    private final memory probabilities;
    private final softmax_forward.primitive_desc plan;

    SoftmaxKernel(Construction construction, String name, Array from, Array to) {
        this.construction = construction;
        this.name = name;
        this.from = from;
        this.to = to;
        memory.desc plain = construction.plain(from.slots().channels(), from.rows(), from.columns());
        memory scores = construction.zeros(plain);
        probabilities = construction.zeros(plain);
        plan = new softmax_forward.primitive_desc(construction.engine(), prop_kind.forward_training,
                algorithm.softmax_accurate, plain, plain, CHANNEL_AXIS, Construction.alone(), false);
        construction.reorder(construction.forward(), name, channels(from.value(), from), scores);
        construction.forward().add(name, plan, new softmax_forward(plan), DNNL_ARG_SRC, scores,
                DNNL_ARG_DST, probabilities);
        construction.reorder(construction.forward(), name, probabilities, channels(to.value(), to));
    }

    @Override
    public void backward() {
        memory.desc plain = probabilities.get_desc();
        memory above = construction.zeros(plain);
        memory below = construction.zeros(plain);
        softmax_backward.primitive_desc back = new softmax_backward.primitive_desc(construction.engine(),
                algorithm.softmax_accurate, plain, plain, plain, CHANNEL_AXIS, plan, Construction.alone(), false);
        construction.reorder(construction.backward(), name + " back", channels(to.slope(), to), above);
        construction.backward().add(name + " back", back, new softmax_backward(back),
                DNNL_ARG_DST, probabilities, DNNL_ARG_DIFF_DST, above, DNNL_ARG_DIFF_SRC, below);
        construction.contribute(from, target -> construction.reorder(construction.backward(), name + " back", below,
                channels(target, from)));
    }

    /** The memory of an array without what fills its last block. */
    private memory channels(memory memory, Array array) {
        return construction.view(construction.blocked(array.slots().channels(), array.rows(), array.columns()), memory);
    }
}
