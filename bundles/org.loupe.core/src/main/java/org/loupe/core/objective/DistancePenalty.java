package org.loupe.core.objective;

import java.util.List;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;

/**
 * How far a picture is from one even colour: the sum of absolute differences, written {@code l1()} or {@code l1(0.5)},
 * or the root of the sum of squared differences (with 1e-6 beneath the root), written {@code l2()}. Keeps early layers'
 * pictures quiet where nothing is to be seen.
 */
public final class DistancePenalty extends PicturePenalty {

    static final String ABSOLUTE = "l1";
    static final String ROOT = "l2";

    private static final double GREY = 0.5;
    private static final double EPSILON = 1e-6;

    private final boolean isRoot;
    private final double from;

    private DistancePenalty(boolean isRoot, double from) {
        super((isRoot ? ROOT : ABSOLUTE) + "(" + (from == GREY ? "" : SumObjective.number(from)) + ")");
        this.isRoot = isRoot;
        this.from = from;
    }

    /** Makes the sum of absolute differences. */
    public static final class AbsoluteKind implements ObjectiveKind {
        @Override
        public Objective make(List<String> arguments, Scene scene) {
            Words.require(arguments, 0, 1, "l1(0.5)");
            return new DistancePenalty(false, Words.number(arguments, 0, GREY, "l1(0.5)"));
        }
    }

    /** Makes the root of the sum of squared differences. */
    public static final class RootKind implements ObjectiveKind {
        @Override
        public Objective make(List<String> arguments, Scene scene) {
            Words.require(arguments, 0, 1, "l2(0.5)");
            return new DistancePenalty(true, Words.number(arguments, 0, GREY, "l2(0.5)"));
        }
    }

    @Override
    public double score(int image, Readings activations, double weight, Readings gradient) {
        if (!isRoot) {
            return super.score(image, activations, weight, gradient);
        }
        Batch at = activations.at(PICTURE);
        float[] slope = gradient.at(PICTURE).values();
        int first = at.offset(image, 0);
        double sum = EPSILON;
        for (int i = first; i < first + at.imageSize(); i++) {
            sum += (at.values()[i] - from) * (at.values()[i] - from);
        }
        double root = Math.sqrt(sum);
        for (int i = first; i < first + at.imageSize(); i++) {
            slope[i] += (float) (weight * (at.values()[i] - from) / root);
        }
        return root;
    }

    @Override
    double plane(float[] values, int first, int rows, int columns, double weight, float[] slope) {
        double sum = 0;
        for (int i = first; i < first + rows * columns; i++) {
            double difference = values[i] - from;
            sum += Math.abs(difference);
            slope[i] += (float) (weight * Math.signum(difference));
        }
        return sum;
    }
}
