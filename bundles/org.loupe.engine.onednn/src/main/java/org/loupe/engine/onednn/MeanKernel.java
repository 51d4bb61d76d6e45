package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.loupe.core.network.Window;

/** The mean over all positions. Its gradient is added to what is there in one go, as in squeeze-and-excitation. */
final class MeanKernel implements Kernel {

    private final Construction construction;
    private final String name;
    private final Array from;
    private final Array to;
    private final PoolKernel pool;

    MeanKernel(Construction construction, String name, Array from, Array to) {
        this.construction = construction;
        this.name = name;
        this.from = from;
        this.to = to;
        pool = pool(construction, name, from, to);
    }

    private static PoolKernel pool(Construction construction, String name, Array from, Array to) {
        Window window = new Window(from.rows(), from.columns(), 1, 1, 0, 0, 0, 0, 1, 1);
        return new PoolKernel(construction, name, algorithm.pooling_avg_exclude_padding, window, from, to);
    }

    @Override
    public void backward() {
        if (!from.reached()) {
            pool.backward();
            return;
        }
        binary.primitive_desc plan = new binary.primitive_desc(construction.engine(), algorithm.binary_add,
                from.slope().get_desc(), to.desc(), from.slope().get_desc(), Construction.alone(), false);
        if (Construction.slow(plan)) {
            pool.backward();
            return;
        }
        memory share = construction.zeros(construction.blocked(to.slots().width(), 1, 1));
        construction.scale(construction.backward(), name + " back", to.slope(), share, 1f / (from.rows() * from.columns()));
        construction.backward().add(name + " back", plan, new binary(plan), DNNL_ARG_SRC_0, from.slope(),
                DNNL_ARG_SRC_1, share, DNNL_ARG_DST, from.slope());
    }
}
