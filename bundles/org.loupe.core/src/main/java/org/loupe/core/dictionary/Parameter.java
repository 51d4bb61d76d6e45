package org.loupe.core.dictionary;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Numbers that are being learned by Adam (Kingma and Ba 2014), with the constants of PyTorch. */
final class Parameter {

    private static final float FIRST_DECAY = 0.9f;
    private static final float SECOND_DECAY = 0.999f;
    private static final float TINY = 1e-8f;

    final float[] values;
    final float[] gradient;
    private final float[] first;
    private final float[] second;

    Parameter(int size) {
        values = new float[size];
        gradient = new float[size];
        first = new float[size];
        second = new float[size];
    }

    /**
     * Takes one step down the gradient with some of the numbers.
     *
     * @param step counted from 1
     */
    void learn(int from, int to, int step, double rate) {
        float size = (float) (rate / (1 - StrictMath.pow(0.9, step)));
        float scale = (float) (1 / Math.sqrt(1 - StrictMath.pow(0.999, step)));
        for (int i = from; i < to; i++) {
            float slope = gradient[i];
            float mean = FIRST_DECAY * first[i] + (1 - FIRST_DECAY) * slope;
            float square = SECOND_DECAY * second[i] + (1 - SECOND_DECAY) * slope * slope;
            first[i] = mean;
            second[i] = square;
            values[i] -= size * mean / ((float) Math.sqrt(square) * scale + TINY);
        }
    }

    void write(DataOutputStream out) throws IOException {
        for (float[] numbers : new float[][] {values, first, second}) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
            bytes.asFloatBuffer().put(numbers);
            out.write(bytes.array());
        }
    }

    void read(DataInputStream in) throws IOException {
        for (float[] numbers : new float[][] {values, first, second}) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readNBytes(4 * numbers.length));
            if (bytes.remaining() < 4 * numbers.length) {
                throw new IOException("The checkpoint is cut off.");
            }
            bytes.asFloatBuffer().get(numbers);
        }
    }
}
