package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.loupe.core.network.Operation.LocalResponseNormalization;

/**
 * Local response normalization over channels that fill whole blocks, without leaving the blocked layout.
 *
 * <p>Blocks of channels follow each other in memory as rows of a picture do, whose channels are those of one block. Seen
 * so, the sum of the neighbours' squares is a convolution over few rows, by a band of equal numbers; bias, root and
 * reciprocal are applied by the same primitive. With {@code s} the sum and {@code r = s^-beta}, the output is {@code x r}
 * and the gradient {@code g r - 2 alpha beta / size * x * band(g x s^(-beta-1))}.
 */
final class BandKernel implements Kernel {

    private final Construction construction;
    private final LocalResponseNormalization normalization;
    private final Array from;
    private final Array to;
    private final memory.desc desc;
    private final memory power;

    /** @param from has its channels side by side, in whole blocks */
    BandKernel(Construction construction, LocalResponseNormalization normalization, Array from, Array to) {
        this.construction = construction;
        this.normalization = normalization;
        this.from = from;
        this.to = to;
        desc = rows(construction, from);
        power = construction.zeros(desc);
        memory squares = construction.zeros(desc);
        Calls forward = construction.forward();
        String name = normalization.name();
        times(forward, name, seen(from.value()), seen(from.value()), new post_ops(), squares);
        convolution_forward.primitive_desc plan = plan(construction, desc, normalization, root(normalization));
        float[] bias = new float[construction.block()];
        Arrays.fill(bias, normalization.bias());
        forward.add(name, plan, new convolution_forward(plan), DNNL_ARG_SRC, squares, DNNL_ARG_WEIGHTS,
                band(plan, "forward", below(), above(), normalization.alpha() / normalization.size()), DNNL_ARG_BIAS,
                construction.weights().get(name + " band bias", plan.bias_desc(), plan.bias_desc(), () -> bias),
                DNNL_ARG_DST, power);
        times(forward, name, seen(from.value()), power, new post_ops(), seen(to.value()));
    }

    /** Whether the roots are there for all inputs, and oneDNN convolves such rows fast. */
    static boolean runs(Construction construction, LocalResponseNormalization normalization, Array from, Array to) {
        return normalization.bias() > 0 && normalization.alpha() >= 0 && normalization.beta() > 0
                && from.slots().contiguous() && !from.slots().gaps() && !from.isPart() && !to.isPart()
                && to.slots().equals(from.slots())
                && !Construction.slow(plan(construction, rows(construction, from), normalization, root(normalization)));
    }

    /** Blocks of channels as rows, positions as columns. */
    private static memory.desc rows(Construction construction, Array array) {
        return construction.blocked(construction.block(), array.slots().width() / construction.block(),
                array.rows() * array.columns());
    }

    private memory seen(memory memory) {
        return construction.view(desc, memory);
    }

    private int below() {
        return (normalization.size() - 1) / 2;
    }

    private int above() {
        return normalization.size() - 1 - below();
    }

    /** How many blocks before and behind its own a channel's neighbours may lie in. */
    private static int reach(Construction construction, LocalResponseNormalization normalization) {
        int furthest = normalization.size() - 1 - (normalization.size() - 1) / 2;
        return (furthest + construction.block() - 1) / construction.block();
    }

    /** A sum of squares to the power of minus beta. */
    private static post_ops root(LocalResponseNormalization normalization) {
        post_ops operations = new post_ops();
        if (normalization.beta() == 0.5f) {
            operations.append_eltwise(algorithm.eltwise_sqrt, 0, 0);
            operations.append_eltwise(algorithm.eltwise_pow, 1, -1);
        } else {
            appendPower(operations, -normalization.beta());
        }
        return operations;
    }

    private static void appendPower(post_ops operations, float exponent) {
        operations.append_eltwise(algorithm.eltwise_log, 0, 0);
        operations.append_eltwise(algorithm.eltwise_linear, exponent, 0);
        operations.append_eltwise(algorithm.eltwise_exp, 0, 0);
    }

    private static convolution_forward.primitive_desc plan(Construction construction, memory.desc desc,
            LocalResponseNormalization normalization, post_ops operations) {
        int block = construction.block();
        int reach = reach(construction, normalization);
        return new convolution_forward.primitive_desc(construction.engine(), prop_kind.forward_inference,
                algorithm.convolution_direct, desc,
                construction.numbers(memory.format_tag.any, block, block, 2 * reach + 1, 1),
                Construction.desc(memory.format_tag.a, block), desc, new long[] {1, 1}, new long[] {0, 0},
                new long[] {reach, 0}, new long[] {reach, 0}, Construction.then(operations), false);
    }

    /** The weights that sum over so many neighbours, times a factor. */
    private memory band(convolution_forward.primitive_desc plan, String which, int before, int behind, float factor) {
        int block = construction.block();
        int reach = reach(construction, normalization);
        int taps = 2 * reach + 1;
        return construction.weights().get(normalization.name() + " band " + which, plan.weights_desc(),
                Construction.desc(memory.format_tag.abcd, block, block, taps, 1), () -> {
                    float[] values = new float[block * block * taps];
                    for (int i = 0; i < values.length; i++) {
                        int away = (i % taps - reach) * block + i / taps % block - i / taps / block;
                        values[i] = away >= -before && away <= behind ? factor : 0;
                    }
                    return values;
                });
    }

    @Override
    public void backward() {
        Calls backward = construction.backward();
        String name = normalization.name() + " back";
        memory shares = construction.zeros(desc);
        memory direct = construction.zeros(desc);
        memory slope = seen(to.slope());
        memory value = seen(from.value());
        post_ops operations = new post_ops();
        List<memory> more = new ArrayList<>();
        if (normalization.beta() == 0.5f) {
            operations.append_binary(algorithm.binary_mul, desc);
            more.add(power);
        } else {
            appendPower(operations, (1 + normalization.beta()) / (2 * normalization.beta()));
        }
        operations.append_binary(algorithm.binary_mul, desc);
        operations.append_binary(algorithm.binary_mul, desc);
        more.add(slope);
        more.add(value);
        times(backward, name, power, power, operations, shares, more.toArray(memory[]::new));
        times(backward, name, slope, power, new post_ops(), direct);
        post_ops finish = new post_ops();
        finish.append_binary(algorithm.binary_mul, desc);
        finish.append_binary(algorithm.binary_add, desc);
        convolution_forward.primitive_desc plan = plan(construction, desc, normalization, finish);
        float factor = -2 * normalization.alpha() / normalization.size() * normalization.beta();
        memory none = construction.weights().get(name + " band bias", plan.bias_desc(), plan.bias_desc(),
                () -> new float[construction.block()]);
        construction.contribute(from, target -> backward.add(name, plan, new convolution_forward(plan),
                DNNL_ARG_SRC, shares, DNNL_ARG_WEIGHTS, band(plan, "backward", above(), below(), factor), DNNL_ARG_BIAS, none,
                DNNL_ARG_DST, seen(target), argument(0), value, argument(1), direct));
    }

    /** What the post-op of the given number reads. */
    private static int argument(int operation) {
        return DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (operation + 1) | DNNL_ARG_SRC_1;
    }

    /** Multiplies two arrays, and goes on with others, which the last operations read. */
    private void times(Calls calls, String what, memory one, memory other, post_ops operations, memory into,
            memory... more) {
        binary.primitive_desc plan = new binary.primitive_desc(construction.engine(), algorithm.binary_mul, desc, desc,
                desc, Construction.then(operations), false);
        List<Object> arguments = new ArrayList<>(List.of(DNNL_ARG_SRC_0, one, DNNL_ARG_SRC_1, other, DNNL_ARG_DST, into));
        int first = operations.len() - more.length;
        for (int i = 0; i < more.length; i++) {
            arguments.add(argument(first + i));
            arguments.add(more[i]);
        }
        calls.add(what, plan, new binary(plan), arguments.toArray());
    }
}
