package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.loupe.core.network.Operation.BatchNormalization;

/** A batch normalization that could not be folded into a convolution: each channel times a number, plus a number. */
final class NormalizationKernel implements Kernel {

    private final Construction construction;
    private final String name;
    private final Array from;
    private final Array to;
    private final memory factor;

    NormalizationKernel(Construction construction, BatchNormalization normalization, boolean rectified, Array from,
            Array to) {
        this.construction = construction;
        this.name = normalization.name();
        this.from = from;
        this.to = to;
        Affine affine = Affine.of(normalization);
        memory.desc each = Construction.desc(memory.format_tag.abcd, 1, to.slots().width(), 1, 1);
        factor = construction.weights().get(name + " factor", each, each,
                () -> to.slots().spread(affine.rounded(affine.factor())));
        memory shift = construction.weights().get(name + " shift", each, each,
                () -> to.slots().spread(affine.rounded(affine.shift())));
        post_ops operations = new post_ops();
        operations.append_binary(algorithm.binary_add, each);
        if (rectified) {
            operations.append_eltwise(algorithm.eltwise_relu, 0, 0);
        }
        binary.primitive_desc plan = new binary.primitive_desc(construction.engine(), algorithm.binary_mul,
                from.desc(), each, to.desc(), Construction.then(operations), false);
        construction.forward().add(name, plan, new binary(plan), DNNL_ARG_SRC_0, from.value(),
                DNNL_ARG_SRC_1, factor, DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1, shift,
                DNNL_ARG_DST, to.value());
    }

    @Override
    public void backward() {
        construction.contribute(from, target -> {
            binary.primitive_desc plan = new binary.primitive_desc(construction.engine(), algorithm.binary_mul,
                    to.desc(), factor.get_desc(), target.get_desc(), Construction.alone(), false);
            construction.backward().add(name + " back", plan, new binary(plan),
                    DNNL_ARG_SRC_0, to.slope(), DNNL_ARG_SRC_1, factor, DNNL_ARG_DST, target);
        });
    }
}
