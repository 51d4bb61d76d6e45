package org.loupe.engine.onednn;

import org.loupe.core.Batch;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/**
 * A batch normalization as what it comes down to.
 *
 * @param factor what each channel is multiplied by
 * @param shift  what is added to it then
 */
record Affine(double[] factor, double[] shift) {

    static Affine of(BatchNormalization normalization) {
        int channels = normalization.scale().values().length;
        double[] factor = new double[channels];
        double[] shift = new double[channels];
        for (int channel = 0; channel < channels; channel++) {
            factor[channel] = normalization.scale().values()[channel]
                    / Math.sqrt((double) normalization.variance().values()[channel] + normalization.epsilon());
            shift[channel] = normalization.shift().values()[channel]
                    - normalization.mean().values()[channel] * factor[channel];
        }
        return new Affine(factor, shift);
    }

    /** A convolution that does what another one and then this does. */
    Convolution folded(Convolution convolution) {
        float[] weights = convolution.weights().values().clone();
        float[] bias = convolution.bias().values().clone();
        int each = weights.length / bias.length;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (weights[i] * factor[i / each]);
        }
        for (int channel = 0; channel < bias.length; channel++) {
            bias[channel] = (float) (bias[channel] * factor[channel] + shift[channel]);
        }
        return new Convolution(convolution.name(), convolution.input(), new Weights(convolution.weights().shape(), weights),
                Weights.vector(bias), convolution.window(), convolution.groups());
    }

    /** Applies this to each channel of a batch, in place. */
    void apply(Batch batch) {
        eachChannel(batch, (channel, from, to) -> {
            float times = (float) factor[channel];
            float plus = (float) shift[channel];
            for (int i = from; i < to; i++) {
                batch.values()[i] = batch.values()[i] * times + plus;
            }
        });
    }

    /** Turns, in place, a gradient with respect to what {@link #apply} makes into one with respect to what it takes. */
    void chain(Batch gradient) {
        eachChannel(gradient, (channel, from, to) -> {
            float times = (float) factor[channel];
            for (int i = from; i < to; i++) {
                gradient.values()[i] *= times;
            }
        });
    }

    private interface Stretch {
        void at(int channel, int from, int to);
    }

    private static void eachChannel(Batch batch, Stretch stretch) {
        for (int plane = 0; plane < batch.images() * batch.channels(); plane++) {
            stretch.at(plane % batch.channels(), plane * batch.area(), (plane + 1) * batch.area());
        }
    }

    /** The normalization as a convolution of each channel by itself. */
    Convolution convolution(BatchNormalization normalization) {
        int channels = factor.length;
        return new Convolution(normalization.name(), normalization.input(),
                new Weights(new int[] {channels, 1, 1, 1}, rounded(factor)), Weights.vector(rounded(shift)),
                Window.square(1, 1, 0), channels);
    }

    private static float[] rounded(double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        return rounded;
    }
}
