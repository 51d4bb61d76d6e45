package org.loupe.core.objective;

import java.util.List;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Tap;

/**
 * How much a picture differs from its neighbours in the batch, as a layer sees them: the sum over distances {@code d}
 * from 1 to 4 of {@code mean((h_i - h_{i+d})^2) / 2^d}, half of it counted at either of the two. Subtracted from the
 * objectives of a strip, it keeps the same thing at the same place from picture to picture (alignment, Mordvintsev et
 * al. 2018). Written {@code alignment(mixed3b)}; never below 0.
 */
public record AlignmentPenalty(Tap tap) implements Objective {

    static final String WORD = "alignment";

    private static final int FARTHEST = 4;

    /** Makes it of a layer. */
    public static final class Kind implements ObjectiveKind {
        @Override
        public Objective make(List<String> arguments, Scene scene) {
            Words.require(arguments, 1, 1, "alignment(mixed3b)");
            return new AlignmentPenalty(ObjectiveReader.tap(arguments.get(0)));
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
        double score = 0;
        for (int distance = 1; distance <= FARTHEST; distance++) {
            double share = 0.5 / (1 << distance) / at.imageSize();
            for (int other : new int[] {image - distance, image + distance}) {
                if (other >= 0 && other < at.images()) {
                    score += share * pair(at, image, other, 2 * weight * share, slope);
                }
            }
        }
        return score;
    }

    private static double pair(Batch at, int image, int other, double weight, float[] slope) {
        int here = at.offset(image, 0);
        int there = at.offset(other, 0);
        double sum = 0;
        for (int i = 0; i < at.imageSize(); i++) {
            double difference = (double) at.values()[here + i] - at.values()[there + i];
            sum += difference * difference;
            slope[here + i] += (float) (weight * difference);
            slope[there + i] -= (float) (weight * difference);
        }
        return sum;
    }

    /** The same: neighbours are compared where all of them are read. */
    @Override
    public Objective beforeActivation() {
        return this;
    }

    @Override
    public String toString() {
        return WORD + "(" + tap + ")";
    }
}
