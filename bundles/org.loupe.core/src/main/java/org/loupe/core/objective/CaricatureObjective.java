package org.loupe.core.objective;

import java.util.List;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Tap;

/**
 * How far a layer's activations reach along those for a picture: {@code d * max(0.1, cos)^power}, with {@code d} their
 * dot product over all channels and positions, divided by the number of positions. Maximised, it exaggerates what the
 * layer sees in the picture (“feature inversion with a dot product”, Lucid's caricatures). Written
 * {@code caricature(mixed4a, 17)}, or {@code caricature(mixed4a, 17, 2)} with a power other than 1.
 *
 * @param target activations for the picture, of one image
 * @param power  of the cosine, 0 or more
 */
public record CaricatureObjective(Tap tap, String picture, double power, Batch target) implements Objective {

    static final String WORD = "caricature";

    private static final String EXAMPLE = "caricature(mixed4a, 17, 1)";
    private static final double LEAST_COSINE = 0.1;
    private static final double EPSILON = 1e-6;

    /** Makes it of a layer, a picture and, perhaps, a power. */
    public static final class Kind implements ObjectiveKind {
        @Override
        public Objective make(List<String> arguments, Scene scene) {
            Words.require(arguments, 2, 3, EXAMPLE);
            Tap tap = ObjectiveReader.tap(arguments.get(0));
            scene.network().layer(tap.layer());
            double power = Words.number(arguments, 2, 1, EXAMPLE);
            return new CaricatureObjective(tap, arguments.get(1), power, scene.activations(tap, arguments.get(1)));
        }
    }

    public CaricatureObjective {
        if (!(power >= 0) || Double.isInfinite(power)) {
            throw new IllegalArgumentException("The power of a cosine is 0 or more, not " + power);
        }
    }

    @Override
    public Set<Tap> taps() {
        return Set.of(tap);
    }

    @Override
    public double score(int image, Readings activations, double weight, Readings gradient) {
        Batch at = activations.at(tap);
        float[] values = at.values();
        float[] slope = gradient.at(tap).values();
        int from = at.offset(image, 0);
        double dot = 0;
        double square = 0;
        for (int i = 0; i < at.imageSize(); i++) {
            dot += (double) values[from + i] * target.values()[i];
            square += (double) values[from + i] * values[from + i];
        }
        double length = Math.sqrt(square);
        double targetLength = Math.sqrt(InversionObjective.squares(target.values()));
        double lengths = (EPSILON + length) * (EPSILON + targetLength);
        double cosine = Math.max(LEAST_COSINE, dot / lengths);
        double factor = Math.pow(cosine, power);
        double alongTarget = factor;
        double alongActivation = 0;
        if (power > 0 && cosine > LEAST_COSINE) {
            double outer = dot * power * Math.pow(cosine, power - 1);
            alongTarget += outer / lengths;
            alongActivation = -outer * dot / (lengths * (EPSILON + length) * length);
        }
        double share = weight / at.area();
        for (int i = 0; i < at.imageSize(); i++) {
            slope[from + i] += (float) (share * (alongTarget * target.values()[i] + alongActivation * values[from + i]));
        }
        return dot * factor / at.area();
    }

    /** The same: its target belongs to its tap. */
    @Override
    public Objective beforeActivation() {
        return this;
    }

    @Override
    public String toString() {
        return WORD + "(" + tap + ", " + picture + (power == 1 ? "" : ", " + SumObjective.number(power)) + ")";
    }
}
