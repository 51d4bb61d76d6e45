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
    private final int block;

    /** @param block how many channels lie next to each other, 8 or 16 */
    Device(int block) {
        this.block = block;
        try (PointerScope opened = new PointerScope()) {
            engine = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
            stream = new stream(engine);
            scope = opened.extend();
        }
    }

    /** Whether the processor computes with 16 numbers at once; all others compute with 8. */
    static boolean wide() {
        int wide = dnnl.dnnl_cpu_isa_avx512_core;
        return (dnnl.dnnl_get_effective_cpu_isa() & wide) == wide;
    }

    engine engine() {
        return engine;
    }

    stream stream() {
        return stream;
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
        scope.close();
    }
}
