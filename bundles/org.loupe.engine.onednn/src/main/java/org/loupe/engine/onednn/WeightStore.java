package org.loupe.engine.onednn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;

/** A session's weights, in the layouts that primitives asked for; plans share them. */
final class WeightStore implements AutoCloseable {

    private final Device device;
    private final Map<String, List<memory>> stored = new HashMap<>();
    private final Deque<PointerScope> scopes = new ArrayDeque<>();

    WeightStore(Device device) {
        this.device = device;
    }

    /**
     * Finds weights in a layout, or brings them into it.
     *
     * @param key    says which weights
     * @param wanted the layout that a primitive wants
     * @param plain  the layout of the values
     * @param values makes the values, when they have to be brought into the layout
     */
    memory get(String key, memory.desc wanted, memory.desc plain, Supplier<float[]> values) {
        List<memory> layouts = stored.computeIfAbsent(key, unknown -> new ArrayList<>());
        for (memory layout : layouts) {
            try (PointerScope passing = new PointerScope()) {
                if (layout.get_desc().equals(wanted)) {
                    return layout;
                }
            }
        }
        memory made;
        try (PointerScope kept = new PointerScope().extend()) {
            scopes.push(kept);
            made = new memory(wanted, device.engine());
        }
        try (PointerScope passing = new PointerScope()) {
            memory from = new memory(plain, device.engine(), new FloatPointer(values.get()));
            new reorder(from, made).execute(device.stream(), from, made);
            device.stream()._wait();
        }
        layouts.add(made);
        return made;
    }

    @Override
    public void close() {
        scopes.forEach(PointerScope::close);
        scopes.clear();
        stored.clear();
    }
}
