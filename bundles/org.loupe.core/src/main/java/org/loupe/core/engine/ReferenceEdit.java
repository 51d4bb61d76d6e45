package org.loupe.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.Batch;
import org.loupe.core.network.Shape;

/**
 * An edit of one image.
 *
 * @param shapes of what is edited, and of what the edit reads
 */
record ReferenceEdit(Editing editing, int image, List<Shape> shapes) implements ReferenceStep {

    /** The maps of one image's array. */
    private record OneImage(double[] values) implements Maps {
        @Override
        public void read(int image, int channel, double[] map) {
            System.arraycopy(values, channel * map.length, map, 0, map.length);
        }

        @Override
        public void write(int image, int channel, double[] map) {
            System.arraycopy(map, 0, values, channel * map.length, map.length);
        }
    }

    @Override
    public double[] forward(List<double[]> inputs) {
        double[] out = inputs.get(0).clone();
        editing.forward(image, new OneImage(out), read(inputs));
        return out;
    }

    @Override
    public void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes) {
        double[] below = slope.clone();
        List<Batch> further = editing.backward(image, new OneImage(below), read(inputs));
        for (int i = 0; i < below.length; i++) {
            slopes.get(0)[i] += below[i];
        }
        for (int input = 1; input < slopes.size(); input++) {
            double[] into = slopes.get(input);
            for (int i = 0; i < into.length; i++) {
                into[i] += further.get(input - 1).values()[i];
            }
        }
    }

    private List<Batch> read(List<double[]> inputs) {
        List<Batch> read = new ArrayList<>();
        for (int input = 1; input < inputs.size(); input++) {
            Shape shape = shapes.get(input);
            Batch batch = Batch.zeros(1, shape.channels(), shape.rows(), shape.columns());
            for (int i = 0; i < batch.values().length; i++) {
                batch.values()[i] = (float) inputs.get(input)[i];
            }
            read.add(batch);
        }
        return read;
    }
}
