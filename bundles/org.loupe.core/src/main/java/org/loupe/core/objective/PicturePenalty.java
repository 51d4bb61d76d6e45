package org.loupe.core.objective;

import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;

/** A score of the picture itself, never below 0, to be subtracted; sums over pixels and colours, as published. */
abstract sealed class PicturePenalty implements Objective
        permits DistancePenalty, VariationPenalty, BlurPenalty, BoundaryPenalty {

    private final String text;

    /** @param text how it is written */
    PicturePenalty(String text) {
        this.text = text;
    }

    /**
     * Scores one plane of the picture and adds the weighted gradient.
     *
     * @param from index of the plane's first value in both arrays
     */
    abstract double plane(float[] values, int from, int rows, int columns, double weight, float[] slope);

    @Override
    public double score(int image, Readings activations, double weight, Readings gradient) {
        Batch at = activations.at(PICTURE);
        float[] slope = gradient.at(PICTURE).values();
        double sum = 0;
        for (int channel = 0; channel < at.channels(); channel++) {
            sum += plane(at.values(), at.offset(image, channel), at.rows(), at.columns(), weight, slope);
        }
        return sum;
    }

    @Override
    public final Set<Tap> taps() {
        return Set.of(PICTURE);
    }

    @Override
    public final void require(Network network) {
        // Every network is shown pictures.
    }

    @Override
    public final Objective beforeActivation() {
        return this;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof PicturePenalty that && text.equals(that.text);
    }

    @Override
    public final int hashCode() {
        return text.hashCode();
    }

    @Override
    public final String toString() {
        return text;
    }
}
