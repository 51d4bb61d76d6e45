package org.loupe.engine.onednn;

import java.util.List;
import org.loupe.core.network.Nonlinearity;

/** A nonlinearity, by its definition. */
record Elementwise(Nonlinearity function) implements Fallback {

    @Override
    public void forward(List<float[]> in, float[] out) {
        float[] values = in.get(0);
        Parallel.stretches(out.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                out[i] = (float) function.at(values[i]);
            }
        });
    }

    @Override
    public void backward(List<float[]> in, float[] slope, List<float[]> slopes) {
        float[] values = in.get(0);
        float[] into = slopes.get(0);
        Parallel.stretches(slope.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                into[i] = (float) (slope[i] * function.slope(values[i]));
            }
        });
    }
}
