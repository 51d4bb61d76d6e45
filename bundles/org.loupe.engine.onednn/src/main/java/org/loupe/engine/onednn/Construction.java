package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import java.util.Arrays;
import java.util.function.Consumer;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * What the kernels of one plan are made with: memory, layouts, and the lists of calls that grow.
 *
 * <p>Everything native that is made during a construction belongs to the plan's scope.
 */
final class Construction {

    private final Device device;
    private final WeightStore weights;
    private final int images;
    private final boolean gradient;
    private final Calls forward = new Calls();
    private final Calls backward = new Calls();
    private long bytes;

    Construction(Device device, WeightStore weights, int images, boolean gradient) {
        this.device = device;
        this.weights = weights;
        this.images = images;
        this.gradient = gradient;
    }

    engine engine() {
        return device.engine();
    }

    /** A thread beside the one that runs a pass. */
    Beside beside() {
        return device.beside();
    }

    int block() {
        return device.block();
    }

    WeightStore weights() {
        return weights;
    }

    int images() {
        return images;
    }

    /** Whether the calls backward are wanted too. */
    boolean gradient() {
        return gradient;
    }

    Calls forward() {
        return forward;
    }

    Calls backward() {
        return backward;
    }

    /**
     * What is made from now on runs on as many threads as it is worth.
     *
     * @param multiplications that a primitive does
     * @param bytes           that it reads and writes
     * @return what {@link #on(int)} takes for the same again
     */
    int on(double multiplications, double bytes) {
        int threads = Threads.worth(multiplications, bytes);
        on(threads);
        return threads;
    }

    /** What is made from now on runs on so many threads. oneDNN shares out work when a primitive is made. */
    void on(int threads) {
        Threads.use(threads);
        forward.threads(threads);
        backward.threads(threads);
    }

    /** How much memory the arrays take. */
    long bytes() {
        return bytes;
    }

    /** The layout of arrays: channels in blocks, next to each other. */
    memory.desc blocked(int channels, int rows, int columns) {
        return numbers(device.blocked(), images, channels, rows, columns);
    }

    /** The same in 32 bits, whatever arrays are made of. */
    memory.desc blockedFloats(int channels, int rows, int columns) {
        return desc(device.blocked(), images, channels, rows, columns);
    }

    /** Of the numbers that arrays and weights are made of. */
    memory.desc numbers(memory.format_tag tag, long... sizes) {
        return new memory.desc(sizes, device.numbers(), tag);
    }

    /** Whether arrays and weights are bfloat16, not numbers of 32 bits. */
    boolean isBfloat16() {
        return device.numbers() == memory.data_type.bf16;
    }

    /** The layout of the outside world: (image, channel, row, column). */
    memory.desc plain(int channels, int rows, int columns) {
        return desc(memory.format_tag.abcd, images, channels, rows, columns);
    }

    /** Of numbers of 32 bits. */
    static memory.desc desc(memory.format_tag tag, long... sizes) {
        return new memory.desc(sizes, memory.data_type.f32, tag);
    }

    memory zeros(memory.desc desc) {
        memory zeros = new memory(desc, device.engine());
        bytes += desc.get_size();
        Pointer.memset(zeros.get_data_handle(), 0, desc.get_size());
        return zeros;
    }

    /** Room on the Java heap. */
    float[] heap(long count) {
        bytes += count * Float.BYTES;
        return new float[Math.toIntExact(count)];
    }

    /** The same memory, seen in another layout. */
    memory view(memory.desc desc, memory of) {
        return new memory(desc, device.engine(), of.get_data_handle());
    }

    /** One picture's share of an array's memory. */
    memory image(memory of, int image) {
        return images(of, image, 1);
    }

    /** Some pictures' share of an array's memory, all described alike. */
    memory images(memory of, int image, int count) {
        memory.desc all = of.get_desc();
        long[] sizes = new long[4];
        all.get_dims().get(sizes);
        sizes[0] = count;
        long each = all.get_strides().get() * memory.data_type_size(all.get_data_type());
        return new memory(all.submemory_desc(sizes, new long[4]), device.engine(),
                new BytePointer(of.get_data_handle()).getPointer(image * each));
    }

    void reorder(Calls calls, String what, memory from, memory to) {
        reordering(from.get_desc(), to.get_desc()).add(calls, what, from, to);
    }

    /** The primitive that brings numbers from one layout into another. */
    Reordering reordering(memory.desc from, memory.desc to) {
        reorder.primitive_desc plan = new reorder.primitive_desc(device.engine(), from, device.engine(), to, alone(), false);
        return new Reordering(plan, new reorder(plan));
    }

    /** A primitive for memory of two layouts, wherever that is. */
    record Reordering(reorder.primitive_desc plan, reorder primitive) {
        void add(Calls calls, String what, memory from, memory to) {
            calls.add(what, plan, primitive, DNNL_ARG_FROM, from, DNNL_ARG_TO, to);
        }
    }

    /** Lets something be written into an array's gradient, or be added to it where there is something already. */
    void contribute(Array to, Consumer<memory> write) {
        if (!to.reached()) {
            write.accept(to.slope());
            to.reach();
            return;
        }
        memory more = zeros(blocked(to.slots().width(), to.rows(), to.columns()));
        write.accept(more);
        add(backward, "gradients meet", to.slope(), more, to.slope(), alone());
    }

    /** Lets an array's gradient be another one's, without a copy where nothing was written into it yet. */
    void pass(String name, Array from, Array to) {
        if (!to.reached() && !to.isPart() && !from.isPart()) {
            to.overwriteSlope(from);
            to.reach();
        } else {
            contribute(to, target -> reorder(backward, name + " back", from.slope(), target));
        }
    }

    /** Writes a multiple of one array into another, which may be the same. */
    void scale(Calls calls, String what, memory from, memory to, float factor) {
        eltwise_forward.primitive_desc plan = new eltwise_forward.primitive_desc(device.engine(),
                prop_kind.forward_inference, algorithm.eltwise_linear, from.get_desc(), to.get_desc(), factor, 0,
                alone(), false);
        calls.add(what, plan, new eltwise_forward(plan), DNNL_ARG_SRC, from, DNNL_ARG_DST, to);
    }

    /** Adds two arrays into a third, which may be one of them. */
    void add(Calls calls, String what, memory one, memory other, memory sum, primitive_attr attributes) {
        binary.primitive_desc plan = new binary.primitive_desc(device.engine(), algorithm.binary_add, one.get_desc(),
                other.get_desc(), sum.get_desc(), attributes, false);
        calls.add(what, plan, new binary(plan), DNNL_ARG_SRC_0, one, DNNL_ARG_SRC_1, other, DNNL_ARG_DST, sum);
    }

    /** The attributes of a primitive that does nothing more than its name says. */
    static primitive_attr alone() {
        return then(new post_ops());
    }

    /** The attributes of a primitive that adds to what is there where {@code sum}. */
    static primitive_attr then(boolean sum) {
        post_ops operations = new post_ops();
        if (sum) {
            operations.append_sum();
        }
        return then(operations);
    }

    /** The attributes of a primitive that goes on with a nonlinearity; with nothing where there is none. */
    static primitive_attr then(Eltwise function) {
        post_ops operations = new post_ops();
        if (function != null) {
            operations.append_eltwise(function.kind(), function.alpha(), function.beta());
        }
        return then(operations);
    }

    /**
     * The attributes of a primitive that goes on with other operations. oneDNN's own scratch memory belongs to the
     * thread that made a primitive, and plans run on any thread, so they bring their own.
     */
    static primitive_attr then(post_ops operations) {
        primitive_attr attributes = new primitive_attr();
        attributes.set_post_ops(operations);
        attributes.set_scratchpad_mode(scratchpad_mode.user);
        return attributes;
    }

    /** Gives the calls forward and backward the memory that they use while they run. */
    void scratch() {
        scratch(forward, backward);
    }

    /** Gives calls, of which one runs after the other, the memory that they use while they run. */
    void scratch(Calls... calls) {
        long size = Arrays.stream(calls).mapToLong(Calls::scratch).max().orElse(0);
        if (size > 0) {
            memory shared = zeros(desc(memory.format_tag.a, (size + Float.BYTES - 1) / Float.BYTES));
            for (Calls some : calls) {
                some.scratch(device.engine(), shared.get_data_handle());
            }
        }
    }

    /** Whether oneDNN has nothing but its slow reference implementation. */
    static boolean slow(primitive_desc_base plan) {
        return plan.impl_info_str().getString().startsWith("ref");
    }
}
