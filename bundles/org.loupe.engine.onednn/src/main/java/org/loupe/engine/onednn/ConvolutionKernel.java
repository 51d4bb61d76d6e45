package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Window;

/**
 * A convolution, with the nonlinearity behind it where nobody looks between them.
 *
 * <p>Where the window steps by 1, the gradient is a convolution too, with reversed weights, which oneDNN runs
 * faster than its own backward primitive and can add to what is there.
 */
final class ConvolutionKernel implements Kernel {

    private final Construction construction;
    private final Convolution convolution;
    private final String key;
    private final Array from;
    private final Array to;
    private final Filter filter;
    private final Sides sides;

    /**
     * @param key      says which weights
     * @param function is applied to the output; null where nothing is
     * @param source   what is read: the input array's memory, or the pictures in their plain layout
     */
    ConvolutionKernel(Construction construction, Convolution convolution, String key, Eltwise function, Array from,
            memory source, Array to) {
        this.construction = construction;
        this.convolution = convolution;
        this.key = key;
        this.from = from;
        this.to = to;
        boolean plain = source != from.value();
        Slots read = plain ? new Slots(from.slots().positions(), from.slots().channels()) : from.slots();
        this.filter = Filter.of(convolution, read, to.slots(), construction.block());
        this.sides = Sides.of(convolution.window(), from, to);
        convolution_forward.primitive_desc plan = plan(construction, convolution, filter, source.get_desc(), to.desc(),
                sides, Construction.then(function));
        memory weights = construction.weights().get(key + (plain ? " plain" : " forward"), plan.weights_desc(),
                weightsDesc(filter), filter::values);
        memory bias = construction.weights().get(key + " bias", plan.bias_desc(), plan.bias_desc(),
                () -> to.slots().spread(convolution.bias().values()));
        construction.forward().add(convolution.name(), plan, new convolution_forward(plan),
                DNNL_ARG_SRC, source, DNNL_ARG_WEIGHTS, weights, DNNL_ARG_BIAS, bias, DNNL_ARG_DST, to.value());
        construction.forward().asks(multiplications());
    }

    private long multiplications() {
        return (long) convolution.weights().values().length * to.rows() * to.columns() * construction.images();
    }

    /** Whether oneDNN has a fast kernel that reads pictures as they are. */
    static boolean readsPlain(Construction construction, Convolution convolution, Array from, memory pictures,
            Array to) {
        if (from.slots().channels() > 3 || convolution.groups() > 1) {
            return false;
        }
        Filter filter = Filter.of(convolution, new Slots(from.slots().positions(), from.slots().channels()), to.slots(),
                construction.block());
        return !Construction.slow(plan(construction, convolution, filter, pictures.get_desc(), to.desc(),
                Sides.of(convolution.window(), from, to), Construction.alone()));
    }

    private static convolution_forward.primitive_desc plan(Construction construction, Convolution convolution,
            Filter filter, memory.desc source, memory.desc target, Sides sides, primitive_attr attributes) {
        Window window = convolution.window();
        return new convolution_forward.primitive_desc(construction.engine(), prop_kind.forward_inference,
                algorithm.convolution_direct, source, wantedWeights(construction, filter),
                Construction.desc(memory.format_tag.a, filter.made()), target, steps(window), dilation(window),
                sides.before(), sides.behind(), attributes, false);
    }

    @Override
    public void backward() {
        Window window = convolution.window();
        Sides back = sides.reversed(window);
        boolean stepless = window.rowStep() == 1 && window.columnStep() == 1 && back.possible();
        if (!stepless || !backwardAsForward(back)) {
            construction.contribute(from, this::backwardData);
        }
    }

    /** Returns false, having done nothing, where oneDNN has no fast kernel. */
    private boolean backwardAsForward(Sides back) {
        Window window = convolution.window();
        Filter reversed = filter.read() == from.slots().width() ? filter.reversed()
                : Filter.of(convolution, from.slots(), to.slots(), construction.block()).reversed();
        convolution_forward.primitive_desc plan = new convolution_forward.primitive_desc(construction.engine(),
                prop_kind.forward_inference, algorithm.convolution_direct, to.desc(),
                wantedWeights(construction, reversed),
                from.desc(), new long[] {1, 1}, dilation(window), back.before(), back.behind(),
                Construction.then(from.reached()), false);
        if (Construction.slow(plan)) {
            return false;
        }
        memory weights = construction.weights().get(key + " reversed", plan.weights_desc(),
                weightsDesc(reversed), reversed::values);
        construction.backward().add(convolution.name() + " back", plan,
                new convolution_forward(plan), DNNL_ARG_SRC, to.slope(), DNNL_ARG_WEIGHTS, weights,
                DNNL_ARG_DST, from.slope());
        construction.backward().asks(multiplications());
        from.reach();
        return true;
    }

    private void backwardData(memory target) {
        Window window = convolution.window();
        Filter whole = filter.read() == from.slots().width() ? filter
                : Filter.of(convolution, from.slots(), to.slots(), construction.block());
        convolution_forward.primitive_desc hint = plan(construction, convolution, whole, target.get_desc(), to.desc(),
                sides, Construction.alone());
        convolution_backward_data.primitive_desc plan = new convolution_backward_data.primitive_desc(
                construction.engine(), algorithm.convolution_direct, target.get_desc(), wantedWeights(construction, whole),
                to.desc(), steps(window), dilation(window), sides.before(), sides.behind(), hint,
                Construction.alone(), false);
        memory weights = construction.weights().get(key + " backward", plan.weights_desc(),
                weightsDesc(whole), whole::values);
        construction.backward().add(convolution.name() + " back", plan,
                new convolution_backward_data(plan), DNNL_ARG_DIFF_DST, to.slope(), DNNL_ARG_WEIGHTS, weights,
                DNNL_ARG_DIFF_SRC, target);
        construction.backward().asks(multiplications());
    }

    /**
     * Tries to carry the gradient to pictures by phases: one convolution without steps, whose outputs are then dealt
     * out.
     *
     * @return the gradient with respect to the pictures, plain, with the rows and columns that {@code sides} has room
     *         for; or nothing where the window is not of that kind
     */
    Optional<PlainGradient> backwardByPhases() {
        Window window = convolution.window();
        if (window.rowStep() == 1 && window.columnStep() == 1 || convolution.groups() > 1
                || window.rowDilation() != 1 || window.columnDilation() != 1) {
            return Optional.empty();
        }
        int rows = (from.rows() + window.rowStep() - 1) / window.rowStep();
        int columns = (from.columns() + window.columnStep() - 1) / window.columnStep();
        Sides phased = Sides.phased(window, to, rows, columns);
        if (!phased.possible()) {
            return Optional.empty();
        }
        int channels = from.slots().channels();
        Slots slots = Slots.of(channels * window.rowStep() * window.columnStep(), construction.block());
        Filter phases = filter.phases(window, channels, slots.width());
        memory.desc blocked = construction.blockedFloats(slots.width(), rows, columns);
        convolution_forward.primitive_desc plan = new convolution_forward.primitive_desc(construction.engine(),
                prop_kind.forward_inference, algorithm.convolution_direct, to.desc(), wantedWeights(construction, phases),
                blocked,
                new long[] {1, 1}, new long[] {0, 0}, phased.before(), phased.behind(), Construction.alone(), false);
        memory dealt = construction.zeros(blocked);
        memory weights = construction.weights().get(key + " phases", plan.weights_desc(), weightsDesc(phases),
                phases::values);
        construction.backward().add(convolution.name() + " back by phases", plan,
                new convolution_forward(plan), DNNL_ARG_SRC, to.slope(), DNNL_ARG_WEIGHTS, weights,
                DNNL_ARG_DST, dealt);
        construction.backward().asks(multiplications());
        return Optional.of(PlainGradient.dealt(construction, dealt, slots, window, channels, rows, columns));
    }

    /** Weights as they come. */
    private static memory.desc weightsDesc(Filter filter) {
        return Construction.desc(filter.groups() == 1 ? memory.format_tag.abcd : memory.format_tag.abcde, filter.shape());
    }

    /** Weights in the layout that suits a primitive. */
    private static memory.desc wantedWeights(Construction construction, Filter filter) {
        return construction.numbers(memory.format_tag.any, filter.shape());
    }

    private static long[] steps(Window window) {
        return new long[] {window.rowStep(), window.columnStep()};
    }

    /** oneDNN counts the rows and columns that are left out. */
    private static long[] dilation(Window window) {
        return new long[] {window.rowDilation() - 1, window.columnDilation() - 1};
    }
}
