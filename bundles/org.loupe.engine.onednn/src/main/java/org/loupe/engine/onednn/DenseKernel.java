package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.loupe.core.network.Operation.Dense;

/** A matrix times the input's values, which are first brought into the plain order where there is more than one position. */
final class DenseKernel implements Kernel {

    private final Construction construction;
    private final Dense dense;
    private final Array from;
    private final Array to;
    private final Filter filter;
    private final memory.desc read;
    private final memory.desc made;
    private final inner_product_forward.primitive_desc plan;

    DenseKernel(Construction construction, Dense dense, boolean rectified, Array from, Array to) {
        this.construction = construction;
        this.dense = dense;
        this.from = from;
        this.to = to;
        this.filter = Filter.of(dense, from.slots(), to.slots(), from.rows() * from.columns());
        this.read = construction.matrix(filter.read());
        this.made = construction.matrix(filter.made());
        memory source = from.value();
        if (spread()) {
            source = construction.zeros(plain());
            construction.reorder(construction.forward(), dense.name(), from.value(), source);
        }
        plan = new inner_product_forward.primitive_desc(construction.engine(), prop_kind.forward_training, read,
                weightsDesc(memory.format_tag.any), Construction.desc(memory.format_tag.a, filter.made()), made,
                Construction.then(false, rectified), false);
        memory bias = construction.weights().get(dense.name() + " bias", plan.bias_desc(), plan.bias_desc(),
                () -> to.slots().spread(dense.bias().values()));
        construction.forward().add(Construction.named(dense.name(), plan), new inner_product_forward(plan),
                DNNL_ARG_SRC, construction.view(read, source), DNNL_ARG_WEIGHTS, weights(plan.weights_desc()),
                DNNL_ARG_BIAS, bias, DNNL_ARG_DST, construction.view(made, to.value()));
    }

    @Override
    public void backward() {
        inner_product_forward.primitive_desc hint = new inner_product_forward.primitive_desc(construction.engine(),
                prop_kind.forward_training, read, weightsDesc(memory.format_tag.any), made, new primitive_attr(), false);
        inner_product_backward_data.primitive_desc back = new inner_product_backward_data.primitive_desc(
                construction.engine(), read, weightsDesc(memory.format_tag.any), made, hint);
        construction.contribute(from, target -> {
            memory slope = spread() ? construction.zeros(plain()) : target;
            construction.backward().add(Construction.named(dense.name() + " back", back),
                    new inner_product_backward_data(back), DNNL_ARG_DIFF_DST, construction.view(made, to.slope()),
                    DNNL_ARG_WEIGHTS, weights(back.weights_desc()), DNNL_ARG_DIFF_SRC, construction.view(read, slope));
            if (spread()) {
                construction.reorder(construction.backward(), dense.name() + " back", slope, target);
            }
        });
    }

    private memory weights(memory.desc wanted) {
        return construction.weights().get(dense.name(), wanted, weightsDesc(memory.format_tag.ab), filter::values);
    }

    private memory.desc weightsDesc(memory.format_tag tag) {
        return Construction.desc(tag, filter.matrix());
    }

    private boolean spread() {
        return from.rows() * from.columns() > 1;
    }

    private memory.desc plain() {
        return construction.plain(from.slots().width(), from.rows(), from.columns());
    }
}
