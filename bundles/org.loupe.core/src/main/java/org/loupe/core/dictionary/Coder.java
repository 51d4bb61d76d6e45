package org.loupe.core.dictionary;

import org.loupe.core.Batch;

/** A dictionary at work on many vectors. */
final class Coder {

    private final Dictionary dictionary;
    private final Products products;

    Coder(Dictionary dictionary, Products products) {
        this.dictionary = dictionary;
        this.products = products;
    }

    /** The latents of some vectors, one vector after the other. */
    Codes encode(float[] vectors) {
        int channels = dictionary.channels();
        int latents = dictionary.latents();
        int count = vectors.length / channels;
        float[] centred = vectors.clone();
        for (int i = 0; i < centred.length; i++) {
            centred[i] -= dictionary.centre().values()[i % channels];
        }
        float[] dense = new float[count * latents];
        products.multiply(centred, false, dictionary.encoder().values(), true, count, channels, latents, dense);
        float[] bias = dictionary.bias().values();
        return dictionary.kept() > 0 ? Codes.largest(dense, bias, count, dictionary.kept())
                : Codes.positive(dense, bias, count);
    }

    /** The vectors that latents stand for. */
    float[] decode(Codes codes) {
        int channels = dictionary.channels();
        float[] directions = dictionary.decoder().values();
        float[] vectors = new float[codes.vectors() * channels];
        Codes.inParts(codes.vectors(), (from, to) -> {
            for (int vector = from; vector < to; vector++) {
                System.arraycopy(dictionary.centre().values(), 0, vectors, vector * channels, channels);
                for (int i = codes.start(vector); i < codes.start(vector + 1); i++) {
                    for (int channel = 0; channel < channels; channel++) {
                        vectors[vector * channels + channel] +=
                                codes.value(i) * directions[codes.latent(i) * channels + channel];
                    }
                }
            }
        });
        return vectors;
    }

    /** The channels at each position of each map, one vector after the other in the order (image, row, column). */
    static float[] vectors(Batch maps) {
        float[] vectors = new float[maps.values().length];
        for (int image = 0; image < maps.images(); image++) {
            for (int channel = 0; channel < maps.channels(); channel++) {
                int from = maps.offset(image, channel);
                for (int at = 0; at < maps.area(); at++) {
                    vectors[(image * maps.area() + at) * maps.channels() + channel] = maps.values()[from + at];
                }
            }
        }
        return vectors;
    }

    /** The maps that vectors are the positions of. */
    static Batch maps(float[] vectors, Batch like) {
        Batch maps = like.zeros();
        for (int image = 0; image < maps.images(); image++) {
            for (int channel = 0; channel < maps.channels(); channel++) {
                int to = maps.offset(image, channel);
                for (int at = 0; at < maps.area(); at++) {
                    maps.values()[to + at] = vectors[(image * maps.area() + at) * maps.channels() + channel];
                }
            }
        }
        return maps;
    }
}
