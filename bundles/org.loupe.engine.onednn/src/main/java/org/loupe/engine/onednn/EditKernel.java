package org.loupe.engine.onednn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.loupe.core.Batch;
import org.loupe.core.engine.Editing;
import org.loupe.core.engine.Maps;

/**
 * A place where activations are edited, in Java, on a copy in oneDNN's blocks. What the edit does is set anew for each
 * step, so that the plan stays the same.
 */
final class EditKernel implements Kernel {

    private final Construction construction;
    private final String name;
    private final Array from;
    private final List<Array> reads;
    private final Array to;
    private final List<PlainArray> read;
    private Editing editing;

    EditKernel(Construction construction, String name, Array from, List<Array> reads, Array to) {
        this.construction = construction;
        this.name = name;
        this.from = from;
        this.reads = reads;
        this.to = to;
        read = reads.stream().map(array -> new PlainArray(construction, array)).toList();
        for (int i = 0; i < read.size(); i++) {
            read.get(i).read(construction.forward(), name, reads.get(i).value());
        }
        construction.reorder(construction.forward(), name, from.value(), to.value());
        Maps maps = new Blocks(to.value());
        construction.forward().add(name, () -> {
            for (int image = 0; image < construction.images(); image++) {
                editing.forward(image, maps, batches(image));
            }
        });
    }

    /** The maps of the edited array, in blocks of channels. */
    private final class Blocks implements Maps {

        /** The upper half of a number of 32 bits is a bfloat16. */
        private static final int HALF = 16;

        private final ByteBuffer values;
        private final int block = construction.block();

        Blocks(memory memory) {
            values = new BytePointer(memory.get_data_handle()).capacity(memory.get_desc().get_size()).asBuffer()
                    .order(ByteOrder.nativeOrder());
        }

        private float get(int at) {
            return construction.isBfloat16() ? Float.intBitsToFloat(values.getShort(at * Short.BYTES) << HALF)
                    : values.getFloat(at * Float.BYTES);
        }

        private void put(int at, float value) {
            if (construction.isBfloat16()) {
                // To the nearest, and to the even one of two; what is not a number stays so.
                int bits = Float.floatToIntBits(value);
                int nearest = bits + 0x7fff + (bits >>> HALF & 1);
                values.putShort(at * Short.BYTES, (short) ((Float.isNaN(value) ? bits : nearest) >>> HALF));
            } else {
                values.putFloat(at * Float.BYTES, value);
            }
        }

        private int start(int image, int channel) {
            int position = to.slots().positions()[channel];
            int blocks = image * (to.slots().width() / block) + position / block;
            return blocks * to.rows() * to.columns() * block + position % block;
        }

        @Override
        public void read(int image, int channel, double[] map) {
            int start = start(image, channel);
            for (int i = 0; i < map.length; i++) {
                map[i] = get(start + i * block);
            }
        }

        @Override
        public void write(int image, int channel, double[] map) {
            int start = start(image, channel);
            for (int i = 0; i < map.length; i++) {
                put(start + i * block, (float) map[i]);
            }
        }
    }

    /** Sets what the edit does from now on; it is found by the name of its output. */
    void set(Map<String, Editing> edits) {
        editing = edits.get(name);
    }

    @Override
    public void backward() {
        List<PlainArray> slopes = reads.stream().map(array -> new PlainArray(construction, array)).toList();
        String what = name + " back";
        Maps maps = new Blocks(to.slope());
        construction.backward().add(what, () -> {
            for (int image = 0; image < construction.images(); image++) {
                List<Batch> found = editing.backward(image, maps, batches(image));
                for (int i = 0; i < found.size(); i++) {
                    float[] values = found.get(i).values();
                    System.arraycopy(values, 0, slopes.get(i).values(), image * values.length, values.length);
                }
            }
        });
        construction.pass(name, to, from);
        for (int i = 0; i < slopes.size(); i++) {
            PlainArray slope = slopes.get(i);
            construction.contribute(reads.get(i), target -> slope.write(construction.backward(), what, target));
        }
    }

    /** What the edit reads of one picture. */
    private List<Batch> batches(int image) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            Array array = reads.get(i);
            Batch batch = Batch.zeros(1, array.slots().channels(), array.rows(), array.columns());
            System.arraycopy(read.get(i).values(), image * batch.imageSize(), batch.values(), 0, batch.imageSize());
            batches.add(batch);
        }
        return batches;
    }
}
