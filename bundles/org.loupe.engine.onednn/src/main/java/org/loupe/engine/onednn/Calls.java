package org.loupe.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.loupe.core.engine.Profile;

/** Primitives with their arguments, and steps in Java between them, in the order in which they run. */
final class Calls {

    /** How a step in Java is done. */
    private static final String JAVA = "Java";

    /** How a step is done that only says to another thread that something was computed. */
    private static final String BESIDE = "beside";

    private interface Call {
        /** What it is for. */
        String what();

        /** Which of oneDNN's implementations it is, or that it is Java. */
        String how();

        /** With how many threads it runs. */
        int threads();

        void run(stream stream);
    }

    /** One primitive; the arguments are kept here because oneDNN itself only borrows them. */
    private record Native(String what, String how, int threads, primitive primitive, memory.desc scratch,
            IntMemoryMap arguments) implements Call {
        @Override
        public void run(stream stream) {
            primitive.execute(stream, arguments);
        }
    }

    private record Step(String what, String how, Runnable work) implements Call {
        @Override
        public int threads() {
            return Threads.ALL;
        }

        @Override
        public void run(stream stream) {
            stream._wait();
            work.run();
        }
    }

    private final List<Call> calls = new ArrayList<>();
    private final Map<Integer, Long> multiplied = new HashMap<>();
    private List<long[]> rounds;
    private int threads = Threads.ALL;

    /** The primitives that are added from now on run with so many threads, with which they must have been made. */
    void threads(int wanted) {
        threads = wanted;
    }

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
        String how = plan.impl_info_str().getString() + (threads < Threads.ALL ? ", one thread" : "");
        calls.add(new Native(what, how, threads, primitive, plan.scratchpad_desc(), map));
    }

    /**
     * Adds a step in Java.
     *
     * @param what what it is for
     */
    void add(String what, Runnable work) {
        calls.add(new Step(what, JAVA, work));
    }

    /** Adds a step that lets another thread begin with something, once what was added before has run. */
    void addBeside(String what, Runnable begin) {
        calls.add(new Step(what, BESIDE, begin));
    }

    /** Says how many multiplications the operation asks for that the call added last is about. */
    void asks(long multiplications) {
        multiplied.put(calls.size() - 1, multiplications);
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
        long[] spent = rounds == null ? null : new long[calls.size()];
        int now = Threads.ALL;
        try {
            for (int i = 0; i < calls.size(); i++) {
                Call call = calls.get(i);
                if (call.threads() != now) {
                    now = call.threads();
                    Threads.use(now);
                }
                long start = spent == null ? 0 : System.nanoTime();
                call.run(stream);
                if (spent != null) {
                    stream._wait();
                    spent[i] = System.nanoTime() - start;
                }
            }
        } finally {
            if (now != Threads.ALL) {
                Threads.use(Threads.ALL);
            }
        }
        stream._wait();
        if (spent != null) {
            rounds.add(spent);
        }
    }

    /** From now on, takes the time of each call. */
    void watch() {
        rounds = new ArrayList<>();
    }

    /** Takes no times any more, and tells what was found. */
    List<Profile.Part> watched(boolean backward) {
        List<Profile.Part> parts = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            int call = i;
            long[] spent = rounds.stream().mapToLong(round -> round[call]).sorted().toArray();
            double milliseconds = spent.length == 0 ? 0 : spent[0] / 1e6;
            String how = calls.get(i).how();
            Profile.Kind kind = how.equals(JAVA) ? Profile.Kind.JAVA
                    : how.startsWith("ref") ? Profile.Kind.REFERENCE : Profile.Kind.FAST;
            parts.add(new Profile.Part(calls.get(i).what(), backward, kind, how, multiplied.getOrDefault(i, 0L),
                    milliseconds));
        }
        rounds = null;
        return parts;
    }

    /** What runs, one line for each call: what it is for, and which of oneDNN's implementations it is. */
    List<String> describe() {
        return calls.stream().map(call -> call.what() + ": " + call.how()).toList();
    }
}
