package org.loupe.core.dictionary;

import java.util.Arrays;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Weights;

/**
 * A sparse autoencoder of a layer's activations. A vector {@code x}, the layer's channels at one position, has the latents
 * {@code z = max(0, encoder (x - centre) + bias)}, of which only the largest are kept where {@link #kept} says so, and is
 * reconstructed as {@code decoder z + centre}.
 *
 * @param encoder of shape (latent, channel)
 * @param bias    one number for each latent
 * @param decoder of shape (latent, channel): the direction that each latent stands for, of length 1
 * @param centre  one number for each channel
 * @param kept    how many latents are kept, the largest at each position; 0 for all
 */
public record Dictionary(Weights encoder, Weights bias, Weights decoder, Weights centre, int kept) {

    public Dictionary {
        int[] shape = encoder.shape();
        if (shape.length != 2 || !Arrays.equals(shape, decoder.shape()) || bias.values().length != shape[0]
                || centre.values().length != shape[1] || kept < 0 || kept > shape[0]) {
            throw new NetworkException("A dictionary cannot have an encoder of " + encoder + ", its bias of " + bias
                    + ", a decoder of " + decoder + ", a centre of " + centre + " and keep " + kept + " latents");
        }
    }

    /** Number of latents. */
    public int latents() {
        return encoder.shape()[0];
    }

    /** Number of channels of the layer. */
    public int channels() {
        return encoder.shape()[1];
    }

    /** The direction of a latent; a copy. */
    public float[] direction(int latent) {
        return Arrays.copyOfRange(decoder.values(), latent * channels(), (latent + 1) * channels());
    }

    /**
     * The latents of a vector.
     *
     * @param vectors several, one after the other
     * @param from    index of the first value of the vector that is meant
     */
    public float[] encode(float[] vectors, int from) {
        int channels = channels();
        float[] latents = new float[latents()];
        for (int latent = 0; latent < latents.length; latent++) {
            double sum = bias.values()[latent];
            for (int channel = 0; channel < channels; channel++) {
                sum += (double) encoder.values()[latent * channels + channel]
                        * (vectors[from + channel] - centre.values()[channel]);
            }
            latents[latent] = (float) Math.max(0, sum);
        }
        if (kept > 0) {
            Codes codes = Codes.largest(latents, new float[latents.length], 1, kept);
            float[] few = new float[latents.length];
            for (int i = 0; i < codes.size(); i++) {
                few[codes.latent(i)] = codes.value(i);
            }
            return few;
        }
        return latents;
    }

    /** The vector that latents stand for. */
    public float[] decode(float[] latents) {
        float[] vector = centre.values().clone();
        int channels = channels();
        for (int latent = 0; latent < latents.length; latent++) {
            for (int channel = 0; latents[latent] != 0 && channel < channels; channel++) {
                vector[channel] += latents[latent] * decoder.values()[latent * channels + channel];
            }
        }
        return vector;
    }

    /** Such as “336 latents of 84 channels, the largest 12 kept”. */
    @Override
    public String toString() {
        return latents() + " latents of " + channels() + " channels" + (kept > 0 ? ", the largest " + kept + " kept" : "");
    }
}
