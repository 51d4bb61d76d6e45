package org.loupe.engine.onednn;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.PointerScope;

/** The processor as oneDNN sees it. */
final class Device implements AutoCloseable {

    private final PointerScope scope;
    private final engine engine;
    private final stream stream;
    private final Beside beside;
    private final int block;
    private final memory.data_type numbers;

    /**
     * @param block   how many channels lie next to each other, 8 or 16
     * @param numbers what arrays and weights are made of
     */
    Device(int block, memory.data_type numbers) {
        this.block = block;
        this.numbers = numbers;
        try (PointerScope opened = new PointerScope()) {
            engine = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
            stream = new stream(engine);
            beside = new Beside(new stream(engine));
            scope = opened.extend();
        }
    }

    /** Whether the processor computes with 16 numbers at once; all others compute with 8. */
    static boolean wide() {
        int wide = dnnl.dnnl_cpu_isa_avx512_core;
        return (dnnl.dnnl_get_effective_cpu_isa() & wide) == wide;
    }

    /** Whether the processor multiplies numbers of bfloat16 by itself. */
    static boolean multipliesBfloat16() {
        int able = dnnl.dnnl_cpu_isa_avx512_core_bf16;
        return (dnnl.dnnl_get_effective_cpu_isa() & able) == able;
    }

    /** What arrays and weights are made of. */
    memory.data_type numbers() {
        return numbers;
    }

    engine engine() {
        return engine;
    }

    stream stream() {
        return stream;
    }

    /** A thread beside the one that runs a pass. */
    Beside beside() {
        return beside;
    }

    /** How many channels lie next to each other. */
    int block() {
        return block;
    }

    memory.format_tag blocked() {
        return block == 16 ? memory.format_tag.aBcd16b : memory.format_tag.aBcd8b;
    }

    @Override
    public void close() {
        beside.close();
        scope.close();
    }
}
