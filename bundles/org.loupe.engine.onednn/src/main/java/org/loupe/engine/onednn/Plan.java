package org.loupe.engine.onednn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.loupe.core.Batch;
import org.loupe.core.engine.Editing;
import org.loupe.core.engine.Pass;
import org.loupe.core.engine.Profile;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;

/** Everything native that is needed to answer one kind of question again and again. */
final class Plan implements AutoCloseable {

    private final PointerScope scope;
    private final Pass pass;
    private final Affine first;
    private final Construction construction;
    private final Map<String, Slots> slots;
    private final List<String> inJava;
    private final List<EditKernel> edits;
    private final FloatPointer pictures;
    private final Map<String, Fetch> fetches;
    private final Map<String, FloatPointer> seeds = new HashMap<>();
    private final PlainGradient gradient;
    private final FloatPointer gradientValues;

    Plan(Pass asked, Construction construction) {
        Simplification.Simplified simplified = Simplification.of(asked);
        Pass merged = Merging.of(simplified.pass(), construction.block());
        this.pass = construction.gradient() ? merged : Postponing.of(merged);
        this.first = simplified.pictures();
        this.construction = construction;
        try (PointerScope opened = new PointerScope()) {
            PlanBuilder builder = new PlanBuilder(pass, construction);
            builder.build();
            slots = builder.slots();
            inJava = builder.inJava();
            edits = builder.edits();
            pictures = floats(builder.pictures());
            fetches = builder.fetches();
            builder.seeds().forEach((source, memory) -> seeds.put(source, floats(memory)));
            gradient = builder.input();
            gradientValues = gradient == null ? null : floats(gradient.memory());
            scope = opened.extend();
        }
    }

    private static FloatPointer floats(memory memory) {
        return new FloatPointer(memory.get_data_handle()).capacity(memory.get_desc().get_size() / Float.BYTES);
    }

    /** How much memory the plan's arrays take. */
    long bytes() {
        return construction.bytes();
    }

    /**
     * Runs forward and reads the taps.
     *
     * @param seen  what the network is to see; it may be written over
     * @param edits what the edits do, by the names of their outputs; they do it to the gradients of {@link #backward}, too
     * @param used  what was read before and may be written over
     */
    Readings forward(stream stream, Batch seen, Map<String, Editing> edits, Readings used) {
        this.edits.forEach(edit -> edit.set(edits));
        if (first != null) {
            first.apply(seen);
        }
        pictures.put(seen.values(), 0, seen.values().length);
        fetches.forEach((source, fetch) -> fetch.ask(used(source, used)));
        try {
            construction.forward().run(stream);
        } finally {
            fetches.values().forEach(Fetch::rest);
        }
        Map<String, Batch> bySource = new HashMap<>();
        Map<Tap, Batch> byTap = new HashMap<>();
        pass.sources().forEach((tap, source) -> {
            Batch known = bySource.get(source);
            byTap.put(tap, known == null ? fetches.get(source).result(stream) : known.copy());
            bySource.putIfAbsent(source, byTap.get(tap));
        });
        return new Readings(byTap);
    }

    /** What was read of an output before, or null. */
    private Batch used(String source, Readings used) {
        return pass.sources().entrySet().stream().filter(entry -> entry.getValue().equals(source))
                .map(entry -> used.batches().get(entry.getKey())).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /**
     * Carries gradients back, after {@link #forward}.
     *
     * @param slopes gradients with respect to what was read
     * @param into   takes the gradient with respect to what the network sees
     */
    void backward(stream stream, Readings slopes, Batch into) {
        Map<String, float[]> sums = new HashMap<>();
        pass.sources().forEach((tap, source) -> sums.merge(source, slopes.at(tap).values(), Plan::sum));
        sums.forEach((source, values) -> write(source, values, seeds.get(source)));
        construction.backward().run(stream);
        int columns = gradient.columns();
        float[] row = new float[columns];
        for (int plane = 0; plane < into.images() * into.channels(); plane++) {
            for (int r = 0; r < into.rows(); r++) {
                gradientValues.position((long) (plane * gradient.rows() + r) * columns).get(row);
                System.arraycopy(row, 0, into.values(), (plane * into.rows() + r) * into.columns(), into.columns());
            }
        }
        gradientValues.position(0);
        if (first != null) {
            first.chain(into);
        }
    }

    private static float[] sum(float[] one, float[] other) {
        float[] sum = one.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other[i];
        }
        return sum;
    }

    private void write(String source, float[] values, FloatPointer to) {
        Shape shape = pass.shapes().get(source);
        Slots where = slots.get(source);
        int area = shape.rows() * shape.columns();
        float[] all = new float[Math.toIntExact(to.capacity())];
        for (int image = 0; image < construction.images(); image++) {
            for (int channel = 0; channel < shape.channels(); channel++) {
                System.arraycopy(values, (image * shape.channels() + channel) * area, all,
                        (image * where.width() + where.positions()[channel]) * area, area);
            }
        }
        to.put(all);
    }

    /** What oneDNN does not do, or not fast: the operations in plain Java, and the primitives in its reference code. */
    List<String> slow() {
        List<String> lines = new ArrayList<>(inJava);
        describe().stream().filter(line -> line.contains(": ref")).forEach(lines::add);
        return lines;
    }

    /** What runs, one line for each primitive with its implementation, forward and then backward. */
    List<String> describe() {
        List<String> lines = new ArrayList<>(construction.forward().describe());
        lines.addAll(construction.backward().describe());
        return lines;
    }

    /** From now on, takes the time of each call. */
    void watch() {
        construction.forward().watch();
        construction.backward().watch();
    }

    /** Takes no times any more, and tells what was found since {@link #watch}. */
    List<Profile.Part> watched() {
        List<Profile.Part> parts = new ArrayList<>(construction.forward().watched(false));
        parts.addAll(construction.backward().watched(true));
        return parts;
    }

    @Override
    public void close() {
        scope.close();
    }
}
