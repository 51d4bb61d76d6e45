package org.loupe.core.objective;

import java.util.List;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Tap;

/**
 * How near a layer's activations are to those for a picture: {@code -|h - g|^2 / |g|^2}, never above 0. Maximised, it
 * shows what the layer still knows of the picture (Mahendran and Vedaldi 2015). Written {@code inversion(mixed4a, 17)}
 * with the picture's number in its set, or its name.
 *
 * @param target activations for the picture, of one image
 */
public record InversionObjective(Tap tap, String picture, Batch target) implements Objective {

    static final String WORD = "inversion";

    /** Makes it of a layer and a picture. */
    public static final class Kind implements ObjectiveKind {
        @Override
        public Objective make(List<String> arguments, Scene scene) {
            Words.require(arguments, 2, 2, "inversion(mixed4a, 17)");
            Tap tap = ObjectiveReader.tap(arguments.get(0));
            scene.network().layer(tap.layer());
            return new InversionObjective(tap, arguments.get(1), scene.activations(tap, arguments.get(1)));
        }
    }

    @Override
    public Set<Tap> taps() {
        return Set.of(tap);
    }

    @Override
    public double score(int image, Readings activations, double weight, Readings gradient) {
        Batch at = activations.at(tap);
        float[] slope = gradient.at(tap).values();
        int from = at.offset(image, 0);
        double size = Math.max(1e-10, squares(target.values()));
        double factor = -2 * weight / size;
        double sum = 0;
        for (int i = 0; i < at.imageSize(); i++) {
            double difference = (double) at.values()[from + i] - target.values()[i];
            sum += difference * difference;
            slope[from + i] += (float) (factor * difference);
        }
        return -sum / size;
    }

    static double squares(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }

    /** The same: its target belongs to its tap, and where the picture differs from grey there is a gradient. */
    @Override
    public Objective beforeActivation() {
        return this;
    }

    @Override
    public String toString() {
        return WORD + "(" + tap + ", " + picture + ")";
    }
}
