package org.loupe.formats.dl4j;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Preparation;
import org.loupe.formats.arrays.Budget;

/**
 * How pictures were prepared, as {@code normalizer.bin} says.
 *
 * @param preparation nothing where Loupe does not know this kind of normalizer
 * @param remark      for a person, or an empty text
 */
record Normalizer(Optional<Preparation> preparation, String remark) {

    private static final double BRIGHTEST = 255;

    static Normalizer read(InputStream stream, Budget budget) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        if (!in.readUTF().equals("NORMALIZER") || in.readInt() != 1) {
            throw new NetworkException("normalizer.bin is not one that DL4J 1.0.0 wrote");
        }
        String kind = in.readUTF();
        return switch (kind) {
            case "IMAGE_MIN_MAX" -> {
                double least = in.readDouble();
                double most = in.readDouble();
                double deviation = in.readDouble() / (most - least);
                yield of(Preparation.grey((float) (0 - least * deviation), (float) deviation, false));
            }
            case "STANDARDIZE" -> {
                in.readBoolean();
                yield standardized(numbers(in, budget), numbers(in, budget));
            }
            default -> new Normalizer(Optional.empty(), "The file prepares its pictures with a normalizer of the kind "
                    + kind + ", which Loupe does not know.");
        };
    }

    private static Normalizer of(Preparation preparation) {
        return new Normalizer(Optional.of(preparation), "");
    }

    /** Colours that were learned from may have been from 0 to 255 or from 0 to 1; their means tell. */
    private static Normalizer standardized(float[] mean, float[] deviation) {
        if (mean.length != deviation.length || mean.length != 1 && mean.length != 3) {
            return new Normalizer(Optional.empty(), "The file prepares its pictures with " + mean.length
                    + " means and deviations; Loupe knows only those of colours.");
        }
        double largest = 0;
        for (float each : mean) {
            largest = Math.max(largest, Math.abs(each));
        }
        double factor = largest <= 1 ? BRIGHTEST : 1;
        List<Float> means = new ArrayList<>();
        List<Float> deviations = new ArrayList<>();
        for (int i = 0; i < mean.length; i++) {
            means.add((float) (mean[i] * factor));
            deviations.add((float) (deviation[i] * factor));
        }
        return of(new Preparation(means, deviations, false));
    }

    private static float[] numbers(InputStream in, Budget budget) throws IOException {
        Parameters array = new Parameters(in, budget);
        return array.take(array.left());
    }
}
