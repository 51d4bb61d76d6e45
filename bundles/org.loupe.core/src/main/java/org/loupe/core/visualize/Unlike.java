package org.loupe.core.visualize;

import java.util.List;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;

/**
 * How like other pictures of a batch a picture is in what carries a unit: the mean, over the others, of the cosine between
 * vectors with one number for each channel below the unit, its activations times fixed weights, added up over positions.
 * The others are held still, so that each picture moves for its own sake.
 *
 * @param tap     below the unit
 * @param weights of one image, (1, channel, row, column), none below 0
 * @param others  which images of the batch it is compared with
 */
record Unlike(Tap tap, Batch weights, List<Integer> others) implements Objective {

    private static final double EPSILON = 1e-12;

    @Override
    public Set<Tap> taps() {
        return Set.of(tap);
    }

    @Override
    public double score(int image, Readings activations, double weight, Readings gradient) {
        Batch at = activations.at(tap);
        double[] own = carriers(at, image);
        double length = length(own);
        double[] slope = new double[own.length];
        double score = 0;
        for (int other : others) {
            double[] its = carriers(at, other);
            double lengths = length * length(its);
            double cosine = lengths > EPSILON ? dot(own, its) / lengths : 0;
            score += cosine / others.size();
            for (int channel = 0; channel < own.length && lengths > EPSILON; channel++) {
                slope[channel] += (its[channel] / lengths - cosine * own[channel] / (length * length)) / others.size();
            }
        }
        float[] into = gradient.at(tap).values();
        for (int channel = 0; channel < own.length; channel++) {
            int from = at.offset(image, channel);
            for (int i = 0; i < at.area(); i++) {
                into[from + i] += (float) (weight * slope[channel] * weights.values()[channel * at.area() + i]);
            }
        }
        return score;
    }

    /** How much each channel carries. */
    double[] carriers(Batch at, int image) {
        double[] carriers = new double[at.channels()];
        for (int channel = 0; channel < carriers.length; channel++) {
            int from = at.offset(image, channel);
            for (int i = 0; i < at.area(); i++) {
                carriers[channel] += (double) weights.values()[channel * at.area() + i] * at.values()[from + i];
            }
        }
        return carriers;
    }

    private static double length(double[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    @Override
    public Objective beforeActivation() {
        return this;
    }
}
