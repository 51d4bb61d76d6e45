package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/** Primitives with their arguments, and steps in Java between them, in the order in which they run. */
final class Calls {

    /** How the description of a step in Java ends. */
    static final String JAVA = ": Java";

    private interface Call {
        String what();

        void run(stream stream);
    }

    /** One primitive; the arguments are kept here because oneDNN itself only borrows them. */
    private record Native(String what, primitive primitive, memory.desc scratch, IntMemoryMap arguments)
            implements Call {
        @Override
        public void run(stream stream) {
            primitive.execute(stream, arguments);
        }
    }

    private record Step(String what, Runnable work) implements Call {
        @Override
        public void run(stream stream) {
            stream._wait();
            work.run();
        }
    }

    private final List<Call> calls = new ArrayList<>();

    /**
     * Adds a primitive.
     *
     * @param what      what it is for
     * @param arguments by turns, the number of an argument and its memory
     */
    void add(String what, primitive_desc_base plan, primitive primitive, Object... arguments) {
        IntMemoryMap map = new IntMemoryMap();
        for (int i = 0; i < arguments.length; i += 2) {
            map.put((Integer) arguments[i], (memory) arguments[i + 1]);
        }
        calls.add(new Native(what + ": " + plan.impl_info_str().getString(), primitive, plan.scratchpad_desc(), map));
    }

    /**
     * Adds a step in Java.
     *
     * @param what what it is for
     */
    void add(String what, Runnable work) {
        calls.add(new Step(what + JAVA, work));
    }

    private List<Native> natives() {
        return calls.stream().filter(Native.class::isInstance).map(Native.class::cast).toList();
    }

    /** How much memory the neediest primitive uses while it runs. */
    long scratch() {
        return natives().stream().mapToLong(call -> call.scratch.get_size()).max().orElse(0);
    }

    /** Gives all primitives, which run one after the other, the same memory to use while they run. */
    void scratch(engine engine, Pointer shared) {
        for (Native call : natives()) {
            if (call.scratch.get_size() > 0) {
                call.arguments.put(DNNL_ARG_SCRATCHPAD, new memory(call.scratch, engine, shared));
            }
        }
    }

    void run(stream stream) {
        for (Call call : calls) {
            call.run(stream);
        }
        stream._wait();
    }

    /** What runs, one line for each call: what it is for, and which of oneDNN's implementations it is. */
    List<String> describe() {
        return calls.stream().map(Call::what).toList();
    }
}
