package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** A transposed convolution: what a convolution does backward, forward, and the other way round. */
final class TransposedKernel implements Kernel {

    private final Construction construction;
    private final String name;
    private final Window window;
    private final Array from;
    private final Array to;
    private final Filter filter;
    private final Sides sides;

    TransposedKernel(Construction construction, TransposedConvolution transposed, Array from, Array to) {
        this.construction = construction;
        this.name = transposed.name();
        this.window = transposed.window();
        this.from = from;
        this.to = to;
        Convolution convolution = new Convolution(name, transposed.input(), transposed.weights(),
                Weights.vector(new float[from.slots().channels()]), window, transposed.groups());
        this.filter = Filter.of(convolution, to.slots(), from.slots(), construction.block());
        this.sides = Sides.of(window, to, from);
        deconvolution_forward.primitive_desc plan = new deconvolution_forward.primitive_desc(construction.engine(),
                prop_kind.forward_inference, algorithm.deconvolution_direct, from.desc(),
                construction.numbers(anyLayout(), swapped()), Construction.desc(memory.format_tag.a, to.slots().width()),
                to.desc(), steps(), dilation(), sides.before(), sides.behind(), Construction.alone(), false);
        memory weights = construction.weights().get(name + " forward", plan.weights_desc(), swappedDesc(),
                filter::values);
        memory bias = construction.weights().get(name + " bias", plan.bias_desc(), plan.bias_desc(),
                () -> to.slots().spread(transposed.bias().values()));
        construction.forward().add(name, plan, new deconvolution_forward(plan), DNNL_ARG_SRC, from.value(),
                DNNL_ARG_WEIGHTS, weights, DNNL_ARG_BIAS, bias, DNNL_ARG_DST, to.value());
    }

    /** Whether a convolution goes from the output to the input, with no rows or columns left over. */
    static boolean runs(TransposedConvolution transposed) {
        Window window = transposed.window();
        return transposed.moreRows() - window.bottom() < window.rowStep()
                && transposed.moreColumns() - window.right() < window.columnStep();
    }

    @Override
    public void backward() {
        convolution_forward.primitive_desc plan = new convolution_forward.primitive_desc(construction.engine(),
                prop_kind.forward_inference, algorithm.convolution_direct, to.desc(),
                construction.numbers(anyLayout(), filter.shape()), from.slope().get_desc(), steps(), dilation(),
                sides.before(), sides.behind(), Construction.then(from.reached()), false);
        memory.format_tag plain = filter.groups() == 1 ? memory.format_tag.abcd : memory.format_tag.abcde;
        memory weights = construction.weights().get(name + " backward", plan.weights_desc(),
                Construction.desc(plain, filter.shape()), filter::values);
        construction.backward().add(name + " back", plan, new convolution_forward(plan), DNNL_ARG_SRC, to.slope(),
                DNNL_ARG_WEIGHTS, weights, DNNL_ARG_DST, from.slope());
        from.reach();
    }

    private static memory.format_tag anyLayout() {
        return memory.format_tag.any;
    }

    /** oneDNN counts the weights of a transposed convolution by its own output first, then by its input. */
    private long[] swapped() {
        long[] shape = filter.shape();
        int first = shape.length - 4;
        long made = shape[first];
        shape[first] = shape[first + 1];
        shape[first + 1] = made;
        return shape;
    }

    private memory.desc swappedDesc() {
        memory.format_tag tag = filter.groups() == 1 ? memory.format_tag.bacd : memory.format_tag.acbde;
        return Construction.desc(tag, swapped());
    }

    private long[] steps() {
        return new long[] {window.rowStep(), window.columnStep()};
    }

    private long[] dilation() {
        return new long[] {window.rowDilation() - 1, window.columnDilation() - 1};
    }
}
