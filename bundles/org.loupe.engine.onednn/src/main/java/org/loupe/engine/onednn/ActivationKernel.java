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

/**
 * A nonlinearity, in place where nobody else reads the input and the gradient can be told from the output.
 * Otherwise the gradient may still take the place of the one behind it.
 */
final class ActivationKernel implements Kernel {

    /** What has been done already, or will be, by the kernels around. */
    enum Help {
        /** Nothing. */
        NONE,
        /** The kernel before applies the function to its output. */
        BEFORE,
        /** That, and the kernel behind, a concatenation, stops the gradient where the output is zero. */
        AROUND
    }

    private final Construction construction;
    private final String name;
    private final Eltwise function;
    private final Help help;
    private final boolean alone;
    private final Array from;
    private final Array to;

    /**
     * @param alone whether nothing else reads the input
     * @param to    the same as {@code from} when in place
     */
    ActivationKernel(Construction construction, String name, Eltwise function, Help help, boolean alone, Array from,
            Array to) {
        this.construction = construction;
        this.name = name;
        this.function = function;
        this.help = help;
        this.alone = alone;
        this.from = from;
        this.to = to;
        if (help == Help.NONE) {
            eltwise_forward.primitive_desc plan = plan(construction, function, function.kind(), from.desc(), to.desc());
            construction.forward().add(name, plan, new eltwise_forward(plan),
                    DNNL_ARG_SRC, from.value(), DNNL_ARG_DST, to.value());
        }
    }

    @Override
    public void backward() {
        if (from == to) {
            if (help != Help.AROUND) {
                stop(construction, name, function, to, to.slope());
            }
            return;
        }
        if (alone && !from.isPart() && !to.isPart()) {
            from.overwriteSlope(to);
        }
        construction.contribute(from, target -> {
            if (function.byOutput() != null) {
                stop(construction, name, function, to, target);
            } else {
                byInput(target);
            }
        });
    }

    private void byInput(memory target) {
        eltwise_backward.primitive_desc plan = new eltwise_backward.primitive_desc(construction.engine(),
                function.kind(), target.get_desc(), to.desc(), from.desc(), function.alpha(), function.beta(),
                plan(construction, function, function.kind(), from.desc(), to.desc()), Construction.alone(), false);
        construction.backward().add(name + " back", plan, new eltwise_backward(plan),
                DNNL_ARG_SRC, from.value(), DNNL_ARG_DIFF_DST, to.slope(), DNNL_ARG_DIFF_SRC, target);
    }

    /**
     * Multiplies an array's gradient by the function's slope, told from the output. Of a part of a concatenation, this
     * is done picture by picture: oneDNN is fast only where numbers lie side by side.
     */
    static void stop(Construction construction, String name, Eltwise function, Array array, memory target) {
        if (!array.isPart()) {
            stop(construction, name, function, array.value(), array.slope(), target);
            return;
        }
        for (int image = 0; image < construction.images(); image++) {
            stop(construction, name, function, construction.image(array.value(), image),
                    construction.image(array.slope(), image), construction.image(target, image));
        }
    }

    private static void stop(Construction construction, String name, Eltwise function, memory value, memory slope,
            memory target) {
        eltwise_backward.primitive_desc plan = new eltwise_backward.primitive_desc(construction.engine(),
                function.byOutput(), target.get_desc(), slope.get_desc(), value.get_desc(), function.alpha(),
                function.beta(), plan(construction, function, function.byOutput(), target.get_desc(), value.get_desc()),
                Construction.alone(), false);
        construction.backward().add(name + " back", plan, new eltwise_backward(plan),
                DNNL_ARG_DST, value, DNNL_ARG_DIFF_DST, slope, DNNL_ARG_DIFF_SRC, target);
    }

    private static eltwise_forward.primitive_desc plan(Construction construction, Eltwise function, algorithm kind,
            memory.desc from, memory.desc to) {
        return new eltwise_forward.primitive_desc(construction.engine(), prop_kind.forward_training, kind, from, to,
                function.alpha(), function.beta(), Construction.alone(), false);
    }
}
