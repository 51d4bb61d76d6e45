package org.loupe.engine.nd4j;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.loupe.core.Batch;
import org.loupe.core.engine.Editing;
import org.loupe.core.engine.Maps;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A place where activations are edited, in Java, on a copy. */
record EditStep(Editing editing) implements Step {

    /** The maps of an array in row order. */
    private record Rows(FloatBuffer values, int channels) implements Maps {

        Rows(INDArray array) {
            this(array.data().asNioFloat(), (int) array.size(1));
        }

        @Override
        public void read(int image, int channel, double[] map) {
            int start = (image * channels + channel) * map.length;
            for (int i = 0; i < map.length; i++) {
                map[i] = values.get(start + i);
            }
        }

        @Override
        public void write(int image, int channel, double[] map) {
            int start = (image * channels + channel) * map.length;
            for (int i = 0; i < map.length; i++) {
                values.put(start + i, (float) map[i]);
            }
        }
    }

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray edited = memory.copy(inputs.get(0));
        Maps maps = new Rows(edited);
        List<Batch> read = read(inputs);
        for (int image = 0; image < edited.size(0); image++) {
            editing.forward(image, maps, images(read, image));
        }
        return edited;
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray below = memory.copy(gradient);
        Maps maps = new Rows(below);
        List<Batch> read = read(inputs);
        List<Batch> slopes = read.stream().map(Batch::zeros).toList();
        for (int image = 0; image < below.size(0); image++) {
            List<Batch> found = editing.backward(image, maps, images(read, image));
            for (int i = 0; i < found.size(); i++) {
                float[] values = found.get(i).values();
                System.arraycopy(values, 0, slopes.get(i).values(), image * values.length, values.length);
            }
        }
        List<INDArray> gradients = new ArrayList<>(List.of(below));
        slopes.forEach(slope -> gradients.add(memory.of(slope.values(), slope.images(), slope.channels(), slope.rows(),
                slope.columns())));
        return gradients;
    }

    private static List<Batch> read(List<INDArray> inputs) {
        return inputs.subList(1, inputs.size()).stream().map(array -> new Batch((int) array.size(0), (int) array.size(1),
                (int) array.size(2), (int) array.size(3), Memory.read(array))).toList();
    }

    private static List<Batch> images(List<Batch> read, int image) {
        return read.stream().map(batch -> batch.image(image)).toList();
    }
}
