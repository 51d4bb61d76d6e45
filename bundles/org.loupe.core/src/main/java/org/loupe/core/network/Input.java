package org.loupe.core.network;

import java.util.Arrays;
import org.loupe.core.Batch;

/**
 * What a network wants to be shown: the size of its pictures, and how colours from 0 to 1 become its numbers.
 *
 * <p>The network sees {@code (255 * value - mean) / deviation} for each of the channels red, green, blue
 * (or its single grey channel). Immutable by agreement: nobody writes into the arrays.
 *
 * @param shape     channels (3, or 1 for grey), rows, columns
 * @param mean      for each channel, on the scale 0 to 255
 * @param deviation for each channel, on the scale 0 to 255, not 0
 */
public record Input(Shape shape, float[] mean, float[] deviation) {

    public Input {
        if (mean.length != shape.channels() || deviation.length != shape.channels()) {
            throw new NetworkException("An input of shape " + shape + " needs as many means and deviations as channels");
        }
        for (int channel = 0; channel < mean.length; channel++) {
            if (!Float.isFinite(mean[channel]) || !Float.isFinite(deviation[channel]) || deviation[channel] == 0) {
                throw new NetworkException("Channel " + channel + " of an input cannot have mean " + mean[channel]
                        + " and deviation " + deviation[channel]);
            }
        }
    }

    /** The numbers that the network sees for the given pictures: a batch of its own, of the same shape. */
    public Batch normalized(Batch pictures) {
        Batch seen = pictures.copy();
        forEachChannel(seen, (channel, from, to) -> {
            float factor = 255 / deviation[channel];
            float shift = -mean[channel] / deviation[channel];
            for (int i = from; i < to; i++) {
                seen.values()[i] = seen.values()[i] * factor + shift;
            }
        });
        return seen;
    }

    /** Turns, in place, a gradient with respect to what the network sees into one with respect to the pictures. */
    public void chain(Batch gradient) {
        forEachChannel(gradient, (channel, from, to) -> {
            float factor = 255 / deviation[channel];
            for (int i = from; i < to; i++) {
                gradient.values()[i] *= factor;
            }
        });
    }

    private void forEachChannel(Batch batch, Stretch stretch) {
        if (batch.channels() != shape.channels()) {
            throw new NetworkException("Pictures with " + batch.channels() + " channels were given to a network that"
                    + " wants " + shape.channels());
        }
        for (int image = 0; image < batch.images(); image++) {
            for (int channel = 0; channel < batch.channels(); channel++) {
                int from = batch.offset(image, channel);
                stretch.visit(channel, from, from + batch.area());
            }
        }
    }

    private interface Stretch {
        void visit(int channel, int from, int to);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Input that && shape.equals(that.shape) && Arrays.equals(mean, that.mean)
                && Arrays.equals(deviation, that.deviation);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(mean);
    }
}
