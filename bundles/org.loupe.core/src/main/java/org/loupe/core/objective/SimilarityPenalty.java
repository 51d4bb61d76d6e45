package org.loupe.core.objective;

import java.util.List;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Tap;

/**
 * How like the others in the batch a picture is in style: the sum, over the others, of the cosine between the Gram
 * matrices {@code G = A A^T} of a layer's activations, each between 0 and 1. Subtracted from the objectives of several
 * pictures of one unit, it makes them differ (diversity, Olah, Mordvintsev and Schubert 2017). Written
 * {@code similarity(mixed5a)}.
 */
public record SimilarityPenalty(Tap tap) implements Objective {

    static final String WORD = "similarity";

    private static final double EPSILON = 1e-10;

    /** Makes it of a layer. */
    public static final class Kind implements ObjectiveKind {
        @Override
        public Objective make(List<String> arguments, Scene scene) {
            Words.require(arguments, 1, 1, "similarity(mixed5a)");
            return new SimilarityPenalty(ObjectiveReader.tap(arguments.get(0)));
        }
    }

    @Override
    public Set<Tap> taps() {
        return Set.of(tap);
    }

    @Override
    public double score(int image, Readings activations, double weight, Readings gradient) {
        Batch at = activations.at(tap);
        Batch slope = gradient.at(tap);
        double[] own = gram(at, image);
        double length = Math.sqrt(Math.max(EPSILON, dot(own, own)));
        double score = 0;
        for (int other = 0; other < at.images(); other++) {
            if (other != image) {
                double[] its = gram(at, other);
                double itsLength = Math.sqrt(Math.max(EPSILON, dot(its, its)));
                double cosine = dot(own, its) / (length * itsLength);
                addSlope(at, image, own, length, its, itsLength, cosine, weight, slope);
                addSlope(at, other, its, itsLength, own, length, cosine, weight, slope);
                score += cosine;
            }
        }
        return score;
    }

    /** Adds the gradient of the cosine with respect to one of the two images: {@code 2 (dcos/dG) A}. */
    private static void addSlope(Batch at, int image, double[] own, double length, double[] other, double otherLength,
            double cosine, double weight, Batch slope) {
        double towards = 2 * weight / (length * otherLength);
        double away = length * length > EPSILON ? 2 * weight * cosine / (length * length) : 0;
        for (int a = 0; a < at.channels(); a++) {
            int to = slope.offset(image, a);
            for (int b = 0; b < at.channels(); b++) {
                double factor = towards * other[a * at.channels() + b] - away * own[a * at.channels() + b];
                int from = at.offset(image, b);
                for (int i = 0; i < at.area(); i++) {
                    slope.values()[to + i] += (float) (factor * at.values()[from + i]);
                }
            }
        }
    }

    /** Dot products of all pairs of channels, (channel, channel). */
    private static double[] gram(Batch at, int image) {
        double[] gram = new double[at.channels() * at.channels()];
        for (int a = 0; a < at.channels(); a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int i = 0; i < at.area(); i++) {
                    sum += (double) at.values()[at.offset(image, a) + i] * at.values()[at.offset(image, b) + i];
                }
                gram[a * at.channels() + b] = sum;
                gram[b * at.channels() + a] = sum;
            }
        }
        return gram;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** The same: pictures are compared where all of them are read. */
    @Override
    public Objective beforeActivation() {
        return this;
    }

    @Override
    public String toString() {
        return WORD + "(" + tap + ")";
    }
}
