package org.loupe.engine.onednn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.loupe.core.Batch;

/**
 * Brings the numbers of one output to Java's memory, in the plain layout.
 *
 * <p>Many numbers of an output that the pass does not end with are fetched {@linkplain #beside beside} it: as soon as they are
 * computed, another thread takes them, some pictures at a time, so that what it brought into the plain layout is still in the
 * cache when it is copied. All others are brought into the plain layout by the pass and copied when it has ended.
 */
final class Fetch {

    /** Fewer bytes are fetched sooner than another thread is woken up for them. */
    private static final long WORTH = 1 << 19;

    /** How many bytes are brought into the plain layout at a time, unless one picture alone has more. */
    private static final long TOGETHER = 1 << 17;

    /** Some pictures, and what brings theirs into the plain layout. */
    private record Part(Calls calls, int first, int images) {
    }

    private final Construction construction;
    private final String name;
    private final Array array;
    private final FloatPointer plain;
    private final List<Part> parts = new ArrayList<>();
    private Batch used;
    private CompletableFuture<Batch> begun;

    private Fetch(Construction construction, String name, Array array, memory plain) {
        this.construction = construction;
        this.name = name;
        this.array = array;
        this.plain = new FloatPointer(plain.get_data_handle()).capacity(plain.get_desc().get_size() / Float.BYTES);
    }

    /** Whether fetching so many bytes takes longer than waking up another thread for it. */
    static boolean isWorthAThread(double bytes) {
        return bytes >= WORTH;
    }

    /** Fetches what was computed when the pass has ended; the pass itself brings it into the plain layout. */
    static Fetch afterwards(Construction construction, String name, Array array) {
        memory plain = construction.zeros(construction.plain(array.slots().width(), array.rows(), array.columns()));
        construction.reorder(construction.forward(), name + " read", array.value(), plain);
        Fetch fetch = new Fetch(construction, name, array, plain);
        fetch.parts.add(new Part(new Calls(), 0, construction.images()));
        return fetch;
    }

    /** Fetches on another thread what the calls that there are so far compute, while the pass goes on. */
    static Fetch beside(Construction construction, String name, Array array) {
        int images = construction.images();
        int width = array.slots().width();
        long bytes = (long) width * array.rows() * array.columns() * Float.BYTES;
        int together = (int) Math.max(1, Math.min(images, TOGETHER / bytes));
        memory plain = construction.zeros(
                Construction.desc(memory.format_tag.abcd, together, width, array.rows(), array.columns()));
        Fetch fetch = new Fetch(construction, name, array, plain);
        Map<Integer, Construction.Reordering> bySize = new HashMap<>();
        for (int first = 0; first < images; first += together) {
            int count = Math.min(together, images - first);
            memory from = construction.images(array.value(), first, count);
            memory to = construction.images(plain, 0, count);
            Calls calls = new Calls();
            calls.threads(Threads.fewest());
            bySize.computeIfAbsent(count, size -> construction.reordering(from.get_desc(), to.get_desc()))
                    .add(calls, name + " read", from, to);
            construction.scratch(calls);
            fetch.parts.add(new Part(calls, first, count));
        }
        construction.forward().addBeside(name + " read", fetch::begin);
        return fetch;
    }

    /** Says that a pass begins, and what may be written over; null where nothing was read before. */
    void ask(Batch before) {
        used = before;
        begun = null;
    }

    private void begin() {
        begun = construction.beside().begin(this::read);
    }

    /** Waits until nothing is read any more, whether that went well or not. */
    void rest() {
        if (begun != null) {
            begun.handle((batch, problem) -> batch).join();
        }
    }

    /** What was computed, when the pass has ended. */
    Batch result(stream stream) {
        if (begun == null) {
            return read(stream);
        }
        try {
            return begun.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("The numbers of " + name + " cannot be fetched", failed.getCause());
        }
    }

    private Batch read(stream stream) {
        int channels = array.slots().channels();
        boolean fits = used != null && used.images() == construction.images() && used.channels() == channels
                && used.rows() == array.rows() && used.columns() == array.columns();
        Batch batch = fits ? used : Batch.zeros(construction.images(), channels, array.rows(), array.columns());
        for (Part part : parts) {
            part.calls.run(stream);
            copy(part, batch);
        }
        return batch;
    }

    private void copy(Part part, Batch batch) {
        Slots where = array.slots();
        for (int image = 0; image < part.images; image++) {
            int channel = 0;
            while (channel < batch.channels()) {
                int run = where.run(channel);
                plain.position(((long) image * where.width() + where.positions()[channel]) * batch.area())
                        .get(batch.values(), batch.offset(part.first + image, channel), run * batch.area());
                channel += run;
            }
        }
        plain.position(0);
    }
}
