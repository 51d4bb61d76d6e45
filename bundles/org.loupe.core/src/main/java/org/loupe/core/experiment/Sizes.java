package org.loupe.core.experiment;

import org.loupe.core.Batch;
import org.loupe.core.Unit;

/** How large the channels of a tap are, over all pictures and positions that count. */
final class Sizes {

    private final double[] sums;
    private final double[] squares;
    private long count;

    Sizes(int channels) {
        sums = new double[channels];
        squares = new double[channels];
    }

    void add(Batch batch, Unit.Place place) {
        int only = Trials.position(place, batch);
        for (int image = 0; image < batch.images(); image++) {
            for (int channel = 0; channel < sums.length; channel++) {
                int start = batch.offset(image, channel);
                for (int i = Math.max(only, 0); i < (only < 0 ? batch.area() : only + 1); i++) {
                    double value = batch.values()[start + i];
                    sums[channel] += value;
                    squares[channel] += value * value;
                }
            }
            count += only < 0 ? batch.area() : 1;
        }
    }

    int channels() {
        return sums.length;
    }

    double mean(int channel) {
        return count == 0 ? 0 : sums[channel] / count;
    }

    /** The mean of the squares. */
    double square(int channel) {
        return count == 0 ? 0 : squares[channel] / count;
    }

    double variance(int channel) {
        return Math.max(0, square(channel) - mean(channel) * mean(channel));
    }
}
