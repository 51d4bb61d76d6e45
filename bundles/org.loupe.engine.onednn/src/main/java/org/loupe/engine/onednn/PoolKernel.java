package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import java.util.Arrays;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.loupe.core.network.Window;

/** The largest value or the mean in a window. Which value was the largest is remembered for the gradient. */
final class PoolKernel implements Kernel {

    private final Construction construction;
    private final String name;
    private final algorithm kind;
    private final Window window;
    private final Array from;
    private final Array to;
    private final pooling_forward.primitive_desc plan;
    private final memory winners;

    /** @param kind the largest value, or a mean */
    PoolKernel(Construction construction, String name, algorithm kind, Window window, Array from, Array to) {
        this.construction = construction;
        this.name = name;
        this.kind = kind;
        this.window = window;
        this.from = from;
        this.to = to;
        Sides sides = Sides.of(window, from, to);
        plan = new pooling_forward.primitive_desc(construction.engine(),
                construction.gradient() ? prop_kind.forward_training : prop_kind.forward_inference, kind, from.desc(),
                to.desc(), steps(), sizes(), dilation(), sides.before(), sides.behind(), Construction.alone(), false);
        boolean remembers = kind == algorithm.pooling_max && construction.gradient();
        winners = remembers ? construction.zeros(plan.workspace_desc()) : null;
        Object[] arguments = {DNNL_ARG_SRC, from.value(), DNNL_ARG_DST, to.value(), DNNL_ARG_WORKSPACE, winners};
        construction.forward().add(name, plan, new pooling_forward(plan), remembered(arguments));
    }

    @Override
    public void backward() {
        Sides sides = Sides.of(window, from, to);
        pooling_backward.primitive_desc back = new pooling_backward.primitive_desc(construction.engine(), kind,
                construction.blocked(from.slots().width(), from.rows(), from.columns()), to.desc(), steps(), sizes(),
                dilation(), sides.before(), sides.behind(), plan, Construction.alone(), false);
        construction.contribute(from, target -> construction.backward().add(
                name + " back", back, new pooling_backward(back), remembered(new Object[] {
                    DNNL_ARG_DIFF_DST, to.slope(), DNNL_ARG_DIFF_SRC, target, DNNL_ARG_WORKSPACE, winners})));
    }

    /** Leaves out the winners where there are none. */
    private Object[] remembered(Object[] arguments) {
        return winners == null ? Arrays.copyOf(arguments, arguments.length - 2) : arguments;
    }

    private long[] sizes() {
        return new long[] {window.rows(), window.columns()};
    }

    private long[] steps() {
        return new long[] {window.rowStep(), window.columnStep()};
    }

    private long[] dilation() {
        return new long[] {window.rowDilation() - 1, window.columnDilation() - 1};
    }
}
