package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Shape;

/**
 * An array plus, minus or times another one of the same shape, or of one row and column, which then counts for all
 * positions: so a squeeze-and-excitation block weighs its channels.
 */
final class ArithmeticKernel implements Kernel {

    private final Construction construction;
    private final String name;
    private final Sign sign;
    private final boolean turned;
    private final Array full;
    private final Array other;
    private final Array to;

    /**
     * @param turned whether the full array is the right one
     * @param full   of the output's shape; the channels of all arrays lie in the same positions
     */
    ArithmeticKernel(Construction construction, Arithmetic arithmetic, boolean turned, Array full, Array other,
            Array to) {
        this.construction = construction;
        this.name = arithmetic.name();
        this.sign = arithmetic.sign();
        this.turned = turned;
        this.full = full;
        this.other = other;
        this.to = to;
        post_ops operations = new post_ops();
        if (turned && sign == Sign.MINUS) {
            operations.append_eltwise(algorithm.eltwise_linear, -1, 0);
        }
        binary.primitive_desc plan = new binary.primitive_desc(construction.engine(), kind(sign), full.desc(),
                other.desc(), to.desc(), Construction.then(operations), false);
        construction.forward().add(name, plan, new binary(plan), DNNL_ARG_SRC_0, full.value(),
                DNNL_ARG_SRC_1, other.value(), DNNL_ARG_DST, to.value());
    }

    /** Whether oneDNN does this, and fast. */
    static boolean runs(Construction construction, Sign sign, Shape made, Shape full, Shape other) {
        boolean known = sign == Sign.PLUS || sign == Sign.MINUS || sign == Sign.TIMES;
        if (!known || !full.equals(made) || !other.equals(made)
                && !other.equals(new Shape(made.channels(), 1, 1))) {
            return false;
        }
        int width = Slots.of(made.channels(), construction.block()).width();
        memory.desc all = construction.blocked(width, made.rows(), made.columns());
        return !Construction.slow(new binary.primitive_desc(construction.engine(), kind(sign), all,
                construction.blocked(width, other.rows(), other.columns()), all, Construction.alone(), false));
    }

    private static algorithm kind(Sign sign) {
        return switch (sign) {
            case PLUS -> algorithm.binary_add;
            case MINUS -> algorithm.binary_sub;
            default -> algorithm.binary_mul;
        };
    }

    @Override
    public void backward() {
        boolean everywhere = other.rows() == to.rows() && other.columns() == to.columns();
        contribute(other, full, !everywhere, turned ? 1 : -1);
        contribute(full, other, false, turned ? -1 : 1);
    }

    /**
     * @param against the other array
     * @param sum     whether the gradient is a sum over all positions
     * @param minus   the sign of the gradient of a difference
     */
    private void contribute(Array array, Array against, boolean sum, int minus) {
        String what = name + " back";
        float factor = sign == Sign.MINUS ? minus : 1;
        if (sign == Sign.TIMES) {
            construction.contribute(array, target -> {
                memory product = sum ? construction.zeros(to.desc()) : target;
                binary.primitive_desc plan = new binary.primitive_desc(construction.engine(), algorithm.binary_mul,
                        to.desc(), against.desc(), product.get_desc(), Construction.alone(), false);
                construction.backward().add(what, plan, new binary(plan), DNNL_ARG_SRC_0, to.slope(),
                        DNNL_ARG_SRC_1, against.value(), DNNL_ARG_DST, product);
                if (sum) {
                    sum(product, target, factor);
                }
            });
        } else if (sum) {
            construction.contribute(array, target -> sum(to.slope(), target, factor));
        } else if (factor == 1) {
            construction.pass(name, to, array);
        } else {
            construction.contribute(array,
                    target -> construction.scale(construction.backward(), what, to.slope(), target, factor));
        }
    }

    /** A sum over all positions: so many times the mean. */
    private void sum(memory from, memory into, float factor) {
        memory mean = construction.zeros(into.get_desc());
        MeanKernel.add(construction, construction.backward(), name + " back", from, mean);
        construction.scale(construction.backward(), name + " back", mean, into, factor * to.rows() * to.columns());
    }
}
