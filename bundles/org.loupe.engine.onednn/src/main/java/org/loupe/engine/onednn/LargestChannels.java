package org.loupe.engine.onednn;

import java.util.List;
import org.loupe.core.engine.Competition;
import org.loupe.core.network.Shape;

/** Keeps the largest channels of each position and says of each value whether it stayed. */
final class LargestChannels implements Fallback {

    private final Competition competition;
    private final int images;
    private final boolean[] stays;

    LargestChannels(int count, int images, Shape shape) {
        this.competition = new Competition(shape.channels(), shape.area(), count);
        this.images = images;
        this.stays = new boolean[images * (int) shape.size()];
    }

    @Override
    public void forward(List<float[]> in, float[] out) {
        int size = stays.length / images;
        Parallel.run(images, size, image -> competition.decide(in.get(0), image * size, stays));
        Parallel.stretches(out.length, (from, to) -> keep(in.get(0), out, from, to));
    }

    @Override
    public void backward(List<float[]> in, float[] slope, List<float[]> slopes) {
        Parallel.stretches(slope.length, (from, to) -> keep(slope, slopes.get(0), from, to));
    }

    private void keep(float[] values, float[] into, int from, int to) {
        for (int i = from; i < to; i++) {
            into[i] = stays[i] ? values[i] : 0;
        }
    }
}
