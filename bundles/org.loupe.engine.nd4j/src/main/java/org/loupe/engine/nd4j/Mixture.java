package org.loupe.engine.nd4j;

import org.loupe.core.engine.Resampling;

/**
 * A matrix that makes positions out of other positions.
 *
 * @param weights (output, input), in row order
 */
record Mixture(int outputs, int inputs, float[] weights) {

    /**
     * More positions at both ends, which repeat what is inside.
     *
     * @param mirrored whether they mirror it at the outermost one; otherwise they repeat that one
     */
    static Mixture padding(int size, int before, int after, boolean mirrored) {
        int outputs = before + size + after;
        float[] weights = new float[outputs * size];
        for (int output = 0; output < outputs; output++) {
            int at = output - before;
            int last = size - 1;
            int from = mirrored ? last - Math.abs(last - Math.abs(at)) : Math.min(Math.max(at, 0), last);
            weights[output * size + from] = 1;
        }
        return new Mixture(outputs, size, weights);
    }

    /** Fewer positions: some at both ends are left out, and of the rest each {@code step}-th is kept. */
    static Mixture cropping(int size, int before, int after, int step) {
        int outputs = (size - before - after - 1) / step + 1;
        float[] weights = new float[outputs * size];
        for (int output = 0; output < outputs; output++) {
            weights[output * size + before + output * step] = 1;
        }
        return new Mixture(outputs, size, weights);
    }

    /** Other numbers of positions. */
    static Mixture resizing(Resampling resampling, int size) {
        float[] weights = new float[resampling.size() * size];
        for (int output = 0; output < resampling.size(); output++) {
            weights[output * size + resampling.lower(output)] += (float) (1 - resampling.share(output));
            weights[output * size + resampling.upper(output)] += (float) resampling.share(output);
        }
        return new Mixture(resampling.size(), size, weights);
    }
}
