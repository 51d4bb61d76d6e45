package org.loupe.core.objective;

import java.util.List;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Tap;

/**
 * How strongly a whole layer answers: the mean of its squared activations, which makes more of whatever is there
 * (DeepDream, Mordvintsev et al. 2015). Written {@code dream(mixed4a)}.
 */
public record DreamObjective(Tap tap) implements Objective {

    static final String WORD = "dream";

    /** Makes it of a layer. */
    public static final class Kind implements ObjectiveKind {
        @Override
        public Objective make(List<String> arguments, Scene scene) {
            Words.require(arguments, 1, 1, "dream(mixed4a)");
            return new DreamObjective(ObjectiveReader.tap(arguments.get(0)));
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
        double factor = 2 * weight / at.imageSize();
        double sum = 0;
        for (int i = from; i < from + at.imageSize(); i++) {
            double value = at.values()[i];
            sum += value * value;
            slope[i] += (float) (factor * value);
        }
        return sum / at.imageSize();
    }

    @Override
    public Objective beforeActivation() {
        return new DreamObjective(Tap.before(tap.layer()));
    }

    @Override
    public String toString() {
        return WORD + "(" + tap + ")";
    }
}
