package org.loupe.core.check;

import java.util.stream.Stream;

/**
 * How far the gradients of two engines with respect to one picture are apart, and how much of that rounding explains.
 *
 * <p>Where the input of a rectifier is zero but for rounding, or two values of a maximum are equal but for it, right
 * engines may decide differently, and the whole gradient below jumps. How often that happens depends on the network and
 * the picture: with random weights, InceptionV1's gradient in PyTorch's own 32-bit numbers is off by 0.0007 to 0.011
 * from that in 64 bits. So the picture is also nudged by as little as rounding does, and the engine is compared with itself.
 *
 * @param relative length of the difference by the length of what was expected, in the L2 norm
 * @param absolute the largest difference of two numbers
 * @param nudged   how far the gradient moves, in the same measure as {@code relative}, when the picture is nudged;
 *                 0 where that was not needed
 */
public record GradientDifference(double relative, double absolute, double nudged) {

    /** Largest relative difference that counts as agreement whatever the picture. */
    public static final double TOLERANCE = 1e-3;

    /** How many times as far as a nudge moves the gradient, engines may be apart. */
    private static final double NUDGES = 4;

    /** The same without the nudge. */
    public Difference difference() {
        return new Difference(relative, absolute);
    }

    /** The largest relative difference that counts as agreement on this picture. */
    public double allowed() {
        return Math.max(TOLERANCE, NUDGES * nudged);
    }

    /** Whether the gradients are further apart than rounding explains. */
    public boolean isOff() {
        return !(relative <= allowed());
    }

    /**
     * Compares gradients of one picture.
     *
     * @param moved the gradients found when the picture is nudged, asked for where the difference is no mere rounding
     */
    static GradientDifference of(float[] found, float[] expected, Stream<float[]> moved) {
        Difference difference = Difference.of(found, expected);
        return new GradientDifference(difference.relative(), difference.absolute(), difference.relative() <= TOLERANCE ? 0
                : moved.mapToDouble(gradient -> Difference.of(gradient, found).relative()).max().orElse(0));
    }

    /** The one that is more off. */
    GradientDifference worst(GradientDifference other) {
        return best(other) == this ? other : this;
    }

    /** The one that is less off. */
    GradientDifference best(GradientDifference other) {
        return relative / allowed() <= other.relative / other.allowed() ? this : other;
    }
}
