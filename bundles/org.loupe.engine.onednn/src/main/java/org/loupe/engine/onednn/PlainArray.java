package org.loupe.engine.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/** Numbers of an {@link Array} on the Java heap, in the order (image, channel, row, column), and the way there and back. */
final class PlainArray {

    private final Construction construction;
    private final Slots slots;
    private final int area;
    private final memory staged;
    private final FloatPointer floats;
    private final float[] values;

    PlainArray(Construction construction, Array like) {
        this.construction = construction;
        slots = like.slots();
        area = like.rows() * like.columns();
        staged = construction.zeros(construction.plain(slots.width(), like.rows(), like.columns()));
        floats = new FloatPointer(staged.get_data_handle()).capacity(staged.get_desc().get_size() / Float.BYTES);
        values = construction.heap((long) construction.images() * slots.channels() * area);
    }

    float[] values() {
        return values;
    }

    /** Adds the calls that fetch the numbers. */
    void read(Calls calls, String what, memory from) {
        construction.reorder(calls, what, from, staged);
        calls.add(what + " fetched", () -> eachRun((at, heap, count) -> floats.position(at).get(values, heap, count)));
    }

    /** Adds the calls that bring the numbers where they belong. */
    void write(Calls calls, String what, memory to) {
        calls.add(what + " brought", () -> eachRun((at, heap, count) -> floats.position(at).put(values, heap, count)));
        construction.reorder(calls, what, staged, to);
    }

    private interface Run {
        void at(long at, int heap, int count);
    }

    /** Visits what lies side by side in both places. */
    private void eachRun(Run run) {
        int channels = slots.channels();
        for (int image = 0; image < construction.images(); image++) {
            if (slots.contiguous()) {
                run.at((long) image * slots.width() * area, image * channels * area, channels * area);
                continue;
            }
            for (int channel = 0; channel < channels; channel++) {
                run.at(((long) image * slots.width() + slots.positions()[channel]) * area,
                        (image * channels + channel) * area, area);
            }
        }
    }
}
