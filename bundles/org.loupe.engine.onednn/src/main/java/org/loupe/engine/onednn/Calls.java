package org.loupe.engine.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;

/** Primitives with their arguments, in the order in which they run. */
final class Calls {

    /** One primitive; the arguments are kept here because oneDNN itself only borrows them. */
    private record Call(String what, primitive primitive, IntMemoryMap arguments) {
    }

    private final List<Call> calls = new ArrayList<>();

    /** @param arguments by turns, the number of an argument and its memory */
    void add(String what, primitive primitive, Object... arguments) {
        IntMemoryMap map = new IntMemoryMap();
        for (int i = 0; i < arguments.length; i += 2) {
            map.put((Integer) arguments[i], (memory) arguments[i + 1]);
        }
        calls.add(new Call(what, primitive, map));
    }

    void run(stream stream) {
        for (Call call : calls) {
            call.primitive.execute(stream, call.arguments);
        }
        stream._wait();
    }

    /** What runs, one line for each primitive. */
    List<String> describe() {
        return calls.stream().map(Call::what).toList();
    }
}
